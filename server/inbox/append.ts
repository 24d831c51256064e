import type { InboxEvent } from '../../contract/inbox-event.ts'
import { type Database, runLast, type Sql, transaction } from '../platform/db.ts'
import { storableJson } from './canonical-json.ts'
import { textColumn } from './columns.ts'
import { KEY_LOOKUPS_ONLY, PROJECTION_LOCK } from './projection-lock.ts'
import { lockProjection } from './projection-lock-store.ts'
import { timestamp } from './row-sql.ts'

/** Other processes of Wasl listen here for `<workspace id>:<seq>`. */
export const FEED_CHANNEL = 'wasl_feed'

/**
 * Joins the projections of the workspace, for a transaction that writes a message, its wamid, or a thread's row by other
 * ways than the projector: facts about unknown messages, and merges of contacts, then wait for it, and it for them.
 * Call it first, before any row is locked.
 */
export async function joinProjection(sql: Sql, workspaceId: string): Promise<void> {
  await sql.query({
    name: 'projection_join',
    text: `select pg_advisory_xact_lock_shared(hashtextextended($1, $2)), ${KEY_LOOKUPS_ONLY}`,
    values: [workspaceId, PROJECTION_LOCK],
  })
}

/** Runs `work` in one transaction that has joined the projections, begun in one round trip. */
export function inProjection<T>(database: Database, workspaceId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  return transaction(database, (sql) => lockProjection(sql, workspaceId, 'shared'), work)
}

/** A row of the feed as it was written; `eventJson` goes to the browsers letter by letter. */
export interface AppendedRow {
  readonly seq: number
  readonly atMs: number
  readonly eventJson: string
}

/** Passes committed rows on to those who listen; in any order, since it puts them in order itself. */
export type PublishRows = (workspaceId: string, rows: readonly AppendedRow[]) => void

/**
 * Appends events to the workspace's feed; the last statement of a transaction, because the counter row is locked from
 * here to the commit. Gives the rows, to be published after the commit and not before.
 * `seq` is gap-free and in order of commits: nobody else can take the next one before this transaction ends.
 */
export async function appendEvents(
  sql: Sql,
  workspaceId: string,
  nowMs: number,
  events: readonly InboxEvent[],
): Promise<AppendedRow[]> {
  if (events.length === 0) return []
  const texts = events.map(storableJson)
  const { rows } = await sql.query<{ seq: number }>(appendStatement(workspaceId, nowMs, texts))
  return appended(workspaceId, nowMs, texts, rows[0]?.seq)
}

/**
 * Holds the workspace's place in the feed from here to the commit, for a view that others write parts of too (a number with
 * its syncs, a total): read afterwards, it is as new as its place in the feed says, and no older one can be told after it.
 * Only reading may come between this and the append: whoever waits for a row now, lets everybody wait.
 */
export async function holdFeed(sql: Sql, workspaceId: string): Promise<void> {
  await sql.query('select from feed_counter where workspace_id = $1 for update', [workspaceId])
}

const APPEND = `
with counter as (
  update feed_counter set seq = seq + $3 where workspace_id = $1 returning workspace_id, seq
), written as (
  insert into feed (workspace_id, seq, at, event)
  select $1, counter.seq - $3 + u.place, ${timestamp('$2::float8')}, u.event::json
    from counter, unnest($4::text[]) with ordinality u(event, place)
)
select seq::float8 as seq, pg_notify('${FEED_CHANNEL}', workspace_id::text || ':' || seq) from counter`

function appendStatement(workspaceId: string, nowMs: number, events: readonly string[]) {
  const values = [workspaceId, nowMs, events.length, textColumn(events, (event) => event)]
  return { name: 'feed_append', text: APPEND, values }
}

/**
 * The same for events that are JSON already, and the commit with it: the counter is locked for no longer than the database
 * takes to write. Everybody who appends waits for that lock: it is the measure of what a workspace can do in a second.
 */
export async function appendAndCommit(
  sql: Sql,
  workspaceId: string,
  nowMs: number,
  events: readonly string[],
): Promise<AppendedRow[]> {
  if (events.length === 0) return []
  const rows = await runLast<{ seq: number }>(sql, appendStatement(workspaceId, nowMs, events))
  return appended(workspaceId, nowMs, events, rows[0]?.seq)
}

function appended(
  workspaceId: string,
  nowMs: number,
  events: readonly string[],
  last: number | undefined,
): AppendedRow[] {
  if (last === undefined) throw new Error(`Workspace ${workspaceId} has no feed counter`)
  return events.map((eventJson, index) => ({ seq: last - events.length + 1 + index, atMs: nowMs, eventJson }))
}
