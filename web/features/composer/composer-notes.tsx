import { Link } from '@tanstack/react-router'
import { Lock, Smartphone, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import type { Message } from '../../../contract/message.ts'
import type { BusinessNumber } from '../../../contract/number.ts'
import { useT } from '../../app/language.ts'
import { useSync } from '../../sync/browser.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { REASON_WORDS } from '../numbers/state-words.ts'
import { messageWords } from '../thread/message-words.ts'
import { originOf } from '../thread/origin.tsx'
import { heldIn } from './composer-state.ts'
import { readDraft } from './drafts.ts'
import { forgetQuote } from './quoting.ts'

/**
 * The phone answered while a draft was being written: it waits until its writer has seen that. `onSend` is `null` where something
 * else has to be confirmed as well.
 */
export function Held({ onSend }: { readonly onSend: (() => void) | null }): ReactNode {
  const t = useT()
  return (
    <div
      role="alert"
      className="mb-2.5 flex items-center gap-2.5 rounded-md bg-phone-soft px-3 py-2 text-sm text-phone"
    >
      <Smartphone aria-hidden="true" className="size-4 flex-none" />
      <p className="flex-1">
        <strong className="font-semibold">{t('composer.held')}</strong> {t('composer.heldLead')}
      </p>
      {onSend !== null && (
        <Button className="border-phone/40 bg-transparent text-phone hover:text-phone" onClick={onSend}>
          {t('composer.sendAnyway')}{' '}
          <kbd dir="ltr" className="border-phone/40 text-phone narrow:hidden">
            Ctrl ↵
          </kbd>
        </Button>
      )}
    </div>
  )
}

/** The message that is being answered, and the way to drop it. */
export function Quoted({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const origin = originOf(message.author)
  return (
    <div className="mb-1.5 flex items-start gap-2 rounded border-s-3 border-accent bg-ink/5 py-1 ps-2 pe-1 text-sm">
      <div className="min-w-0 flex-1">
        <p className="text-xs font-medium text-ink-2">
          {t('composer.replyingTo', { name: origin === null ? t('quote.customer') : t(origin.words) })}
        </p>
        <p dir="auto" className="truncate text-ink-2">
          {messageWords(t, message.content)}
        </p>
      </div>
      <IconButton label={t('composer.dropQuote')} onClick={forgetQuote}>
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </div>
  )
}

/** In place of the field: that one may not write now, and why. */
export function CannotWrite({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <div
      role="status"
      data-testid="composer-closed"
      className="flex gap-3 rounded-md border border-line bg-surface-2 px-4 py-3"
    >
      <Lock aria-hidden="true" className="mt-0.5 size-5 flex-none text-ink-3" />
      <div>
        <p className="font-semibold">{title}</p>
        <div className="text-sm text-ink-2">{children}</div>
      </div>
    </div>
  )
}

/** What was being written when the window closed: it comes back when the customer writes. */
export function KeptDraft({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const me = useSync((state) => state.inbox?.me ?? '')
  const draft = readDraft(me, id)
  if (draft.trim() === '') return null
  return (
    <p data-testid="kept-draft">
      {t('composer.draftKept')} <bdi>{draft}</bdi>
    </p>
  )
}

/** The number cannot send: why, what waits meanwhile, and where it is brought back. */
export function NotSending({
  id,
  number,
}: {
  readonly id: ConversationId
  readonly number: BusinessNumber | undefined
}): ReactNode {
  const t = useT()
  const messages = useSync((state) => state.inbox?.threads[id]?.messages)
  const held = heldIn(messages ?? [])
  const reason = number?.stateReason ?? null
  return (
    <CannotWrite title={t('composer.notSending')}>
      <p>{t(reason === null ? 'composer.notSendingLead' : REASON_WORDS[reason])}</p>
      {held > 0 && <p>{t('composer.heldBack', { count: held })}</p>}
      {number !== undefined && (
        <Link to="/numbers/$numberId" params={{ numberId: number.id }} className="text-accent underline">
          {t('composer.wayBack')}
        </Link>
      )}
    </CannotWrite>
  )
}
