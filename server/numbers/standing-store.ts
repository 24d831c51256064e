import type { NumberStateChange, SyncState } from '../../contract/number.ts'
import type { SignKind } from '../../contract/state-reason.ts'
import type { Sql } from '../platform/db.ts'
import { HISTORY_ENDED } from '../sync/sync-window.ts'
import type { CheckTimes, Suspicion } from './number-checks.ts'
import type { Hint, NumberFacts } from './number-standing.ts'

/** Notices that are looked at for one answer of Graph's. */
const HINTS_MAX = 20
/** Changes of state that are shown. */
const CHANGES_MAX = 100

export type NumberWatch = NumberFacts & CheckTimes

const WATCH = `
  select n.id, n.mode, n.state, n.state_reason as reason, n.suspicion,
         (extract(epoch from n.connected_at) * 1000)::float8 as "connectedAtMs",
         (extract(epoch from n.last_sign_at) * 1000)::float8 as "lastSignMs",
         (extract(epoch from n.checked_at) * 1000)::float8 as "checkedAtMs",
         (extract(epoch from n.token_expires_at) * 1000)::float8 as "tokenExpiresAtMs",
         exists (select from sync s where s.workspace_id = n.workspace_id and s.number_id = n.id and s.kind = 'history'
                  and s.state <> all($2)) as importing,
         exists (select from number_secret t where t.workspace_id = n.workspace_id and t.number_id = n.id
                  and t.kind = 'access_token') as "hasToken"
    from business_number n where n.workspace_id = $1`

const ENDED = HISTORY_ENDED satisfies readonly SyncState[]

/** Every number with what its standing and its next check depend on. */
export async function readWatches(sql: Sql, workspaceId: string): Promise<NumberWatch[]> {
  const { rows } = await sql.query<NumberWatch>(`${WATCH} order by n.id`, [workspaceId, ENDED])
  return rows
}

/** One of them, locked until the commit; `null` when there is none in this workspace. */
export async function lockWatch(sql: Sql, workspaceId: string, numberId: string): Promise<NumberWatch | null> {
  const { rows } = await sql.query<NumberWatch>(`${WATCH} and n.id = $3 for no key update of n`, [
    workspaceId,
    ENDED,
    numberId,
  ])
  return rows[0] ?? null
}

/** Notices about the connection of a number or of its account as a whole, since it was connected, newest first. */
export async function readHints(sql: Sql, workspaceId: string, numberId: string): Promise<Hint[]> {
  const { rows } = await sql.query<Hint>(
    `select t.event, t.data #>> '{disconnection_info,reason}' as reason,
            t.data #>> '{disconnection_info,initiated_by}' as "initiatedBy",
            (extract(epoch from t.at) * 1000)::float8 as "atMs",
            (extract(epoch from t.received_at) * 1000)::float8 as "receivedAtMs"
       from business_number n
       join notice t on t.workspace_id = n.workspace_id and t.waba_id = n.waba_id
      where n.workspace_id = $1 and n.id = $2 and t.field = 'account_update' and t.received_at >= n.connected_at
        and t.event in ('PARTNER_REMOVED', 'ACCOUNT_OFFBOARDED', 'ACCOUNT_RECONNECTED')
        and (t.number_id is null or t.number_id = n.id)
        and (t.data ->> 'phone_number' is null or regexp_replace(t.data ->> 'phone_number', '[^0-9]', '', 'g') = n.phone)
      order by t.received_at desc, t.event limit ${HINTS_MAX}`,
    [workspaceId, numberId],
  )
  return rows
}

/** Graph has told how a number stands; `suspicion` when that was not what is stored. */
export async function putChecked(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  checked: { readonly suspicion: Suspicion | null; readonly now: Date },
): Promise<void> {
  await sql.query('update business_number set checked_at = $3, suspicion = $4 where workspace_id = $1 and id = $2', [
    workspaceId,
    numberId,
    checked.now,
    checked.suspicion === null ? null : JSON.stringify(checked.suspicion),
  ])
}

const OPENED: SignKind = 'opened'

/**
 * The owner says that the phone was opened just now; `false` when there is no such number in coexistence. Said twice
 * within the time of an undo, what was known before the first time is what is kept for it.
 */
export async function putOpened(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  { now, undoableSince }: { readonly now: Date; readonly undoableSince: Date },
): Promise<boolean> {
  const again = 'last_sign_kind = $4 and last_sign_at >= $5'
  const { rowCount } = await sql.query(
    `update business_number
        set sign_before_at = case when ${again} then sign_before_at else last_sign_at end,
            sign_before_kind = case when ${again} then sign_before_kind else last_sign_kind end,
            last_sign_at = greatest(last_sign_at, $3), last_sign_kind = $4
      where workspace_id = $1 and id = $2 and mode = 'coexistence'`,
    [workspaceId, numberId, now, OPENED, undoableSince],
  )
  return rowCount === 1
}

/**
 * The owner's word is taken back: what was known before holds again. `false` when nothing was said since then, or the
 * phone has given a sign of its own after it.
 */
export async function takeOpenedBack(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  undoableSince: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update business_number
        set last_sign_at = sign_before_at, last_sign_kind = sign_before_kind, sign_before_at = null, sign_before_kind = null
      where workspace_id = $1 and id = $2 and mode = 'coexistence' and last_sign_kind = $3 and last_sign_at >= $4`,
    [workspaceId, numberId, OPENED, undoableSince],
  )
  return rowCount === 1
}

/** What a number went through, newest first. */
export async function readChanges(sql: Sql, workspaceId: string, numberId: string): Promise<NumberStateChange[]> {
  const { rows } = await sql.query<NumberStateChange>(
    `select state, reason, evidence, (extract(epoch from at) * 1000)::float8 as "atMs"
       from number_state_change where workspace_id = $1 and number_id = $2 order by id desc limit ${CHANGES_MAX}`,
    [workspaceId, numberId],
  )
  return rows
}
