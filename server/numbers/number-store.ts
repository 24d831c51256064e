import type { BusinessNumber, NumberMode, NumberState } from '../../contract/number.ts'
import type { Sql } from '../platform/db.ts'
import { SYNC_WINDOW_MS } from '../sync/sync-window.ts'
import { type NumberRow, numberView, type PhaseRow, type SyncRow } from './number-view.ts'
import { beginWatch, changeState } from './state-store.ts'

/** All numbers of the workspace, oldest first. */
export function readNumbers(sql: Sql, workspaceId: string): Promise<BusinessNumber[]> {
  return read(sql, workspaceId, null)
}

/** One number; `null` when there is none in this workspace. */
export async function readNumber(sql: Sql, workspaceId: string, numberId: string): Promise<BusinessNumber | null> {
  return (await read(sql, workspaceId, numberId))[0] ?? null
}

/** The number with Meta's id, whatever its state; `null` when the workspace has none. */
export async function findNumberByMetaId(
  sql: Sql,
  workspaceId: string,
  phoneNumberId: string,
): Promise<{ id: string; state: NumberState } | null> {
  const { rows } = await sql.query<{ id: string; state: NumberState }>(
    'select id, state from business_number where workspace_id = $1 and phone_number_id = $2',
    [workspaceId, phoneNumberId],
  )
  return rows[0] ?? null
}

/**
 * The number that comes back: the one with Meta's id; else one with the same phone number whose connection has ended, since
 * Meta gives a number that was deleted and registered anew another id. `null`: it is new here.
 */
export async function findReturning(
  sql: Sql,
  workspaceId: string,
  number: { readonly phoneNumberId: string; readonly phone: string },
): Promise<{ id: string; state: NumberState; mode: NumberMode } | null> {
  const { rows } = await sql.query<{ id: string; state: NumberState; mode: NumberMode }>(
    `select id, state, mode from business_number
      where workspace_id = $1 and (phone_number_id = $2
         or (phone = $3 and state in ('preparing', 'connecting', 'offboarded', 'removed', 'disabled')))
      order by phone_number_id = $2 desc, connected_at desc limit 1`,
    [workspaceId, number.phoneNumberId, number.phone],
  )
  return rows[0] ?? null
}

/** Numbers of one WhatsApp account. */
export async function findNumbersByAccount(sql: Sql, workspaceId: string, wabaId: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    'select id from business_number where workspace_id = $1 and waba_id = $2 order by connected_at, id',
    [workspaceId, wabaId],
  )
  return rows.map((row) => row.id)
}

export interface NewNumber {
  readonly id: string
  readonly phoneNumberId: string
  readonly wabaId: string
  /** Digits only. */
  readonly phone: string
  readonly displayPhone: string
  readonly verifiedName: string
  readonly sealedToken: Buffer
  /** `null`: never. */
  readonly tokenExpiresAt: Date | null
  /** When its owner finished the signup; Meta's 24 hours run from then. */
  readonly onboardedAt: Date
  readonly mode: NumberMode
  readonly state: NumberState
  /** Whether its one-time syncs begin anew; else they stay as they are, or there are none. */
  readonly syncs: boolean
}

/** Stores a number that is being connected, or one that comes back: its threads are still there. */
export async function putNumber(sql: Sql, workspaceId: string, number: NewNumber, now: Date): Promise<void> {
  const at = number.onboardedAt
  await sql.query(
    `insert into business_number
       (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at,
        token_expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'connecting', $9, $10)
     on conflict (workspace_id, id) do update set waba_id = excluded.waba_id,
       phone_number_id = excluded.phone_number_id, phone = excluded.phone, display_phone = excluded.display_phone,
       verified_name = excluded.verified_name, mode = excluded.mode, connected_at = excluded.connected_at,
       token_expires_at = excluded.token_expires_at`,
    [
      workspaceId,
      number.id,
      number.wabaId,
      number.phoneNumberId,
      number.phone,
      number.displayPhone,
      number.verifiedName,
      number.mode,
      at,
      number.tokenExpiresAt,
    ],
  )
  await sql.query(
    `insert into number_secret (workspace_id, number_id, kind, sealed, created_at) values ($1, $2, 'access_token', $3, $4)
     on conflict (workspace_id, number_id, kind) do update set sealed = excluded.sealed, created_at = excluded.created_at`,
    [workspaceId, number.id, number.sealedToken, at],
  )
  if (number.syncs) await beginSyncs(sql, workspaceId, number.id, at)
  const change = { state: number.state, reason: 'connected', evidence: { by: 'onboarding' } } as const
  await changeState(sql, workspaceId, number.id, change, now)
  await beginWatch(sql, workspaceId, number.id, now)
}

async function beginSyncs(sql: Sql, workspaceId: string, numberId: string, at: Date): Promise<void> {
  await sql.query('delete from sync_chunk where workspace_id = $1 and number_id = $2', [workspaceId, numberId])
  await sql.query(
    `insert into sync (workspace_id, number_id, kind, state, updated_at, deadline_at)
     select $1, $2, kind, 'not_asked', $3, $4 from unnest(array['contacts', 'history']) as kind
     on conflict (workspace_id, number_id, kind) do update set state = 'not_asked', request_id = null,
       asked_at = null, updated_at = excluded.updated_at, progress_percent = null, received = 0,
       deadline_at = excluded.deadline_at, alarmed_at = null, error = null`,
    [workspaceId, numberId, at, new Date(at.getTime() + SYNC_WINDOW_MS)],
  )
}

/** Makes deliveries for the number find this workspace. `false` when they go to another workspace. */
export async function putRoute(
  sql: Sql,
  workspaceId: string,
  number: Pick<NewNumber, 'id' | 'phoneNumberId' | 'wabaId'>,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into number_route (phone_number_id, waba_id, workspace_id, number_id) values ($1, $2, $3, $4)
     on conflict (phone_number_id) do update set waba_id = excluded.waba_id, number_id = excluded.number_id
       where number_route.workspace_id = excluded.workspace_id`,
    [number.phoneNumberId, number.wabaId, workspaceId, number.id],
  )
  return rowCount === 1
}

/** What a call to Graph for this number needs; the token is still sealed. */
export async function readAccess(
  sql: Sql,
  workspaceId: string,
  numberId: string,
): Promise<{ phoneNumberId: string; wabaId: string; sealedToken: Buffer } | null> {
  const { rows } = await sql.query<{ phone_number_id: string; waba_id: string; sealed: Buffer }>(
    `select n.phone_number_id, n.waba_id, s.sealed
       from business_number n
       join number_secret s on s.workspace_id = n.workspace_id and s.number_id = n.id and s.kind = 'access_token'
      where n.workspace_id = $1 and n.id = $2`,
    [workspaceId, numberId],
  )
  const row = rows[0]
  if (row === undefined) return null
  return { phoneNumberId: row.phone_number_id, wabaId: row.waba_id, sealedToken: row.sealed }
}

async function read(sql: Sql, workspaceId: string, numberId: string | null): Promise<BusinessNumber[]> {
  const keys = [workspaceId, numberId]
  const numbers = await sql.query<NumberRow>(
    `select id, phone_number_id as "phoneNumberId", waba_id as "wabaId", display_phone as "displayPhone",
            verified_name as "verifiedName", mode, state, state_reason as "stateReason",
            (extract(epoch from coalesce(state_since, connected_at)) * 1000)::float8 as "stateSinceMs",
            (extract(epoch from last_sign_at) * 1000)::float8 as "lastSignMs", last_sign_kind as "lastSignKind",
            (extract(epoch from checked_at) * 1000)::float8 as "checkedAtMs",
            (extract(epoch from token_expires_at) * 1000)::float8 as "tokenExpiresAtMs"
       from business_number where workspace_id = $1 and ($2::uuid is null or id = $2) order by connected_at, id`,
    keys,
  )
  const syncs = await sql.query<SyncRow>(
    `select number_id as "numberId", kind, state, request_id as "requestId",
            (extract(epoch from asked_at) * 1000)::float8 as "askedAtMs",
            (extract(epoch from deadline_at) * 1000)::float8 as "deadlineMs",
            (extract(epoch from alarmed_at) * 1000)::float8 as "alarmedAtMs",
            error,
            (extract(epoch from updated_at) * 1000)::float8 as "updatedAtMs",
            progress_percent as "progressPercent", received
       from sync where workspace_id = $1 and ($2::uuid is null or number_id = $2)`,
    keys,
  )
  const phases = await sql.query<PhaseRow>(
    `select number_id as "numberId", phase, count(*)::integer as chunks, sum(messages)::integer as messages,
            (extract(epoch from min(received_at)) * 1000)::float8 as "firstAtMs",
            (extract(epoch from max(received_at)) * 1000)::float8 as "lastAtMs"
       from sync_chunk where workspace_id = $1 and ($2::uuid is null or number_id = $2) group by number_id, phase`,
    keys,
  )
  return numbers.rows.map((number) => numberView(number, syncs.rows, phases.rows))
}
