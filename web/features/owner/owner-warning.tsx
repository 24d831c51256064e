import { ArrowRightLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Conversation } from '../../../contract/conversation.ts'
import { threadOwnerNow } from '../../../contract/thread-owner.ts'
import { useT } from '../../app/language.ts'
import { useNowMs } from '../../app/use-formats.ts'
import { ownerWarning } from './owner-words.ts'

/** Above the composer: somebody else has this thread, and what becomes of a message of ours. */
export function OwnerWarning({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useT()
  const owner = threadOwnerNow(conversation, useNowMs())
  const words = owner === null ? null : ownerWarning(owner)
  if (words === null) return null
  return (
    <div
      role="status"
      data-testid="owner-warning"
      className="mb-2.5 flex items-start gap-2.5 rounded-md bg-note-soft px-3 py-2 text-sm text-note"
    >
      <ArrowRightLeft aria-hidden="true" className="mt-0.5 size-4 flex-none" />
      <p>
        <strong className="font-semibold">{t(words[0])}</strong> {t(words[1])}
      </p>
    </div>
  )
}
