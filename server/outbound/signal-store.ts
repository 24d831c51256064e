import type { CustomerSignals } from '../../contract/api/signals.ts'
import type { Sql } from '../platform/db.ts'

/** What is switched on for a number; `null` when there is no such number. */
export async function readSignals(sql: Sql, workspaceId: string, numberId: string): Promise<CustomerSignals | null> {
  const { rows } = await sql.query<CustomerSignals>(
    `select coalesce(s.read_receipts, false) as "readReceipts", coalesce(s.typing, false) as typing
       from business_number n
       left join customer_signals s on s.workspace_id = n.workspace_id and s.number_id = n.id
      where n.workspace_id = $1 and n.id = $2`,
    [workspaceId, numberId],
  )
  return rows[0] ?? null
}

/** `false` when there is no such number. */
export async function putSignals(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  signals: CustomerSignals,
  by: { readonly memberId: string; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into customer_signals (workspace_id, number_id, read_receipts, typing, member_id, saved_at)
     select workspace_id, id, $3::boolean, $4::boolean, $5, $6 from business_number where workspace_id = $1 and id = $2
     on conflict (workspace_id, number_id) do update set read_receipts = excluded.read_receipts,
       typing = excluded.typing, member_id = excluded.member_id, saved_at = excluded.saved_at`,
    [workspaceId, numberId, signals.readReceipts, signals.typing, by.memberId, by.now],
  )
  return rowCount === 1
}

/** What is switched on for the number of a conversation; `null` when there is no such conversation. */
export async function readSignalsOf(
  sql: Sql,
  workspaceId: string,
  conversationId: string,
): Promise<(CustomerSignals & { readonly conversationId: string }) | null> {
  const { rows } = await sql.query<CustomerSignals & { conversationId: string }>(
    `select v.id as "conversationId", coalesce(s.read_receipts, false) as "readReceipts", coalesce(s.typing, false) as typing
       from conversation v
       left join customer_signals s on s.workspace_id = v.workspace_id and s.number_id = v.number_id
      where v.workspace_id = $1 and v.id = lead_conversation($1, $2)`,
    [workspaceId, conversationId],
  )
  return rows[0] ?? null
}

/** The customer's last message that did not come with the history, if it is newer than `since`. */
export async function readLastInbound(
  sql: Sql,
  workspaceId: string,
  conversationId: string,
  since: Date,
): Promise<string | null> {
  const { rows } = await sql.query<{ wamid: string }>(
    `select wamid from message where workspace_id = $1 and conversation_id = $2 and author = 'customer'
        and source = 'live' and wamid is not null and sent_at > $3
      order by sent_at desc, wamid desc limit 1`,
    [workspaceId, conversationId, since],
  )
  return rows[0]?.wamid ?? null
}
