import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ContactDetail, ContactFilter, ContactsPage } from '../../../contract/api/contacts.ts'
import { get } from '../../sync/api.ts'

/** Everything asked about contacts stands under this key, so that one change refreshes all of it. */
export const CONTACTS = ['contacts'] as const

/** The list, page by page. */
export function contactsQuery(q: string, filter: ContactFilter) {
  return infiniteQueryOptions({
    queryKey: [...CONTACTS, 'list', q, filter],
    queryFn: ({ pageParam }) =>
      get<ContactsPage>(
        `/contacts?${new URLSearchParams({ q, filter, ...(pageParam === '' ? {} : { cursor: pageParam }) })}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => (last.ok ? last.value.nextCursor : null),
  })
}

export function contactQuery(id: string) {
  return queryOptions({
    queryKey: [...CONTACTS, 'one', id],
    queryFn: () => get<ContactDetail>(`/contacts/${encodeURIComponent(id)}`),
  })
}

/** Address of the file of everything that a search finds. */
export function exportUrl(kind: 'csv' | 'vcf', search: Record<'q' | 'filter' | 'language', string>): string {
  return `/api/v1/contacts/export.${kind}?${new URLSearchParams(search)}`
}
