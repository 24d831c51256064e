import type { Sql } from '../platform/db.ts'
import type { LedgerRow } from './ledger-rows.ts'

/** How far the ledger of a workspace is kept. */
export interface LedgerState {
  readonly lookedAt: Date | null
  /** The first day whose amounts are to be reckoned anew. */
  readonly staleFrom: string | null
}

/** Holds the ledger for the transaction, so that two never enter the same message; gives how far it is kept. */
export async function holdLedger(sql: Sql, workspaceId: string): Promise<LedgerState> {
  await sql.query('insert into cost_ledger (workspace_id) values ($1) on conflict do nothing', [workspaceId])
  const { rows } = await sql.query<LedgerState>(
    'select looked_at as "lookedAt", stale_from as "staleFrom" from cost_ledger where workspace_id = $1 for update',
    [workspaceId],
  )
  return rows[0] ?? { lookedAt: null, staleFrom: null }
}

export async function putLooked(sql: Sql, workspaceId: string, now: Date): Promise<void> {
  await sql.query('update cost_ledger set looked_at = $2 where workspace_id = $1', [workspaceId, now])
}

/** Notes that amounts from a day on have to be reckoned anew; an earlier day that is noted already stays. */
export async function markStale(sql: Sql, workspaceId: string, fromDay: string): Promise<void> {
  await sql.query(
    `insert into cost_ledger (workspace_id, stale_from) values ($1, $2)
     on conflict (workspace_id) do update set stale_from = least(cost_ledger.stale_from, excluded.stale_from)`,
    [workspaceId, fromDay],
  )
}

/** Whether amounts have still to be reckoned anew. */
export async function isStale(sql: Sql, workspaceId: string): Promise<boolean> {
  const { rows } = await sql.query('select from cost_ledger where workspace_id = $1 and stale_from is not null', [
    workspaceId,
  ])
  return rows.length > 0
}

/** Takes the note away, unless an earlier day was noted meanwhile. */
export async function clearStale(sql: Sql, workspaceId: string, fromDay: string): Promise<void> {
  await sql.query('update cost_ledger set stale_from = null where workspace_id = $1 and stale_from >= $2', [
    workspaceId,
    fromDay,
  ])
}

/** Enters lines; one that is there is replaced, but for its estimate. */
export async function putLines(
  sql: Sql,
  workspaceId: string,
  currency: string,
  rows: readonly LedgerRow[],
): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `insert into message_cost as l (workspace_id, number_id, wamid, message_id, author, member_id, template, country, at, basis,
                              category, reason, amount, currency, estimate, estimate_reason, pricing, conversation_ref)
     select $1, number_id, wamid, message_id, author, member_id, template, country, to_timestamp(at / 1000), basis, category,
            reason, amount, $2, estimate, estimate_reason, pricing::jsonb, ref
       from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::float8[], $11::text[],
                   $12::text[], $13::text[], $14::bigint[], $15::bigint[], $16::text[], $17::text[], $18::text[])
            u(number_id, wamid, message_id, author, member_id, template, country, at, basis, category, reason, amount, estimate,
              estimate_reason, pricing, ref)
     on conflict (workspace_id, number_id, wamid) do update set message_id = excluded.message_id, author = excluded.author,
       member_id = excluded.member_id, template = excluded.template, country = excluded.country, at = excluded.at,
       basis = excluded.basis, category = excluded.category, reason = excluded.reason, amount = excluded.amount,
       currency = excluded.currency, pricing = excluded.pricing, conversation_ref = excluded.conversation_ref`,
    [
      workspaceId,
      currency,
      rows.map((row) => row.numberId),
      rows.map((row) => row.wamid),
      rows.map((row) => row.messageId),
      rows.map((row) => row.author),
      rows.map((row) => row.memberId),
      rows.map((row) => row.template),
      rows.map((row) => row.country),
      rows.map((row) => row.atMs),
      rows.map((row) => row.basis),
      rows.map((row) => row.category),
      rows.map((row) => row.reason),
      rows.map((row) => row.amount),
      rows.map((row) => row.estimate),
      rows.map((row) => row.estimateReason),
      rows.map((row) => (row.pricing === null ? null : JSON.stringify(row.pricing))),
      rows.map((row) => row.conversationRef),
    ],
  )
}

/** Sets when messages came, where an earlier status has come later. */
export async function moveLines(
  sql: Sql,
  workspaceId: string,
  rows: readonly { readonly numberId: string; readonly wamid: string; readonly atMs: number }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `update message_cost l set at = to_timestamp(u.at / 1000)
       from unnest($2::uuid[], $3::text[], $4::float8[]) u(number_id, wamid, at)
      where l.workspace_id = $1 and l.number_id = u.number_id and l.wamid = u.wamid`,
    [workspaceId, rows.map((row) => row.numberId), rows.map((row) => row.wamid), rows.map((row) => row.atMs)],
  )
}

/** Takes away the lines of messages that went out and then failed: they cost nothing. Gives how many. */
export async function dropFailed(sql: Sql, workspaceId: string, since: Date): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from message_cost l using message m
      where l.workspace_id = $1 and l.basis = 'estimate' and l.at >= $2 and m.workspace_id = $1 and m.id = l.message_id
        and m.delivery in ('failed', 'cancelled', 'expired')`,
    [workspaceId, since],
  )
  return rowCount ?? 0
}

/** Which of Meta's conversations are charged already. */
export async function readConversations(sql: Sql, workspaceId: string, refs: readonly string[]): Promise<Set<string>> {
  if (refs.length === 0) return new Set()
  const { rows } = await sql.query<{ ref: string }>(
    `select distinct conversation_ref as ref from message_cost
      where workspace_id = $1 and conversation_ref = any($2) and reason = 'regular'`,
    [workspaceId, refs],
  )
  return new Set(rows.map(({ ref }) => ref))
}
