import { ELSEWHERE } from '../care/probe-rules.ts'
import type { Sql } from '../platform/db.ts'
import { firstIdAt } from '../platform/ids.ts'
import type { WebhookDown } from './gap-facts.ts'

/** One call of our webhook that failed is a hiccup. */
const FAILURES_MIN = 2
/** Meta reports on a send within seconds; constructed, and long enough for a slow day of Meta's. */
const REPORT_WITHIN_MS = 15 * 60 * 1000
/** One report alone may be lost. */
const SENDS_MIN = 2
/** Meta gives a report up after this time. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60 * 1000

/**
 * Why Meta's deliveries do not come in: as our own webhook, called from outside, or Meta's own answer shows; or because
 * messages that Meta took are never reported on. That customers are silent proves nothing. `null`: nothing says so.
 */
export async function readWebhookDown(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  nowMs: number,
): Promise<WebhookDown | null> {
  return (await readProbed(sql, workspaceId)) ?? (await readUnreported(sql, workspaceId, numberId, nowMs))
}

async function readProbed(sql: Sql, workspaceId: string): Promise<WebhookDown | null> {
  const { rows } = await sql.query<{ fault: string; sinceMs: number }>(
    `select fault, (extract(epoch from failing_since) * 1000)::float8 as "sinceMs" from webhook_probe
      where workspace_id = $1 and failures >= $2`,
    [workspaceId, FAILURES_MIN],
  )
  const [row] = rows
  if (row === undefined) return null
  return { reason: row.fault.startsWith(ELSEWHERE) ? 'elsewhere' : 'unreachable', sinceMs: row.sinceMs }
}

/** Costs one lookup while anything comes in: only then are messages looked at. */
async function readUnreported(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  nowMs: number,
): Promise<WebhookDown | null> {
  const before = new Date(nowMs - REPORT_WITHIN_MS)
  const arrival = await sql.query<{ at: Date }>(
    'select received_at as at from webhook_arrival where workspace_id = $1 and number_id = $2',
    [workspaceId, numberId],
  )
  const lastAt = arrival.rows[0]?.at ?? new Date(0)
  if (lastAt > before) return null
  const { rows } = await sql.query<{ count: number; sinceMs: number | null }>(
    `select count(*)::integer as count, (extract(epoch from min(delivery_at)) * 1000)::float8 as "sinceMs" from message
      where workspace_id = $1 and id >= $3 and number_id = $2 and delivery = 'accepted' and delivery_at > $4 and delivery_at <= $5`,
    [workspaceId, numberId, firstIdAt(nowMs - LOOK_BACK_MS), lastAt, before],
  )
  const [row] = rows
  return row?.sinceMs == null || row.count < SENDS_MIN ? null : { reason: 'no_reports', sinceMs: row.sinceMs }
}
