import { Send } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { TEXT_LENGTH_MAX } from '../../../contract/api/limits.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import type { Message } from '../../../contract/message.ts'
import { useCommand } from '../../app/commands.ts'
import { useT } from '../../app/language.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { CostStopped } from '../costs/cost-stopped.tsx'
import { useEstimate } from '../costs/use-estimate.ts'
import { AttachmentTray } from './attachment-tray.tsx'
import { ComposerFoot } from './composer-foot.tsx'
import { Held, Quoted } from './composer-notes.tsx'
import { phoneAnsweredSince } from './composer-state.ts'
import { keepDraft, readDraft } from './drafts.ts'
import { LinkPreview } from './link-preview.tsx'
import { QueueLine } from './queue-line.tsx'
import { forgetQuote, quoteOf, useQuoting } from './quoting.ts'
import { sendAll, takesFiles } from './send-parts.ts'
import { AT_ONCE, planOfWhen, SendWhen } from './send-when.tsx'
import type { Attachments } from './use-attachments.ts'
import { useTyping } from './use-typing.ts'

interface WritingProps {
  readonly id: ConversationId
  readonly leftMs: number
  readonly attachments: Attachments
}

/** The field and what belongs to it, while one may write. */
export function Writing({ id, leftMs, attachments }: WritingProps): ReactNode {
  const t = useT()
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, write, held, sent } = useDraft(id)
  const quoted = useQuoting((state) => (state.message?.conversationId === id ? state.message : null))
  const left = TEXT_LENGTH_MAX - text.trim().length
  const ready = (text.trim() !== '' || attachments.items.length > 0) && left >= 0 && attachments.ready
  const estimate = useEstimate(id)
  const stopped = estimate?.stopped === true
  const [when, setWhen] = useState(AT_ONCE)
  const [linkPreview, setLinkPreview] = useState(true)
  const tellTyping = useTyping(id)
  useFocusing(field, quoted)

  function send(despitePhone: boolean, despiteCost = false): void {
    if (!ready || (held && !despitePhone) || (stopped && !despiteCost)) return
    const how = { costConfirmed: despiteCost, plan: planOfWhen(when), linkPreview }
    sendAll(id, { attachments, text: text.trim() }, quoted === null ? null : quoteOf(quoted), how)
    sent()
    setWhen(AT_ONCE)
    forgetQuote()
    field.current?.focus()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') leave(event, field, quoted)
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    send(event.ctrlKey || event.metaKey)
  }

  return (
    <>
      {held && <Held onSend={stopped ? null : () => send(true)} />}
      {stopped && ready && <CostStopped estimate={estimate} onConfirm={() => send(true, true)} />}
      <QueueLine id={id} />
      <div
        className="rounded-md border border-line-strong px-3 pt-2 pb-2 focus-within:border-accent"
        {...takesFiles(attachments)}
      >
        <AttachmentTray attachments={attachments} />
        {quoted !== null && <Quoted message={quoted} />}
        <textarea
          ref={field}
          // An empty field takes the page's direction, a filled one its text's.
          dir={text === '' ? undefined : 'auto'}
          rows={1}
          value={text}
          onInput={tellTyping}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKey}
          aria-label={t('composer.label')}
          placeholder={t('composer.placeholder')}
          enterKeyHint="send"
          className="block max-h-48 min-h-11 w-full resize-none bg-transparent [field-sizing:content] outline-none placeholder:text-ink-3 narrow:text-lg"
        />
        <ComposerFoot id={id} leftMs={leftMs} left={left} attachments={attachments}>
          <LinkPreview text={text} shown={linkPreview} onChange={setLinkPreview} />
          <SendWhen when={when} onChange={setWhen} />
          <SendButton disabled={!ready || held || stopped} onClick={() => send(false)} />
        </ComposerFoot>
      </div>
    </>
  )
}

function SendButton(props: { readonly disabled: boolean; readonly onClick: () => void }): ReactNode {
  const t = useT()
  return (
    <Button look="primary" className="min-h-9" disabled={props.disabled} onClick={props.onClick} data-testid="send">
      <Send aria-hidden="true" className="turns size-4" />
      {t('composer.send')}
    </Button>
  )
}

/** Escape drops the quote first, then leaves the field. */
function leave(event: KeyboardEvent, field: RefObject<HTMLTextAreaElement | null>, quoted: Message | null): void {
  event.stopPropagation()
  if (quoted === null) field.current?.blur()
  else forgetQuote()
}

/** The draft of this member in this conversation, and whether the phone has answered since it was begun. */
function useDraft(id: ConversationId) {
  const me = useSync((state) => state.inbox?.me ?? '')
  const messages = useSync((state) => state.inbox?.threads[id]?.messages)
  const lastId = messages?.at(-1)?.id ?? null
  const [text, setText] = useState(() => readDraft(me, id))
  const [begunAfter, setBegunAfter] = useState<string | null>(lastId)
  if (text !== '' && begunAfter === null && lastId !== null) setBegunAfter(lastId)
  const write = (next: string) => {
    if (next === '') setBegunAfter(null)
    else if (text === '') setBegunAfter(lastId)
    setText(next)
    keepDraft(me, id, next)
  }
  const held = text.trim() !== '' && phoneAnsweredSince(messages ?? [], begunAfter)
  return { text, write, sent: () => write(''), held }
}

/** `r` and "reply to this" put the cursor here. */
function useFocusing(field: RefObject<HTMLTextAreaElement | null>, quoted: Message | null): void {
  useCommand(
    'composer.focus',
    useCallback(() => field.current?.focus(), [field]),
  )
  useEffect(() => {
    if (quoted !== null) field.current?.focus()
  }, [quoted, field])
}
