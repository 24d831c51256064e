import type { Sql } from '../platform/db.ts'

export interface AppOnlyNumber {
  readonly id: string
  /** Digits only. */
  readonly phone: string
  readonly displayPhone: string
  readonly name: string
}

/** Taken off the list: it comes back with its roster and its devices when it is written down again. */
const TAKEN_OFF = "phone_number_id is null and state = 'removed'"

/** Whether the workspace has this phone number already, other than as the number `id`. */
export async function isPhoneTaken(
  sql: Sql,
  workspaceId: string,
  { id, phone }: Pick<AppOnlyNumber, 'id' | 'phone'>,
): Promise<boolean> {
  const { rows } = await sql.query(
    `select from business_number where workspace_id = $1 and phone = $2 and id <> $3 and not (${TAKEN_OFF})`,
    [workspaceId, phone, id],
  )
  return rows.length > 0
}

/**
 * Meta has given it no ids; it is prepared for the day on which it is connected. Gives its id: that of before where it was
 * taken off the list; `null`: somebody else has just written it down.
 */
export async function addAppOnly(
  sql: Sql,
  workspaceId: string,
  number: AppOnlyNumber,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into business_number as n
       (workspace_id, id, phone, display_phone, verified_name, mode, state, state_since, connected_at)
     values ($1, $2, $3, $4, $5, 'app_only', 'preparing', $6, $6)
     on conflict (workspace_id, phone) where phone_number_id is null do update set state = excluded.state,
       state_since = excluded.state_since, verified_name = excluded.verified_name where n.state = 'removed'
     returning id`,
    [workspaceId, number.id, number.phone, number.displayPhone, number.name, now],
  )
  return rows[0]?.id ?? null
}

/** Takes one that was never connected off the list; `false` when there is none such. */
export async function takeOffAppOnly(sql: Sql, workspaceId: string, numberId: string, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update business_number set state = 'removed', state_since = $3
      where workspace_id = $1 and id = $2 and phone_number_id is null and state <> 'removed'`,
    [workspaceId, numberId, now],
  )
  return rowCount === 1
}

/** `false`: there is no such number, or it was connected once, and Meta says what it is called. */
export async function correctAppOnly(sql: Sql, workspaceId: string, number: AppOnlyNumber): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update business_number set phone = $3, display_phone = $4, verified_name = $5
      where workspace_id = $1 and id = $2 and phone_number_id is null`,
    [workspaceId, number.id, number.phone, number.displayPhone, number.name],
  )
  return rowCount === 1
}
