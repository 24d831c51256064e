import { Link } from '@tanstack/react-router'
import { ArrowLeft, PanelRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { contactName } from '../../../contract/conversation.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { useSync } from '../../sync/browser.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { iconButtonClass } from '../../ui/button.tsx'
import { PersonName } from '../../ui/person-name.tsx'
import type { View } from '../conversations/views.ts'
import { OwnerChip } from '../owner/owner-chip.tsx'

/** Who this is with, on which number, and who may write in it; back on a narrow screen, and to the details. */
export function ThreadHeader({
  id,
  view,
  detailsShown,
}: {
  readonly id: ConversationId
  readonly view: View
  readonly detailsShown: boolean
}): ReactNode {
  const t = useT()
  const conversation = useSync((state) => state.inbox?.conversations[id])
  const number = useSync((state) =>
    conversation === undefined ? undefined : state.inbox?.numbers[conversation.numberId],
  )
  const name = conversation === undefined ? '' : contactName(conversation.contact)
  return (
    <header className="flex min-h-15 flex-none items-center gap-3 border-b border-line bg-surface px-5 narrow:gap-2 narrow:px-2">
      <Link
        to="/inbox/$view"
        params={{ view }}
        search={keepNumber}
        aria-label={t('thread.back')}
        title={t('thread.back')}
        className={iconButtonClass('wide:hidden')}
      >
        <ArrowLeft aria-hidden="true" className="turns size-5" />
      </Link>
      {conversation !== undefined && <Avatar name={name} seed={conversation.contact.id} />}
      <div className="min-w-0 flex-1">
        <h1 className="font-semibold">
          <PersonName name={name} />
        </h1>
        {number !== undefined && (
          <p className="flex flex-wrap items-center gap-x-1 text-sm text-ink-3">
            <span>{t('thread.onNumber')}</span>
            <span className="num">{number.displayPhone}</span>
            {conversation !== undefined && <OwnerChip conversation={conversation} />}
          </p>
        )}
      </div>
      <Link
        to="."
        search={({ number: only }) => ({
          ...(only === undefined ? {} : { number: only }),
          ...(detailsShown ? {} : { panel: 'details' as const }),
        })}
        aria-label={detailsShown ? t('details.hide') : t('details.show')}
        title={detailsShown ? t('details.hide') : t('details.show')}
        className={iconButtonClass('roomy:hidden')}
      >
        <PanelRight aria-hidden="true" className="turns size-5" />
      </Link>
    </header>
  )
}

function keepNumber({ number }: { readonly number?: string }): { number?: string } {
  return number === undefined ? {} : { number }
}
