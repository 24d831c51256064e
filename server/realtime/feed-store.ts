import type { Sql } from '../platform/db.ts'
import type { ReadyRow } from './frames.ts'

export interface FeedBounds {
  readonly feedId: string
  /** The newest position; 0 when nothing has happened yet. */
  readonly head: number
  /** The oldest row that is still kept; `null` when there is none. */
  readonly first: number | null
}

/** Rows after position `after`, in order, at most `limit`. */
export async function readFeedRows(sql: Sql, workspaceId: string, after: number, limit: number): Promise<ReadyRow[]> {
  const { rows } = await sql.query<{ seq: string; at: Date; event: string }>(
    'select seq, at, event::text as event from feed where workspace_id = $1 and seq > $2 order by seq limit $3',
    [workspaceId, after, limit],
  )
  return rows.map((row) => ({ seq: Number(row.seq), atMs: row.at.getTime(), eventJson: row.event }))
}

/** Where the feed begins and ends, and which feed it is. */
export async function readFeedBounds(sql: Sql, workspaceId: string): Promise<FeedBounds> {
  const { rows } = await sql.query<{ feed_id: string; head: string | null; first: string | null }>(
    `select w.feed_id,
            (select seq from feed_counter where workspace_id = $1) as head,
            (select seq from feed where workspace_id = $1 order by seq limit 1) as first
       from workspace w where w.id = $1`,
    [workspaceId],
  )
  const row = rows[0]
  if (row === undefined) throw new Error(`There is no workspace ${workspaceId}`)
  return { feedId: row.feed_id, head: Number(row.head ?? 0), first: row.first === null ? null : Number(row.first) }
}
