import type { HealthError } from '../../contract/api/care.ts'
import type { Sql } from '../platform/db.ts'
import { firstIdAt } from '../platform/ids.ts'
import type { NumberAccess, StateTime, SyncStanding, Throughput, WebhookStanding } from './standing.ts'

const MINUTE_MS = 60_000
/** Rows of each list in a bundle. */
const NOTICES_MAX = 100
const STATES_MAX = 50
const ERRORS_MAX = 50

/** What identifies a number at Meta; `null` when the workspace has no such number, or Meta does not know of it. */
export async function readNumberAccess(sql: Sql, workspaceId: string, numberId: string): Promise<NumberAccess | null> {
  const { rows } = await sql.query<NumberAccess>(
    `select n.phone_number_id as "phoneNumberId", n.waba_id as "wabaId", n.phone, n.mode, n.state,
            (extract(epoch from coalesce(n.state_since, n.connected_at)) * 1000)::float8 as "stateSinceMs",
            (extract(epoch from n.connected_at) * 1000)::float8 as "connectedAtMs",
            s.sealed as "sealedToken",
            (select (extract(epoch from max(asked_at)) * 1000)::float8 from meta_answer a
              where a.workspace_id = n.workspace_id and a.number_id = n.id) as "askedAtMs"
       from business_number n
       left join number_secret s on s.workspace_id = n.workspace_id and s.number_id = n.id and s.kind = 'access_token'
      where n.workspace_id = $1 and n.id = $2 and n.phone_number_id is not null`,
    [workspaceId, numberId],
  )
  return rows[0] ?? null
}

/** How the two syncs stand, contacts first. */
export async function readSyncStandings(sql: Sql, workspaceId: string, numberId: string): Promise<SyncStanding[]> {
  const ms = (column: string) => `(extract(epoch from s.${column}) * 1000)::float8`
  const { rows } = await sql.query<SyncStanding>(
    `select s.kind, s.state, s.request_id as "requestId", ${ms('asked_at')} as "askedAtMs",
            ${ms('deadline_at')} as "deadlineMs", ${ms('alarmed_at')} as "alarmedAtMs",
            ${ms('updated_at')} as "updatedAtMs", s.received, s.error,
            case when s.kind = 'history' then coalesce((
              select json_agg(json_build_object('phase', phase, 'chunks', chunks, 'messages', messages) order by phase)
                from (select phase, count(*) as chunks, sum(messages) as messages from sync_chunk c
                       where c.workspace_id = s.workspace_id and c.number_id = s.number_id group by phase) p), '[]')
              else '[]' end as phases
       from sync s where s.workspace_id = $1 and s.number_id = $2 order by s.kind`,
    [workspaceId, numberId],
  )
  return rows
}

export async function readThroughput(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  nowMs: number,
): Promise<Throughput> {
  const { rows } = await sql.query<Throughput>(
    `with recent as (
       select author = 'customer' as inward, created_at, date_trunc('second', created_at) as second from message
        where workspace_id = $1 and id >= $3 and number_id = $2 and created_at > $4 and source = 'live'
          and author <> 'phone')
     select count(*) filter (where inward)::integer as "minuteIn",
            count(*) filter (where not inward)::integer as "minuteOut",
            count(*) filter (where inward and created_at > $5)::integer as "secondIn",
            count(*) filter (where not inward and created_at > $5)::integer as "secondOut",
            coalesce((select max(n) from (select count(*) as n from recent group by second) s), 0)::integer as peak
       from recent`,
    [workspaceId, numberId, firstIdAt(nowMs - MINUTE_MS), new Date(nowMs - MINUTE_MS), new Date(nowMs - 1000)],
  )
  return rows[0] as Throughput
}

export async function readWebhookStanding(sql: Sql, workspaceId: string, numberId: string): Promise<WebhookStanding> {
  const { rows } = await sql.query<WebhookStanding>(
    `select (extract(epoch from a.received_at) * 1000)::float8 as "lastAtMs", a.lag_ms as "lagMs",
            (select (extract(epoch from received_at) * 1000)::float8 from delivery_queue order by id limit 1)
              as "oldestWaitingMs",
            (select json_build_object('reason', g.evidence ->> 'reason', 'sinceMs', extract(epoch from g.since) * 1000)
               from capture_gap g where g.workspace_id = $1 and g.number_id = $2 and g.kind = 'webhook_down' and g.until is null
              order by g.since limit 1) as down
       from (select $1::uuid as workspace_id, $2::uuid as number_id) n
       left join webhook_arrival a on a.workspace_id = n.workspace_id and a.number_id = n.number_id`,
    [workspaceId, numberId],
  )
  return rows[0] as WebhookStanding
}

/** Errors of Meta's since `since`: what failed to be sent, refused syncs, refused questions, errors it told by itself. */
export async function readErrors(
  sql: Sql,
  workspaceId: string,
  number: { readonly id: string; readonly wabaId: string },
  since: Date,
): Promise<HealthError[]> {
  const { rows } = await sql.query<HealthError>(
    `with error as (
       select 'send' as source, error, delivery_at as at from message
        where workspace_id = $1 and number_id = $2 and delivery = 'failed' and delivery_at >= $4 and error is not null
       union all
       select 'sync', error, updated_at from sync
        where workspace_id = $1 and number_id = $2 and error is not null and updated_at >= $4
       union all
       select 'question', failure, asked_at from meta_answer
        where workspace_id = $1 and number_id = $2 and failure is not null and asked_at >= $4
       union all
       select 'notice', data, received_at from notice
        where workspace_id = $1 and kind = 'error' and waba_id = $3 and received_at >= $4)
     select source as "from", (error->>'code')::integer as code, min(error->>'title') as title,
            (array_agg(error->>'traceId' order by at desc) filter (where error->>'traceId' is not null))[1] as "traceId",
            count(*)::integer as count, (extract(epoch from max(at)) * 1000)::float8 as "lastAtMs"
       from error group by source, error->>'code' order by max(at) desc, source, code limit $5`,
    [workspaceId, number.id, number.wabaId, since, ERRORS_MAX],
  )
  return rows
}

/** What Meta told by itself about a number's account: fields, words for what happened, and times; newest first. */
export async function readNoticeTimes(
  sql: Sql,
  workspaceId: string,
  number: { readonly id: string; readonly wabaId: string },
): Promise<{ field: string; event: string | null; receivedAtMs: number }[]> {
  const { rows } = await sql.query<{ field: string; event: string | null; receivedAtMs: number }>(
    `select field, event, (extract(epoch from received_at) * 1000)::float8 as "receivedAtMs" from notice
      where workspace_id = $1 and (number_id = $2 or number_id is null and waba_id = $3)
      order by received_at desc, digest limit $4`,
    [workspaceId, number.id, number.wabaId, NOTICES_MAX],
  )
  return rows
}

/** The states a number went through, newest first. */
export async function readStateTimes(sql: Sql, workspaceId: string, numberId: string): Promise<StateTime[]> {
  const { rows } = await sql.query<StateTime>(
    `select state, reason, (extract(epoch from at) * 1000)::float8 as "atMs" from number_state_change
      where workspace_id = $1 and number_id = $2 order by id desc limit $3`,
    [workspaceId, numberId, STATES_MAX],
  )
  return rows
}
