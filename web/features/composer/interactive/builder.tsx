import { useMutation } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { SampleMediaAnswer } from '../../../../contract/api/templates.ts'
import type { ConversationId, NumberId } from '../../../../contract/ids.ts'
import { failureWords } from '../../../app/failure-words.ts'
import { useT } from '../../../app/language.ts'
import { type Failure, post, type Result } from '../../../sync/api.ts'
import { sync, useSync } from '../../../sync/browser.ts'
import { Button } from '../../../ui/button.tsx'
import { CostStopped } from '../../costs/cost-stopped.tsx'
import { useEstimate } from '../../costs/use-estimate.ts'
import { forgetQuote, quotedIn, quoteOf } from '../quoting.ts'
import { composeDraft, type Interactive } from './compose-draft.ts'
import { asKind, EMPTY_DRAFT, type InteractiveDraft, inMarket, kindsFor, samplesOf } from './draft.ts'
import { findFaults } from './find-faults.ts'
import { FrameFields } from './frame-fields.tsx'
import { KindChoice } from './kind-choice.tsx'
import { KindFields } from './kind-fields.tsx'
import { KIND_WORDS } from './kinds.ts'
import { OffersOf } from './offer-picker.tsx'
import { InteractivePreview } from './preview.tsx'
import { recentDrafts, rememberDraft } from './recent-drafts.ts'
import { showInteractive } from './show-interactive.ts'

/** Builds a message with choices and sends it: first its kind, then what it says. */
export function InteractiveBuilder({
  id,
  onSent,
}: {
  readonly id: ConversationId
  readonly onSent: () => void
}): ReactNode {
  const number = useSync((state) => state.inbox?.numbers[state.inbox.conversations[id]?.numberId ?? ''])
  const me = useSync((state) => state.inbox?.me ?? '')
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const [choosing, setChoosing] = useState(true)
  if (number === undefined) return null
  if (choosing) {
    const kinds = kindsFor(number.displayPhone)
    const recent = recentDrafts(localStorage, me).filter(({ kind }) => kinds.includes(kind))
    const choose = (next: InteractiveDraft) => {
      setDraft(inMarket(next, number.displayPhone))
      setChoosing(false)
    }
    return <KindChoice {...{ kinds, recent }} onKind={(kind) => choose(asKind(draft, kind))} onDraft={choose} />
  }
  const sent = () => {
    rememberDraft(localStorage, me, draft)
    onSent()
  }
  return (
    <Form
      draft={draft}
      conversation={{ id, numberId: number.id }}
      onChange={(more) => setDraft({ ...draft, ...more })}
      onBack={() => setChoosing(true)}
      onSent={sent}
    />
  )
}

function Form(props: {
  readonly draft: InteractiveDraft
  readonly conversation: { readonly id: ConversationId; readonly numberId: NumberId }
  readonly onChange: (more: Partial<InteractiveDraft>) => void
  readonly onBack: () => void
  readonly onSent: () => void
}): ReactNode {
  const t = useT()
  const { draft, conversation, onChange } = props
  const estimate = useEstimate(conversation.id)
  // Kept files stand under their own ids until they are given to Meta.
  const shown = composeDraft(draft, (sampleId) => sampleId)
  const faults = findFaults(shown, draft)
  const sending = useMutation({
    mutationFn: () => giveFiles(draft, conversation.numberId),
    onSuccess: (given) => {
      if (!given.ok) return
      const interactive = composeDraft(draft, (sampleId) => given.value.get(sampleId) ?? '')
      sendInteractive(conversation.id, interactive, estimate?.stopped === true)
      props.onSent()
    },
  })
  const ready = faults.size === 0 && !sending.isPending
  const part = { draft, faults, onChange }
  return (
    <form
      aria-label={t(KIND_WORDS[draft.kind])}
      className="grid gap-5 p-5 sm:grid-cols-[minmax(0,1fr)_20rem]"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && estimate?.stopped !== true) sending.mutate()
      }}
    >
      <div className="flex min-w-0 flex-col gap-4">
        <p>
          <Button look="ghost" onClick={props.onBack}>
            <ArrowLeft aria-hidden="true" className="turns size-4" />
            {t('picker.back')}
          </Button>
        </p>
        <h3 className="font-semibold">{t(KIND_WORDS[draft.kind])}</h3>
        <FrameFields {...part} />
        <OffersOf value={conversation.numberId}>
          <KindFields {...part} />
        </OffersOf>
      </div>
      <div className="sticky top-5 flex flex-col gap-3 self-start">
        <InteractivePreview interactive={shown} />
        {sending.data?.ok === false && <Refused failure={sending.data.failure} />}
        {estimate?.stopped === true && ready ? (
          <CostStopped estimate={estimate} onConfirm={() => sending.mutate()} />
        ) : (
          <Button look="primary" type="submit" className="self-end" disabled={!ready}>
            {t('composer.send')}
          </Button>
        )}
      </div>
    </form>
  )
}

function Refused({ failure }: { readonly failure: Failure }): ReactNode {
  const t = useT()
  return (
    <p role="alert" className="text-sm text-danger">
      {failureWords(t, failure)}
    </p>
  )
}

/** Answers what is being quoted in the conversation, as written words would. */
function sendInteractive(id: ConversationId, interactive: Interactive, costConfirmed: boolean): void {
  const content = { type: 'interactive', interactive } as const
  const quoted = quotedIn(id)
  const quote = quoted === null ? null : quoteOf(quoted)
  sync.sendOutgoing(id, { content, shown: showInteractive(interactive), file: null }, quote, costConfirmed)
  forgetQuote()
}

/** Gives the kept files to Meta for this number; their ids there, by their ids here. */
async function giveFiles(draft: InteractiveDraft, numberId: NumberId): Promise<Result<ReadonlyMap<string, string>>> {
  const ids = new Map<string, string>()
  for (const sampleId of samplesOf(draft)) {
    const given = await post<SampleMediaAnswer>(`/templates/samples/${sampleId}/media`, { numberId })
    if (!given.ok) return given
    ids.set(sampleId, given.value.mediaId)
  }
  return { ok: true, value: ids }
}
