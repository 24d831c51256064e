import type { NumberMode } from '../../contract/number.ts'
import type { Sql } from '../platform/db.ts'
import { filesFromMs } from '../sync/sync-window.ts'
import type { GapFacts, NamedTally, Run, StateFact, SyncFact, Tally } from './gap-facts.ts'
import { readWebhookDown } from './webhook-down-store.ts'

/** The message that a 131060 stands for follows within seconds, or never. */
export const FOLLOWS_WITHIN_MS = 60 * 1000
/** A status may come before the answer to the call that sent its message; not this long before. */
export const STRAY_AFTER_MS = 5 * 60 * 1000
/** Files of an import come after it, within this time of its last chunk. */
export const FILES_FOLLOW_WITHIN_MS = 24 * 60 * 60 * 1000
/** Times of ours are looked at this far back. */
const RUNS_MS = 180 * 24 * 60 * 60 * 1000

/** Everything about a number that the register is derived from; `null` when the workspace has no such number. */
export async function readGapFacts(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  nowMs: number,
): Promise<GapFacts | null> {
  const number = await readBasics(sql, workspaceId, numberId)
  if (number === null) return null
  const syncs = await readSyncs(sql, workspaceId, numberId)
  return {
    ...number,
    syncs,
    ...(await readMedia(sql, workspaceId, numberId, { syncs, nowMs })),
    ...(await readUnsupported(sql, workspaceId, numberId, nowMs)),
    ...(await readNotices(sql, workspaceId, numberId)),
    strays: await readStrays(sql, workspaceId, numberId, nowMs),
    missedReports: await readMissedReports(sql, workspaceId, numberId),
    states: await readStates(sql, workspaceId, numberId),
    runs: await readRuns(sql, workspaceId, nowMs),
    webhookDown: await readWebhookDown(sql, workspaceId, numberId, nowMs),
  }
}

const TALLY = (at: string) =>
  `count(*)::int as count, (extract(epoch from min(${at})) * 1000)::float8 as "firstMs",
   (extract(epoch from max(${at})) * 1000)::float8 as "lastMs"`

async function readBasics(sql: Sql, workspaceId: string, numberId: string) {
  const { rows } = await sql.query<{ mode: NumberMode; connectedAtMs: number }>(
    `select mode, (extract(epoch from connected_at) * 1000)::float8 as "connectedAtMs"
       from business_number where workspace_id = $1 and id = $2`,
    [workspaceId, numberId],
  )
  return rows[0] ?? null
}

async function readSyncs(sql: Sql, workspaceId: string, numberId: string): Promise<SyncFact[]> {
  const { rows } = await sql.query<SyncFact>(
    `select s.kind, s.state, (extract(epoch from s.updated_at) * 1000)::float8 as "updatedAtMs",
            (extract(epoch from s.deadline_at) * 1000)::float8 as "deadlineMs",
            (extract(epoch from c.last_at) * 1000)::float8 as "lastChunkAtMs", coalesce(c.phases, '[]') as phases
       from sync s left join lateral (
              select max(p.last_at) as last_at, json_agg(json_build_object('phase', p.phase, 'messages', p.messages)) as phases
                from (select phase, sum(messages)::int as messages, max(received_at) as last_at from sync_chunk
                       where workspace_id = $1 and number_id = $2 group by phase) p) c on s.kind = 'history'
      where s.workspace_id = $1 and s.number_id = $2`,
    [workspaceId, numberId],
  )
  return rows
}

/** Placeholders older than the files that may come never get theirs; the others are missed when the import is over. */
async function readMedia(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  { syncs, nowMs }: { readonly syncs: readonly SyncFact[]; readonly nowMs: number },
): Promise<Pick<GapFacts, 'oldMedia' | 'recentMedia' | 'missingFiles'>> {
  const history = syncs.find(({ kind }) => kind === 'history')
  const fromMs = filesFromMs(history?.deadlineMs ?? null)
  const over = history?.lastChunkAtMs != null && nowMs >= history.lastChunkAtMs + FILES_FOLLOW_WITHIN_MS
  const { rows } = await sql.query<Tally & { old: boolean }>(
    `select ($3::timestamptz is null or sent_at < $3) as old, ${TALLY('sent_at')} from message
      where workspace_id = $1 and number_id = $2 and content ->> 'type' in ('unsupported', 'media_placeholder')
        and content ->> 'type' = 'media_placeholder' group by 1`,
    [workspaceId, numberId, fromMs === null ? null : new Date(fromMs)],
  )
  const files = await sql.query<NamedTally>(
    `select file ->> 'reason' as name, ${TALLY('sent_at')} from message
      where workspace_id = $1 and number_id = $2 and file ->> 'state' = 'missing' group by 1`,
    [workspaceId, numberId],
  )
  return {
    oldMedia: rows.find(({ old }) => old) ?? null,
    recentMedia: over ? (rows.find(({ old }) => !old) ?? null) : null,
    missingFiles: files.rows,
  }
}

/** What says only that something was sent. A message that comes after all takes the place of its content. */
async function readUnsupported(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  nowMs: number,
): Promise<Pick<GapFacts, 'unavailable' | 'unsupported'>> {
  const { rows } = await sql.query<NamedTally & { unavailable: boolean }>(
    `select content ->> 'code' = '131060' as unavailable, coalesce(content ->> 'what', 'other') as name, ${TALLY('sent_at')}
       from message
      where workspace_id = $1 and number_id = $2 and content ->> 'type' in ('unsupported', 'media_placeholder')
        and content ->> 'type' = 'unsupported' and sent_at <= $3 group by 1, 2`,
    [workspaceId, numberId, new Date(nowMs - FOLLOWS_WITHIN_MS)],
  )
  return {
    unavailable: sum(rows.filter(({ unavailable }) => unavailable)),
    unsupported: rows.filter(({ unavailable }) => !unavailable),
  }
}

function sum(tallies: readonly Tally[]): Tally | null {
  if (tallies.length === 0) return null
  return {
    count: tallies.reduce((total, { count }) => total + count, 0),
    firstMs: Math.min(...tallies.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(...tallies.map(({ lastMs }) => lastMs)),
  }
}

/** Calls and groups that Meta told of, and messages of threads that another partner owned. */
async function readNotices(
  sql: Sql,
  workspaceId: string,
  numberId: string,
): Promise<Pick<GapFacts, 'notices' | 'standby'>> {
  const { rows } = await sql.query<NamedTally>(
    `select kind as name, ${TALLY('coalesce(at, received_at)')} from notice
      where workspace_id = $1 and number_id = $2
        and (kind in ('call', 'group') or (kind = 'standby' and event = 'message')) group by 1`,
    [workspaceId, numberId],
  )
  return {
    notices: rows.filter(({ name }) => name !== 'standby'),
    standby: rows.find(({ name }) => name === 'standby') ?? null,
  }
}

/** A message that was told of on standby is the other partner's, and counted there. */
async function readStrays(sql: Sql, workspaceId: string, numberId: string, nowMs: number): Promise<NamedTally[]> {
  const { rows } = await sql.query<NamedTally>(
    `select case s.sender when 'own' then 'own' when 'other' then 'other_program' else 'not_known' end as name, ${TALLY('s.at')}
       from stray_status s
      where s.workspace_id = $1 and s.number_id = $2 and s.seen_at <= $3
        and not exists (select from notice n where n.workspace_id = $1 and n.number_id = $2 and n.kind = 'standby'
                           and n.event = 'message' and n.data ->> 'wamid' = s.wamid)
      group by 1`,
    [workspaceId, numberId, new Date(nowMs - STRAY_AFTER_MS)],
  )
  return rows
}

async function readMissedReports(sql: Sql, workspaceId: string, numberId: string): Promise<Tally | null> {
  const { rows } = await sql.query<Tally>(
    `select ${TALLY('at')} from missed_report where workspace_id = $1 and number_id = $2`,
    [workspaceId, numberId],
  )
  return rows[0] ?? null
}

async function readStates(sql: Sql, workspaceId: string, numberId: string): Promise<StateFact[]> {
  const { rows } = await sql.query<StateFact>(
    `select state, reason, (extract(epoch from at) * 1000)::float8 as "atMs" from number_state_change
      where workspace_id = $1 and number_id = $2`,
    [workspaceId, numberId],
  )
  return rows
}

async function readRuns(sql: Sql, workspaceId: string, nowMs: number): Promise<Run[]> {
  const { rows } = await sql.query<Run>(
    `select (extract(epoch from from_at) * 1000)::float8 as "fromMs", (extract(epoch from until_at) * 1000)::float8 as "untilMs"
       from server_run where workspace_id = $1 and until_at >= $2`,
    [workspaceId, new Date(nowMs - RUNS_MS)],
  )
  return rows
}
