import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Contact as ContactIcon } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { ContactFilter, ContactLine } from '../../../contract/api/contacts.ts'
import { contactName } from '../../../contract/conversation.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { PersonName } from '../../ui/person-name.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { contactsQuery } from './contact-queries.ts'

/** Height of a row in rem, so that it grows with the browser's text size. */
const ROW_REM = 3.75
/** The next page is asked for this many rows before the end. */
const ROWS_AHEAD = 30

/** Everybody a search finds; only what is in sight is drawn. */
export function ContactRows({ q, filter }: { readonly q: string; readonly filter: ContactFilter }): ReactNode {
  const t = useT()
  const query = useInfiniteQuery({ ...contactsQuery(q, filter), placeholderData: keepPreviousData })
  const pages = query.data?.pages ?? []
  const failed = pages.find((page) => !page.ok)
  if (failed?.ok === false) {
    return (
      <p role="alert" className="mx-auto w-full max-w-5xl px-6 text-danger narrow:px-4">
        {failureWords(t, failed.failure)}
      </p>
    )
  }
  const lines = pages.flatMap((page) => (page.ok ? page.value.contacts : []))
  const first = pages[0]
  const total = first?.ok === true ? (first.value.total ?? 0) : null
  return (
    <>
      <p role="status" className="mx-auto w-full max-w-5xl flex-none px-6 pb-2 text-sm text-ink-3 narrow:px-4">
        {total === null ? t('contacts.loading') : t('contacts.found', { count: total })}
      </p>
      {total === 0 ? (
        <div className="grid flex-1">
          <Empty
            icon={<ContactIcon aria-hidden="true" />}
            title={q === '' && filter === 'all' ? t('contacts.empty') : t('contacts.nobody')}
          >
            {q === '' && filter === 'all' ? t('contacts.emptyLead') : t('contacts.nobodyLead')}
          </Empty>
        </div>
      ) : (
        <Rows lines={lines} more={query.hasNextPage} onMore={() => !query.isFetching && void query.fetchNextPage()} />
      )}
    </>
  )
}

function Rows({
  lines,
  more,
  onMore,
}: {
  readonly lines: readonly ContactLine[]
  readonly more: boolean
  readonly onMore: () => void
}): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length + (more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    getItemKey: (index) => lines[index]?.contact.id ?? 'more',
    overscan: 8,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= lines.length - ROWS_AHEAD) onMore()
  }, [more, last, lines.length, onMore])
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain" data-testid="contacts">
      <ul
        aria-label={t('contacts.title')}
        className="relative mx-auto max-w-5xl px-6 narrow:px-2"
        style={{ height: virtual.getTotalSize() }}
      >
        {rows.map((row) => {
          const line = lines[row.index]
          return (
            <li
              key={row.key}
              className="absolute inset-x-6 narrow:inset-x-2"
              style={{ top: row.start, height: row.size }}
              aria-setsize={more ? -1 : lines.length}
              aria-posinset={row.index + 1}
            >
              {line === undefined ? <Skeleton className="m-3 h-8" /> : <Row line={line} nowMs={nowMs} />}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Row({ line, nowMs }: { readonly line: ContactLine; readonly nowMs: number }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const { contact, removedOnPhone, latest } = line
  const name = contactName(contact)
  const phone = contact.phone === null ? null : `+${contact.phone}`
  return (
    <Link
      to="/contacts/$contactId"
      params={{ contactId: contact.id }}
      data-testid="contact"
      className="flex h-full items-center gap-3 border-b border-line px-2 text-ink no-underline hover:bg-hover"
    >
      <Avatar name={name} seed={contact.id} />
      <span className="min-w-0 flex-1">
        <PersonName name={name} className="font-medium" />
        <span className="flex min-w-0 gap-2 text-sm text-ink-3">
          {phone === null ? (
            <span>{t('contacts.hasNoPhone')}</span>
          ) : (
            phone !== name && <span className="num">{phone}</span>
          )}
          {contact.username !== null && name !== `@${contact.username}` && (
            <bdi className="truncate">@{contact.username}</bdi>
          )}
        </span>
      </span>
      {removedOnPhone && (
        <span className="flex-none rounded-full bg-hover px-2 py-0.5 text-xs text-ink-2">
          {t('contacts.isRemoved')}
        </span>
      )}
      {latest !== null && (
        <time
          dateTime={new Date(latest.atMs).toISOString()}
          title={formats.moment(latest.atMs)}
          className="flex-none text-sm text-ink-3"
        >
          {formats.rowTime(latest.atMs, nowMs)}
        </time>
      )}
    </Link>
  )
}
