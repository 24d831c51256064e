import type { NumberMode } from '../../contract/number.ts'
import type { Sql } from '../platform/db.ts'

export async function putMode(sql: Sql, workspaceId: string, numberId: string, mode: NumberMode): Promise<void> {
  await sql.query('update business_number set mode = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    numberId,
    mode,
  ])
}

/** How many messages of a number wait to be sent, or are being sent. */
export async function countWaiting(sql: Sql, workspaceId: string, numberId: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::integer as count from message
      where workspace_id = $1 and number_id = $2 and delivery in ('queued', 'sending')`,
    [workspaceId, numberId],
  )
  return rows[0]?.count ?? 0
}
