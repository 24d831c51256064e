import { type ReactNode, useEffect } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { OwnerWarning } from '../owner/owner-warning.tsx'
import { CannotWrite, KeptDraft, NotSending } from './composer-notes.tsx'
import { writingOf } from './composer-state.ts'
import { ComposerTemplates } from './composer-templates.tsx'
import { QueueLine } from './queue-line.tsx'
import { forgetQuote } from './quoting.ts'
import { useAttachments } from './use-attachments.ts'
import { Writing } from './writing.tsx'

/** Where a reply is written; says how long one may, and why not when one may not. */
export function Composer({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const conversation = useSync((state) => state.inbox?.conversations[id])
  const number = useSync((state) =>
    conversation === undefined ? undefined : state.inbox?.numbers[conversation.numberId],
  )
  const nowMs = useNowMs()
  // The component stands for one conversation (its key); a quote does not outlive it.
  useEffect(() => forgetQuote, [])
  // Files that are attached outlive the field: it goes when the window closes, and comes back when the customer writes.
  const attachments = useAttachments()
  if (conversation === undefined) return null
  const writing = writingOf(conversation, number, nowMs)
  return (
    <footer className="flex-none border-t border-line bg-surface px-5 pt-3 pb-[max(0.875rem,env(safe-area-inset-bottom))] narrow:px-2.5 narrow:pt-2">
      <OwnerWarning conversation={conversation} />
      {writing.kind === 'open' && <Writing id={id} leftMs={writing.leftMs} attachments={attachments} />}
      {writing.kind === 'closed' && <QueueLine id={id} />}
      {writing.kind === 'closed' && (
        <CannotWrite title={t('composer.closed')}>
          <p>{t(writing.everWrote ? 'composer.closedLead' : 'composer.neverLead')}</p>
          <KeptDraft id={id} />
        </CannotWrite>
      )}
      {writing.kind === 'not_sending' && <NotSending id={id} number={number} />}
      {writing.kind === 'closed' && (
        <div className="mt-3 max-h-[46vh] overflow-y-auto">
          <ComposerTemplates id={id} />
        </div>
      )}
    </footer>
  )
}
