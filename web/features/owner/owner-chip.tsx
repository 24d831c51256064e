import clsx from 'clsx'
import { ArrowRightLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Conversation } from '../../../contract/conversation.ts'
import { threadOwnerNow } from '../../../contract/thread-owner.ts'
import { isolated, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { ownerWords } from './owner-words.ts'

/** Who may write in the thread, when several partners share the number; nothing when it is nobody's in particular. */
export function OwnerChip({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const owner = threadOwnerNow(conversation, nowMs)
  if (owner === null) return null
  const since = t('owner.since', { time: `${formats.day(owner.sinceMs, nowMs)} ${formats.time(owner.sinceMs)}` })
  const note = owner.note === null ? '' : ` · ${t('owner.note', { note: isolated(owner.note) })}`
  return (
    <span
      data-testid="thread-owner"
      data-by={owner.by}
      title={`${since}${note}`}
      className={clsx(
        'inline-flex min-w-0 items-center gap-1 rounded-full px-2 text-xs leading-5',
        owner.by === 'us' ? 'bg-agent-soft text-agent' : 'bg-note-soft text-note',
      )}
    >
      <ArrowRightLeft aria-hidden="true" className="size-3 flex-none" />
      <span className="truncate">{ownerWords(t, owner)}</span>
    </span>
  )
}
