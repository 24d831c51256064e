import { CONTACT_FILTERS, type ContactFilter } from '../../../contract/api/contacts.ts'

/** What stands in the address of the list. `merges`: pairs that may be one person. */
export interface ContactsSearch {
  readonly q?: string
  readonly show?: Exclude<ContactFilter, 'all'> | 'merges'
}

/** Reads it; what is not known is left out. */
export function readContactsSearch(search: Record<string, unknown>): ContactsSearch {
  const { q, show } = search
  const typed = typeof q === 'number' ? String(q) : q
  return {
    ...(typeof typed === 'string' && typed !== '' ? { q: typed } : {}),
    ...(isShow(show) ? { show } : {}),
  }
}

function isShow(value: unknown): value is Exclude<ContactsSearch['show'], undefined> {
  return value === 'merges' || (value !== 'all' && CONTACT_FILTERS.includes(value as ContactFilter))
}
