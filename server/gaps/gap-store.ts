import type { CaptureGap, GapsAnswer } from '../../contract/api/gaps.ts'
import type { Sql } from '../platform/db.ts'
import type { DerivedGap } from './gap-facts.ts'
import type { KeptGap } from './reconcile-gaps.ts'

/** Gaps of one number that are shown; the rest are older and over. */
const SHOWN_MAX = 500

/** The register of one number, open gaps first, newest first. */
export async function readGaps(sql: Sql, workspaceId: string, numberId: string): Promise<GapsAnswer> {
  const { rows } = await sql.query<CaptureGap>(
    `select key, kind, (extract(epoch from since) * 1000)::float8 as "sinceMs",
            (extract(epoch from until) * 1000)::float8 as "untilMs", count, evidence,
            (extract(epoch from first_seen_at) * 1000)::float8 as "firstSeenAtMs",
            (extract(epoch from last_seen_at) * 1000)::float8 as "lastSeenAtMs"
       from capture_gap where workspace_id = $1 and number_id = $2
      order by until is not null, since desc, key limit $3`,
    [workspaceId, numberId, SHOWN_MAX],
  )
  const checked = await sql.query<{ atMs: number }>(
    `select (extract(epoch from checked_at) * 1000)::float8 as "atMs" from gap_check
      where workspace_id = $1 and number_id = $2`,
    [workspaceId, numberId],
  )
  return { gaps: rows, checkedAtMs: checked.rows[0]?.atMs ?? null }
}

/** The numbers of a workspace. */
export async function readNumberIds(sql: Sql, workspaceId: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    'select id from business_number where workspace_id = $1 order by id',
    [workspaceId],
  )
  return rows.map(({ id }) => id)
}

/** Numbers whose state or syncs changed since they were last looked at, or that never were. */
export async function readChangedNumbers(sql: Sql, workspaceId: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select n.id from business_number n left join gap_check c on c.workspace_id = n.workspace_id and c.number_id = n.id
      where n.workspace_id = $1
        and (c.checked_at is null or n.state_since > c.checked_at
             or exists (select from sync s where s.workspace_id = $1 and s.number_id = n.id and s.updated_at > c.checked_at))
      order by n.id`,
    [workspaceId],
  )
  return rows.map(({ id }) => id)
}

/** Makes this the one check of the number until the commit; `false` when there is no such number. */
export async function beginCheck(sql: Sql, workspaceId: string, numberId: string, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into gap_check (workspace_id, number_id, checked_at)
     select workspace_id, id, $3 from business_number where workspace_id = $1 and id = $2
     on conflict (workspace_id, number_id) do update set checked_at = greatest(gap_check.checked_at, excluded.checked_at)`,
    [workspaceId, numberId, now],
  )
  return rowCount === 1
}

/** Keys of the register and whether they are open. */
export async function readKept(sql: Sql, workspaceId: string, numberId: string): Promise<KeptGap[]> {
  const { rows } = await sql.query<KeptGap>(
    `select key, (extract(epoch from until) * 1000)::float8 as "untilMs" from capture_gap
      where workspace_id = $1 and number_id = $2`,
    [workspaceId, numberId],
  )
  return rows
}

/** Writes gaps as they were derived; when a gap was first seen stays. */
export async function putGaps(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  gaps: readonly DerivedGap[],
  now: Date,
): Promise<void> {
  if (gaps.length === 0) return
  const at = (ms: number | null) => (ms === null ? null : new Date(ms))
  await sql.query(
    `insert into capture_gap (workspace_id, number_id, key, kind, since, until, count, evidence, first_seen_at, last_seen_at)
     select $1, $2, key, kind, since, until, count, evidence::jsonb, $9, $9
       from unnest($3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::integer[], $8::text[])
            u(key, kind, since, until, count, evidence)
     on conflict (workspace_id, number_id, key) do update set kind = excluded.kind, since = excluded.since,
       until = excluded.until, count = excluded.count, evidence = excluded.evidence, last_seen_at = excluded.last_seen_at`,
    [
      ...[workspaceId, numberId, gaps.map(({ key }) => key), gaps.map(({ kind }) => kind)],
      ...[gaps.map(({ sinceMs }) => at(sinceMs)), gaps.map(({ untilMs }) => at(untilMs))],
      ...[gaps.map(({ count }) => count), gaps.map(({ evidence }) => JSON.stringify(evidence)), now],
    ],
  )
}

/** Ends gaps whose cause is gone. */
export async function closeGaps(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  keys: readonly string[],
  now: Date,
): Promise<void> {
  await sql.query(
    `update capture_gap set until = $4 where workspace_id = $1 and number_id = $2 and key = any($3) and until is null`,
    [workspaceId, numberId, keys, now],
  )
}

/** Notes that a process has run from its beginning until now. */
export async function putRun(
  sql: Sql,
  workspaceId: string,
  run: { readonly id: string; readonly from: Date; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into server_run (workspace_id, id, from_at, until_at) values ($1, $2, $3, $4)
     on conflict (workspace_id, id) do update set until_at = greatest(server_run.until_at, excluded.until_at)`,
    [workspaceId, run.id, run.from, run.now],
  )
}
