import { endSyncing } from '../numbers/state-store.ts'
import type { Sql } from '../platform/db.ts'
import { plainColumn } from './columns.ts'
import type { OnNumber } from './draft.ts'
import type { PhoneSign } from './phone-sign.ts'
import { timestamp } from './row-sql.ts'
import type { SortedFacts } from './sort-facts.ts'

/** Signs of life are written this coarsely: a busy phone costs one write an hour, not one a message. */
const SIGN_EVERY_MS = 60 * 60 * 1000

/**
 * Records chunks of history, each once, and folds the state of the import from all of them: the same whatever their
 * order. A chunk is evidence and beats a decline that was reported too. Gives whether anything changed.
 */
export async function writeHistoryChunks(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  chunks: SortedFacts['chunks'],
): Promise<boolean> {
  const byPlace = new Map(chunks.map((chunk) => [`${chunk.event.phase} ${chunk.event.chunkOrder}`, chunk]))
  const rows = [...byPlace.values()]
  if (rows.length === 0) return false
  const { rowCount } = await sql.query(
    `insert into sync_chunk (workspace_id, number_id, phase, chunk_order, threads, messages, progress_percent, received_at)
     select $1, $2, phase, chunk_order, threads, messages, progress, ${timestamp('received_at')}
       from unnest($3::smallint[], $4::integer[], $5::integer[], $6::integer[], $7::integer[], $8::float8[])
            u(phase, chunk_order, threads, messages, progress, received_at)
      order by phase, chunk_order on conflict do nothing`,
    [
      workspaceId,
      numberId,
      plainColumn(rows, ({ event }) => event.phase),
      plainColumn(rows, ({ event }) => event.chunkOrder),
      plainColumn(rows, ({ event }) => event.threads),
      plainColumn(rows, ({ event }) => event.messages),
      plainColumn(rows, ({ event }) => event.progressPercent),
      plainColumn(rows, ({ receivedAtMs }) => receivedAtMs),
    ],
  )
  if ((rowCount ?? 0) === 0) return false
  const latestMs = Math.max(...rows.map(({ receivedAtMs }) => receivedAtMs))
  // Two lanes import at once: whoever comes second has to see the other's chunks, or the sum would go back.
  await sql.query(
    "select from sync where workspace_id = $1 and number_id = $2 and kind = 'history' for no key update",
    [workspaceId, numberId],
  )
  await sql.query(
    `with total as (
       select max(progress_percent) as progress, sum(messages)::int as messages from sync_chunk
        where workspace_id = $1 and number_id = $2
     )
     insert into sync as s (workspace_id, number_id, kind, state, updated_at, progress_percent, received)
     select $1, $2, 'history', case when progress >= 100 then 'complete' else 'receiving' end, ${timestamp('$3::float8')}, progress, messages
       from total
     on conflict (workspace_id, number_id, kind) do update set state = excluded.state, progress_percent = excluded.progress_percent,
       received = excluded.received, updated_at = greatest(s.updated_at, excluded.updated_at)`,
    [workspaceId, numberId, latestMs],
  )
  await endSyncing(sql, workspaceId, numberId, new Date(latestMs))
  return true
}

/** The owner did not share history. Gives whether that was news. */
export async function writeHistoryDecline(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  declines: SortedFacts['declines'],
): Promise<boolean> {
  const first = declines[0]
  if (first === undefined) return false
  const { rowCount } = await sql.query(
    `insert into sync as s (workspace_id, number_id, kind, state, updated_at) values ($1, $2, 'history', 'declined', ${timestamp('$3::float8')})
     on conflict (workspace_id, number_id, kind) do update set state = 'declined', updated_at = excluded.updated_at
     where s.state <> 'declined'
       and not exists (select from sync_chunk c where c.workspace_id = $1 and c.number_id = $2)`,
    [workspaceId, numberId, first.receivedAtMs],
  )
  await endSyncing(sql, workspaceId, numberId, new Date(first.receivedAtMs))
  return (rowCount ?? 0) > 0
}

/**
 * Names of the phone's address book came. Meta never says that it was the last one, so what is there is complete. They
 * come for ever, as the owner edits them: one that comes before the sync was asked for is no answer to it, and must not
 * keep it from being asked for.
 */
export async function writeContactsProgress(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  atMs: number,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into sync as s (workspace_id, number_id, kind, state, updated_at, received)
     select $1, $2, 'contacts', 'complete', ${timestamp('$3::float8')}, count(*) from contact
      where workspace_id = $1 and address_book_at is not null and merged_into is null
     on conflict (workspace_id, number_id, kind) do update set
       state = case when s.state in ('asked', 'silent', 'receiving') then 'complete' else s.state end,
       received = excluded.received, updated_at = greatest(s.updated_at, excluded.updated_at)
     where s.state in ('asked', 'silent', 'receiving') or s.received <> excluded.received`,
    [workspaceId, numberId, atMs],
  )
  return (rowCount ?? 0) > 0
}

/**
 * Notes that phones were alive, each once for its number; gives the numbers of which that was news, to the hour. What a
 * phone shows beats what was said of it.
 */
export async function writeSigns(
  sql: Sql,
  workspaceId: string,
  signs: readonly OnNumber<PhoneSign>[],
): Promise<string[]> {
  if (signs.length === 0) return []
  const { rows } = await sql.query<{ id: string }>({
    name: 'inbox_write_signs',
    text: `
update business_number n set last_sign_at = ${timestamp('u.at')}, last_sign_kind = u.kind
  from unnest($2::uuid[], $3::text[], $4::float8[], $5::float8[]) u(id, kind, at, hour_before)
 where n.workspace_id = $1 and n.id = u.id and n.mode = 'coexistence'
   and (n.last_sign_at is null or n.last_sign_at <= ${timestamp('u.hour_before')}
     or (n.last_sign_kind = 'opened' and n.last_sign_at <= ${timestamp('u.at')}))
returning n.id`,
    values: [
      workspaceId,
      plainColumn(signs, ({ numberId }) => numberId),
      plainColumn(signs, ({ kind }) => kind),
      plainColumn(signs, ({ atMs }) => atMs),
      plainColumn(signs, ({ atMs }) => atMs - SIGN_EVERY_MS),
    ],
  })
  return rows.map(({ id }) => id)
}
