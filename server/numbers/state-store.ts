import type { NumberState, SyncState } from '../../contract/number.ts'
import type { SignKind, StateEvidence, StateReason } from '../../contract/state-reason.ts'
import type { Sql } from '../platform/db.ts'
import { addJob, type JobPlace } from '../platform/jobs.ts'
import { HISTORY_ENDED } from '../sync/sync-window.ts'

/** The queue's name of the job that asks Graph how one number stands. */
export const CHECK_NUMBER_JOB = 'check_number'

export interface StateChange {
  readonly state: NumberState
  readonly reason: StateReason | null
  readonly evidence: StateEvidence
}

/**
 * Sets the state of a number, and writes it into its history; the only function that does. `false`: it was in that state
 * for that reason already, and nothing is written.
 */
export async function changeState(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  change: StateChange,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `with changed as (
       update business_number set state = $3, state_reason = $4, suspicion = null,
              state_since = case when state = $3 then coalesce(state_since, connected_at) else $6 end
        where workspace_id = $1 and id = $2 and (state, state_reason) is distinct from ($3, $4)
       returning id
     )
     insert into number_state_change (workspace_id, number_id, state, reason, evidence, at)
     select $1, id, $3, $4, $5, $6 from changed`,
    [workspaceId, numberId, change.state, change.reason, JSON.stringify(change.evidence), now],
  )
  return (rowCount ?? 0) === 1
}

/**
 * A number is connected, or anew: what Graph said of the connection before is forgotten, and whoever connected it in
 * coexistence held its phone.
 */
export async function beginWatch(sql: Sql, workspaceId: string, numberId: string, now: Date): Promise<void> {
  const kind: SignKind = 'connected'
  await sql.query(
    `update business_number set checked_at = null, suspicion = null,
            last_sign_at = case when mode = 'coexistence' then $3::timestamptz end,
            last_sign_kind = case when mode = 'coexistence' then $4::text end
      where workspace_id = $1 and id = $2`,
    [workspaceId, numberId, now, kind],
  )
}

/** A number whose history is in, or is not waited for, is simply live. */
export async function endSyncing(sql: Sql, workspaceId: string, numberId: string, now: Date): Promise<void> {
  const { rows } = await sql.query(
    `select from business_number n where n.workspace_id = $1 and n.id = $2 and n.state = 'syncing'
        and exists (select from sync s where s.workspace_id = $1 and s.number_id = $2 and s.kind = 'history'
                     and s.state = any($3))
        for no key update of n`,
    [workspaceId, numberId, HISTORY_ENDED satisfies readonly SyncState[]],
  )
  if (rows.length === 0) return
  const change = { state: 'live', reason: 'history_ended', evidence: { by: 'import' } } as const
  await changeState(sql, workspaceId, numberId, change, now)
}

/**
 * Queues the question how one number stands, within the transaction `sql`. One for a number waits at most: this one
 * takes its place, or with `preserve` leaves it its time.
 */
export function queueCheck(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  place: Pick<JobPlace, 'delayMs' | 'keyMode'> = {},
): Promise<void> {
  const key = `${CHECK_NUMBER_JOB}:${numberId}`
  return addJob(sql, CHECK_NUMBER_JOB, { workspaceId, numberId }, { key, queue: key, ...place })
}
