import type { DeviceKind } from '../../contract/api/devices.ts'
import type { NumberMode } from '../../contract/number.ts'
import type { Sql } from '../platform/db.ts'

export interface DeviceRow {
  readonly id: string
  readonly name: string
  readonly kind: DeviceKind
  readonly linkedAtMs: number
  readonly lastActiveAtMs: number | null
  readonly unlinkedAtMs: number | null
}

/** Devices of a number that were not removed, by name. */
export async function readDevices(sql: Sql, workspaceId: string, numberId: string): Promise<DeviceRow[]> {
  const { rows } = await sql.query<DeviceRow>(
    `select id, name, kind, (extract(epoch from linked_at) * 1000)::float8 as "linkedAtMs",
            (extract(epoch from last_active_at) * 1000)::float8 as "lastActiveAtMs",
            (extract(epoch from unlinked_at) * 1000)::float8 as "unlinkedAtMs"
       from linked_device where workspace_id = $1 and number_id = $2 and removed_at is null order by name, id`,
    [workspaceId, numberId],
  )
  return rows
}

/**
 * What unlinks all devices of a number at once; `null` when there is no such number. An onboarding does, and a change of
 * the phone, after which they do not come back by themselves. Locked, so that two people cannot fill the last place.
 */
export async function lockSurroundings(
  sql: Sql,
  workspaceId: string,
  numberId: string,
): Promise<{ mode: NumberMode; allUnlinkedAtMs: number | null } | null> {
  await sql.query('select from business_number where workspace_id = $1 and id = $2 for no key update', [
    workspaceId,
    numberId,
  ])
  return readSurroundings(sql, workspaceId, numberId)
}

/** The same, to be read only. */
export async function readSurroundings(
  sql: Sql,
  workspaceId: string,
  numberId: string,
): Promise<{ mode: NumberMode; allUnlinkedAtMs: number | null } | null> {
  const { rows } = await sql.query<{ mode: NumberMode; allUnlinkedAtMs: number | null }>(
    `select n.mode, case when n.mode = 'coexistence' then (extract(epoch from greatest(n.connected_at,
              (select max(c.at) from number_state_change c
                where c.workspace_id = n.workspace_id and c.number_id = n.id
                  and c.state = 'offboarded' and c.reason in ('device_changed', 'not_on_phone')))) * 1000)::float8
            end as "allUnlinkedAtMs"
       from business_number n where n.workspace_id = $1 and n.id = $2`,
    [workspaceId, numberId],
  )
  return rows[0] ?? null
}

export interface DeviceWriting extends DeviceRow {
  readonly numberId: string
  readonly memberId: string
}

/** Writes a device down, or anew; who wrote it last is kept. `false` when that id is another number's. */
export async function putDevice(sql: Sql, workspaceId: string, device: DeviceWriting, now: Date): Promise<boolean> {
  const at = (ms: number | null) => (ms === null ? null : new Date(ms))
  const { rowCount } = await sql.query(
    `insert into linked_device as d (workspace_id, id, number_id, name, kind, linked_at, last_active_at, unlinked_at,
                                     member_id, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (workspace_id, id) do update set name = excluded.name, kind = excluded.kind,
       linked_at = excluded.linked_at, last_active_at = excluded.last_active_at, unlinked_at = excluded.unlinked_at,
       member_id = excluded.member_id, saved_at = excluded.saved_at
       where d.number_id = excluded.number_id`,
    [
      ...[workspaceId, device.id, device.numberId, device.name, device.kind, at(device.linkedAtMs)],
      ...[at(device.lastActiveAtMs), at(device.unlinkedAtMs), device.memberId, now],
    ],
  )
  return rowCount === 1
}

/** Takes a device off the list, or brings it back (`null`). `false` when the number has no such device. */
export async function setDeviceRemoved(
  sql: Sql,
  workspaceId: string,
  device: { readonly id: string; readonly numberId: string },
  removedAt: Date | null,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    'update linked_device set removed_at = $4 where workspace_id = $1 and number_id = $2 and id = $3',
    [workspaceId, device.numberId, device.id, removedAt],
  )
  return rowCount === 1
}
