import type { Sql } from '../platform/db.ts'

/** A status of a message that nobody here has seen. */
export interface StrayStatus {
  readonly wamid: string
  readonly atMs: number
}

/** Notes messages of which a status came and nothing else, each once. */
export async function putStrays(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  strays: readonly StrayStatus[],
  nowMs: number,
): Promise<void> {
  if (strays.length === 0) return
  await sql.query(
    `insert into stray_status (workspace_id, number_id, wamid, at, seen_at)
     select $1, $2, wamid, min(to_timestamp(at / 1000)), to_timestamp($5::float8 / 1000)
       from unnest($3::text[], $4::float8[]) u(wamid, at) group by wamid order by wamid
     on conflict (workspace_id, number_id, wamid) do nothing`,
    [workspaceId, numberId, strays.map(({ wamid }) => wamid), strays.map(({ atMs }) => atMs), nowMs],
  )
}

/** Forgets those whose message has come, and reports that came after all. */
export async function dropFound(sql: Sql, workspaceId: string, numberId: string): Promise<void> {
  await sql.query(
    `delete from stray_status s where s.workspace_id = $1 and s.number_id = $2
        and exists (select from message m where m.workspace_id = $1 and m.number_id = $2 and m.wamid = s.wamid)`,
    [workspaceId, numberId],
  )
  await sql.query(
    `delete from missed_report r where r.workspace_id = $1 and r.number_id = $2
        and exists (select from message_status s where s.workspace_id = $1 and s.number_id = $2
                       and s.wamid = r.wamid and s.status = r.status)`,
    [workspaceId, numberId],
  )
}

/** What is to be asked of Meta's history of reports for one number. */
export interface HistoryQuestion {
  readonly available: boolean | null
  readonly askedAtMs: number | null
  /** Messages nobody here has seen, of which Meta was not asked yet. */
  readonly wamids: readonly string[]
}

export async function readHistoryQuestion(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  strays: { readonly seenBefore: Date; readonly max: number },
): Promise<HistoryQuestion> {
  const checks = await sql.query<{ available: boolean | null; askedAtMs: number | null }>(
    `select history_available as available, (extract(epoch from history_asked_at) * 1000)::float8 as "askedAtMs"
       from gap_check where workspace_id = $1 and number_id = $2`,
    [workspaceId, numberId],
  )
  const { rows } = await sql.query<{ wamid: string }>(
    `select wamid from stray_status where workspace_id = $1 and number_id = $2 and asked_at is null and seen_at <= $3
      order by seen_at, wamid limit $4`,
    [workspaceId, numberId, strays.seenBefore, strays.max],
  )
  const { available, askedAtMs } = checks.rows[0] ?? { available: null, askedAtMs: null }
  return { available, askedAtMs, wamids: rows.map(({ wamid }) => wamid) }
}

/** Whether this number may ask, and when it last did. */
export async function putHistoryAsked(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  asked: { readonly available: boolean; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into gap_check (workspace_id, number_id, checked_at, history_available, history_asked_at)
     values ($1, $2, $4, $3, $4) on conflict (workspace_id, number_id) do update
       set history_available = excluded.history_available, history_asked_at = excluded.history_asked_at`,
    [workspaceId, numberId, asked.available, asked.now],
  )
}

/** Who sent a message nobody here has seen; `null`: Meta does not say. */
export async function putSender(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  stray: { readonly wamid: string; readonly sender: 'own' | 'other' | null; readonly now: Date },
): Promise<void> {
  await sql.query(
    'update stray_status set sender = $4, asked_at = $5 where workspace_id = $1 and number_id = $2 and wamid = $3',
    [workspaceId, numberId, stray.wamid, stray.sender, stray.now],
  )
}

/** Notes reports that did not reach us, each once; those that did by now are left out. */
export async function putMissedReports(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  reports: readonly { readonly wamid: string; readonly status: string; readonly atMs: number }[],
): Promise<void> {
  if (reports.length === 0) return
  await sql.query(
    `insert into missed_report (workspace_id, number_id, wamid, status, at)
     select $1, $2, wamid, status, min(to_timestamp(at / 1000))
       from unnest($3::text[], $4::text[], $5::float8[]) u(wamid, status, at)
      where not exists (select from message_status s where s.workspace_id = $1 and s.number_id = $2
                           and s.wamid = u.wamid and s.status = u.status)
      group by wamid, status on conflict do nothing`,
    [
      ...[workspaceId, numberId, reports.map(({ wamid }) => wamid), reports.map(({ status }) => status)],
      reports.map(({ atMs }) => atMs),
    ],
  )
}
