import type { QueueAnswer } from '../../contract/api/sending.ts'
import { REAL_NOW } from '../platform/database-clock.ts'
import type { Sql } from '../platform/db.ts'

/** How many due messages wait, and what for; `null` when there is no such conversation. */
export async function readQueue(
  sql: Sql,
  workspaceId: string,
  { conversationId, now }: { readonly conversationId: string; readonly now: Date },
): Promise<QueueAnswer | null> {
  const { rows } = await sql.query<{ numberWaits: number; waits: number; file: boolean; customer: boolean }>(
    `select w."numberWaits", w.waits,
            coalesce(p.held_until > ${REAL_NOW} and p.held_wamid is not null, false) as file,
            coalesce(p.held_until > ${REAL_NOW} and p.held_wamid is null, false) as customer
       from conversation v
       left join send_pair p on p.workspace_id = v.workspace_id and p.conversation_id = v.id
       cross join lateral (
         select count(*)::int as "numberWaits", (count(*) filter (where m.conversation_id = v.id))::int as waits
           from message m where m.workspace_id = v.workspace_id and m.number_id = v.number_id and m.delivery = 'queued'
            and m.wamid is null and (m.send_at is null or m.send_at <= $3)) w
      where v.workspace_id = $1 and v.id = lead_conversation($1, $2)`,
    [workspaceId, conversationId, now],
  )
  const row = rows[0]
  if (row === undefined) return null
  const { numberWaits, waits } = row
  const reason = waits === 0 ? null : row.file ? 'file' : row.customer ? 'customer' : 'number'
  return { numberWaits, waits, reason }
}
