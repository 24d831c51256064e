import type { SyncError, SyncKind, SyncState } from '../../contract/number.ts'
import { endSyncing } from '../numbers/state-store.ts'
import type { Sql } from '../platform/db.ts'
import type { OpenSync } from './sync-window.ts'

/** Takes the one request that Meta allows, in time: `true` for one caller only, until a refusal gives it back. */
export async function claimSync(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  claim: { readonly kind: SyncKind; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update sync set state = 'asked', asked_at = $4, updated_at = $4, error = null
      where workspace_id = $1 and number_id = $2 and kind = $3 and state = 'not_asked'
        and (deadline_at is null or deadline_at > $4)`,
    [workspaceId, numberId, claim.kind, claim.now],
  )
  return rowCount === 1
}

/** Keeps Meta's id of the request; what already came for it has moved the state on, and stays. */
export async function putSyncRequest(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  request: { readonly kind: SyncKind; readonly requestId: string },
): Promise<void> {
  await sql.query('update sync set request_id = $4 where workspace_id = $1 and number_id = $2 and kind = $3', [
    workspaceId,
    numberId,
    request.kind,
    request.requestId,
  ])
}

/** Sets what Meta answered instead, unless something came meanwhile. `not_asked` gives the claim back. */
export async function putSyncRefusal(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  refusal: { readonly kind: SyncKind; readonly state: SyncState; readonly error: SyncError; readonly now: Date },
): Promise<void> {
  await sql.query(
    `update sync set state = $4, updated_at = $5, error = $6,
            asked_at = case when $4 = 'not_asked' then null else asked_at end
      where workspace_id = $1 and number_id = $2 and kind = $3 and state = 'asked'`,
    [workspaceId, numberId, refusal.kind, refusal.state, refusal.now, JSON.stringify(refusal.error)],
  )
  await endSyncing(sql, workspaceId, numberId, refusal.now)
}

export interface SyncRow extends OpenSync {
  readonly numberId: string
  readonly kind: SyncKind
}

const SYNC_ROW = `
  select s.number_id as "numberId", s.kind, s.state, n.state as "numberState",
         (extract(epoch from s.asked_at) * 1000)::float8 as "askedAtMs",
         (extract(epoch from s.deadline_at) * 1000)::float8 as "deadlineMs",
         (extract(epoch from s.alarmed_at) * 1000)::float8 as "alarmedAtMs",
         (select (extract(epoch from max(c.received_at)) * 1000)::float8 from sync_chunk c
           where c.workspace_id = s.workspace_id and c.number_id = s.number_id and s.kind = 'history') as "lastChunkAtMs"
    from sync s join business_number n on n.workspace_id = s.workspace_id and n.id = s.number_id
   where s.workspace_id = $1`

/** Syncs that time may change, locked until the commit. */
export async function lockOpenSyncs(sql: Sql, workspaceId: string): Promise<SyncRow[]> {
  const { rows } = await sql.query<SyncRow>(
    `${SYNC_ROW} and s.state in ('not_asked', 'asked', 'receiving') order by s.number_id, s.kind for no key update of s`,
    [workspaceId],
  )
  return rows
}

/** One sync, locked; `null` when the workspace has no such number, or nothing is to be asked for it. */
export async function lockSync(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  kind: SyncKind,
): Promise<SyncRow | null> {
  const { rows } = await sql.query<SyncRow>(`${SYNC_ROW} and s.number_id = $2 and s.kind = $3 for no key update of s`, [
    workspaceId,
    numberId,
    kind,
  ])
  return rows[0] ?? null
}

/** Sets the state of a sync that is locked. */
export async function putSyncState(sql: Sql, workspaceId: string, sync: SyncRow, state: SyncState, now: Date) {
  await sql.query(
    'update sync set state = $4, updated_at = $5 where workspace_id = $1 and number_id = $2 and kind = $3',
    [workspaceId, sync.numberId, sync.kind, state, now],
  )
  await endSyncing(sql, workspaceId, sync.numberId, now)
}

/** Notes that somebody was told how near the deadline is. */
export async function putSyncAlarm(sql: Sql, workspaceId: string, sync: SyncRow, now: Date): Promise<void> {
  await sql.query('update sync set alarmed_at = $4 where workspace_id = $1 and number_id = $2 and kind = $3', [
    workspaceId,
    sync.numberId,
    sync.kind,
    now,
  ])
}
