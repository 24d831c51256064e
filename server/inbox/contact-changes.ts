import type { ContactHistoryEntry } from '../../contract/api/contacts.ts'
import { PARENT_USER_ID, PHONE, USER_ID } from '../contacts/identity-keys.ts'
import type { Person } from '../contacts/persons.ts'
import type { ContactDraft } from './draft.ts'
import type { ContactRow } from './rows.ts'

/** Something about a known contact that is another one now; the value before it is kept. */
export interface ContactChange {
  readonly contactId: string
  readonly what: ContactHistoryEntry['what']
  readonly old: string | null
  readonly new: string | null
  /** The time that the fact itself tells; `null` where it tells none. */
  readonly atMs: number | null
  /** The number that it was learned by. */
  readonly numberId: string | null
}

/** What a batch changed of contacts that were known before it. `now` gives each as it is afterwards. */
export function contactChanges(
  drafts: Iterable<ContactDraft>,
  now: ReadonlyMap<string, ContactRow>,
): readonly ContactChange[] {
  const changes: ContactChange[] = []
  for (const { before, row, person } of drafts) {
    const after = now.get(row.id) ?? row
    if (before === null || before === after) continue
    for (const [what, read, at, by] of FIELDS) {
      const [old, fresh] = [read(before), read(after)]
      if (old === fresh) continue
      const numberId = by(person, fresh) ?? person.namedBy.values().next().value ?? null
      changes.push({ contactId: row.id, what, old, new: fresh, atMs: at(after), numberId })
    }
  }
  return changes
}

const UNTOLD = () => null
const namedBy = (kind: string) => (person: Person, value: string | null) => person.namedBy.get(kind + (value ?? ''))

const FIELDS: readonly (readonly [
  ContactChange['what'],
  (row: ContactRow) => string | null,
  (row: ContactRow) => number | null,
  (person: Person, value: string | null) => string | undefined,
])[] = [
  [
    'address_book_name',
    (row) => row.addressBookName,
    (row) => row.addressBookAtMs,
    (person) => person.addressBookName?.numberId,
  ],
  ['profile_name', (row) => row.profileName, (row) => row.profileAtMs, (person) => person.profileName?.numberId],
  ['username', (row) => row.username, (row) => row.usernameAtMs, (person) => person.username?.numberId],
  ['phone', (row) => row.phone, UNTOLD, namedBy(PHONE)],
  ['user_id', (row) => row.userId, UNTOLD, namedBy(USER_ID)],
  ['parent_user_id', (row) => row.parentUserId, UNTOLD, namedBy(PARENT_USER_ID)],
]
