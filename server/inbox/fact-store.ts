import type { Sql } from '../platform/db.ts'
import { plainColumn, textColumn } from './columns.ts'
import type { ChangeFact, OnNumber, ReactionFact } from './draft.ts'
import type { WritePlan } from './plan-writes.ts'
import { timestamp } from './row-sql.ts'
import type { MessageRow } from './rows.ts'
import { json } from './write-store.ts'

/** Keeps which messages answer which. */
export async function writeQuotes(sql: Sql, workspaceId: string, rows: readonly MessageRow[]): Promise<void> {
  const quoting = rows.filter(({ quote }) => quote !== null)
  if (quoting.length === 0) return
  await sql.query({
    name: 'inbox_write_quotes',
    text: `
insert into message_quote (workspace_id, number_id, quoted_wamid, message_id)
select $1, number_id, wamid, id from unnest($2::uuid[], $3::text[], $4::uuid[]) u(number_id, wamid, id)
    on conflict do nothing`,
    values: [
      workspaceId,
      plainColumn(quoting, (row) => row.numberId),
      textColumn(quoting, ({ quote }) => quote?.wamid ?? null),
      plainColumn(quoting, ({ id }) => id),
    ],
  })
}

/** Facts about messages, kept whether or not the message is there. The same fact again changes nothing. */
export async function writeFacts(
  sql: Sql,
  workspaceId: string,
  { changes, reactions }: Pick<WritePlan, 'changes' | 'reactions'>,
): Promise<void> {
  if (changes.length > 0) await writeChanges(sql, workspaceId, changes)
  if (reactions.length > 0) await writeReactions(sql, workspaceId, reactions)
}

async function writeChanges(sql: Sql, workspaceId: string, rows: readonly OnNumber<ChangeFact>[]) {
  await sql.query({
    name: 'inbox_write_changes',
    text: `
insert into message_change (workspace_id, number_id, target_wamid, change_wamid, kind, at, content)
select $1, number_id, target, wamid, kind, ${timestamp('at')}, content::jsonb
  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::text[])
       u(number_id, target, wamid, kind, at, content)
    on conflict do nothing`,
    values: [
      workspaceId,
      plainColumn(rows, (row) => row.numberId),
      textColumn(rows, (row) => row.targetWamid),
      textColumn(rows, (row) => row.wamid),
      plainColumn(rows, (row) => row.kind),
      plainColumn(rows, (row) => row.atMs),
      textColumn(rows, (row) => json(row.content)),
    ],
  })
}

async function writeReactions(sql: Sql, workspaceId: string, rows: readonly OnNumber<ReactionFact>[]) {
  await sql.query({
    name: 'inbox_write_reactions',
    text: `
insert into reaction as r (workspace_id, number_id, target_wamid, side, emoji, at, wamid)
select $1, number_id, target, side, emoji, ${timestamp('at')}, wamid
  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::text[])
       u(number_id, target, side, emoji, at, wamid)
    on conflict (workspace_id, number_id, target_wamid, side) do update set
       emoji = excluded.emoji, at = excluded.at, wamid = excluded.wamid
 where (excluded.at, excluded.wamid) > (r.at, r.wamid)`,
    values: [
      workspaceId,
      plainColumn(rows, (row) => row.numberId),
      textColumn(rows, (row) => row.targetWamid),
      plainColumn(rows, (row) => row.by),
      textColumn(rows, (row) => row.emoji),
      plainColumn(rows, (row) => row.atMs),
      textColumn(rows, (row) => row.wamid),
    ],
  })
}
