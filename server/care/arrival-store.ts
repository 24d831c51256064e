import type { Sql } from '../platform/db.ts'

/** Writes down that something came for a number; what was written later stays. */
export async function putArrival(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  receivedAtMs: number,
  lagMs: number,
): Promise<void> {
  await sql.query(
    `insert into webhook_arrival as a (workspace_id, number_id, received_at, lag_ms)
     select $1, id, $3, $4 from business_number where workspace_id = $1 and id = $2
     on conflict (workspace_id, number_id) do update set received_at = excluded.received_at, lag_ms = excluded.lag_ms
       where a.received_at < excluded.received_at`,
    [workspaceId, numberId, new Date(receivedAtMs), lagMs],
  )
}
