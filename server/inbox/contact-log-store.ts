import { identityKeys, identityKind, identityValue } from '../contacts/identity-keys.ts'
import { laterOf } from '../contacts/persons.ts'
import type { Sql } from '../platform/db.ts'
import { storableText } from './canonical-json.ts'
import { plainColumn, textColumn } from './columns.ts'
import type { ContactChange } from './contact-changes.ts'
import { timestamp } from './row-sql.ts'
import type { SortedFacts } from './sort-facts.ts'

/** Keeps what was learned of known contacts, by which number. */
export async function writeContactChanges(
  sql: Sql,
  workspaceId: string,
  changes: readonly ContactChange[],
  nowMs: number,
): Promise<void> {
  if (changes.length === 0) return
  await sql.query(
    `insert into contact_change (workspace_id, contact_id, what, old, new, number_id, at)
     select $1, contact_id, what, old, new, number_id, ${timestamp('at')}
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::float8[])
            u(number_id, contact_id, what, old, new, at)`,
    [
      workspaceId,
      plainColumn(changes, (change) => change.numberId),
      plainColumn(changes, (change) => change.contactId),
      plainColumn(changes, (change) => change.what),
      textColumn(changes, (change) => (change.old === null ? null : storableText(change.old))),
      textColumn(changes, (change) => (change.new === null ? null : storableText(change.new))),
      plainColumn(changes, (change) => change.atMs ?? nowMs),
    ],
  )
}

interface BookRow {
  readonly kind: string
  readonly value: string
  name: { readonly value: string | null; readonly atMs: number } | null
  removedAtMs: number | null
}

/**
 * Keeps what the address book of a number's phone says, by identity: the latest name and the latest removal, side by
 * side, so that the order in which they come makes no difference.
 */
export async function writeBook(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  contacts: SortedFacts['contacts'],
): Promise<void> {
  if (contacts.length === 0) return
  const rows = bookRows(contacts)
  await sql.query({
    name: 'inbox_write_book',
    text: `
insert into contact_book as b (workspace_id, number_id, kind, value, name, named_at, removed_at)
select $1, $2, kind, value, name, ${timestamp('named_at')}, ${timestamp('removed_at')}
  from unnest($3::smallint[], $4::text[], $5::text[], $6::float8[], $7::float8[]) u(kind, value, name, named_at, removed_at)
    on conflict (workspace_id, kind, value, number_id) do update set
       name = case when (excluded.named_at, coalesce(excluded.name, '')) >= (b.named_at, coalesce(b.name, ''))
                     or b.named_at is null then excluded.name else b.name end,
       named_at = greatest(b.named_at, excluded.named_at), removed_at = greatest(b.removed_at, excluded.removed_at)`,
    values: [
      workspaceId,
      numberId,
      plainColumn(rows, (row) => row.kind),
      textColumn(rows, (row) => row.value),
      textColumn(rows, (row) => (row.name?.value == null ? null : storableText(row.name.value))),
      plainColumn(rows, (row) => row.name?.atMs ?? null),
      plainColumn(rows, (row) => row.removedAtMs),
    ],
  })
}

/** One row for each identity, in the order of the key. */
function bookRows(contacts: SortedFacts['contacts']): BookRow[] {
  const rows = new Map<string, BookRow>()
  for (const { event, atMs } of contacts) {
    for (const key of identityKeys(event.customer)) {
      const row = rows.get(key) ?? { kind: identityKind(key), value: identityValue(key), name: null, removedAtMs: null }
      rows.set(key, row)
      if (event.action === 'remove') row.removedAtMs = Math.max(row.removedAtMs ?? atMs, atMs)
      else row.name = laterOf(row.name, { value: event.fullName ?? event.firstName, atMs })
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
