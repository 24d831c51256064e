import type { Sql } from '../platform/db.ts'

/** Rows that go in one transaction. */
const TRIM_ROWS_MAX = 10_000

/**
 * Deletes the oldest rows of the feed that are older than `beforeMs`, never one with a younger row before it, so that
 * no hole appears. Gives whether there may be more.
 */
export async function trimFeed(sql: Sql, workspaceId: string, beforeMs: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    `delete from feed f using (
       select seq, max(at) over (order by seq) as youngest_so_far
         from (select seq, at from feed where workspace_id = $1 order by seq limit $3) oldest
     ) t where f.workspace_id = $1 and f.seq = t.seq and t.youngest_so_far < to_timestamp($2::float8 / 1000)`,
    [workspaceId, beforeMs, TRIM_ROWS_MAX],
  )
  return rowCount === TRIM_ROWS_MAX
}
