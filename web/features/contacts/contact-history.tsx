import type { ReactNode } from 'react'
import type { ContactHistoryEntry } from '../../../contract/api/contacts.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'

const WHAT: Record<ContactHistoryEntry['what'], MessageKey> = {
  agent_name: 'contact.agentName',
  address_book_name: 'contact.bookName',
  profile_name: 'contact.profileName',
  username: 'contact.username',
  phone: 'contact.phone',
  user_id: 'contact.userId',
  parent_user_id: 'contact.parentUserId',
}

/** What was learned of a contact, newest first: from what to what, and by whom. */
export function ContactHistory({ entries }: { readonly entries: readonly ContactHistoryEntry[] }): ReactNode {
  const t = useT()
  if (entries.length === 0) return <p className="text-ink-3">{t('contact.noHistory')}</p>
  return (
    <ol className="flex flex-col gap-2">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id, and none changes its place but by a new one above
        <Entry key={entries.length - index} entry={entry} />
      ))}
    </ol>
  )
}

function Entry({ entry }: { readonly entry: ContactHistoryEntry }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const phone = useSync((state) => state.inbox?.numbers[entry.numberId ?? '']?.displayPhone)
  const member = useSync((state) => state.session?.members.find(({ id }) => id === entry.memberId)?.name)
  const by = member ?? (phone === undefined ? null : t('contact.byNumber', { phone: `\u2066${phone}\u2069` }))
  return (
    <li>
      <p>
        {t(WHAT[entry.what])}: <Value text={entry.old} />{' '}
        <span aria-hidden="true" className="turns inline-block">
          →
        </span>{' '}
        <span className="sr-only">{t('contact.changedTo')}</span> <Value text={entry.new} />
      </p>
      <p className="text-sm text-ink-3">
        <time dateTime={new Date(entry.atMs).toISOString()}>{formats.moment(entry.atMs)}</time>
        {by !== null && (
          <>
            {' · '}
            <bdi>{by}</bdi>
          </>
        )}
      </p>
    </li>
  )
}

function Value({ text }: { readonly text: string | null }): ReactNode {
  const t = useT()
  return text === null ? <span className="text-ink-3">{t('contact.none')}</span> : <bdi>{text}</bdi>
}
