import {
  DEVICE_ROWS_MAX,
  DEVICES_MAX,
  type DeviceBody,
  type DeviceInstant,
  type LinkedDevice,
} from '../../contract/api/devices.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import { type DeviceSurroundings, deviceState, holdsPlace } from './device-state.ts'
import { lockSurroundings, putDevice, readDevices, setDeviceRemoved } from './device-store.ts'
import { deviceView } from './device-view.ts'

export interface SaveDeviceDeps {
  readonly database: Database
  readonly clock: Clock
}

export interface DevicePlace {
  readonly workspaceId: string
  readonly numberId: string
  readonly memberId: string
  readonly id: string
}

export type SaveDeviceOutcome =
  | { readonly ok: true; readonly device: LinkedDevice }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }

/** Writes a device down, new or anew. Nobody links a device in the future: such a time counts as now. */
export function saveDevice(
  deps: SaveDeviceDeps,
  place: DevicePlace,
  writing: DeviceBody,
  isNew: boolean,
): Promise<SaveDeviceOutcome> {
  const { workspaceId, numberId } = place
  const nowMs = deps.clock.nowMs()
  const past = (at: DeviceInstant) => (at === 'now' ? nowMs : Math.min(at, nowMs))
  const pastOrNull = (at: DeviceInstant | null) => (at === null ? null : past(at))
  const device = {
    ...writing,
    linkedAtMs: past(writing.linkedAtMs),
    lastActiveAtMs: pastOrNull(writing.lastActiveAtMs),
    unlinkedAtMs: pastOrNull(writing.unlinkedAtMs),
  }
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    const known = await lockSurroundings(sql, workspaceId, numberId)
    if (known === null) return { ok: false, code: 'not_found' }
    const around = { ...known, nowMs }
    const others = (await readDevices(sql, workspaceId, numberId)).filter((other) => other.id !== place.id)
    if (isNew && others.length >= DEVICE_ROWS_MAX) return tooMany(DEVICE_ROWS_MAX)
    const view = deviceView({ ...device, id: place.id }, around)
    if (holdsPlace(view.state) && isFull(others, around)) return tooMany(DEVICES_MAX)
    if (!isNew && !(await isThere(sql, place))) return { ok: false, code: 'not_found' }
    const written = await putDevice(sql, workspaceId, { ...device, ...place }, new Date(nowMs))
    return written ? { ok: true, device: view } : { ok: false, code: 'not_found' }
  })
}

/** Takes a device off the list, or brings it back while there is a place for it. Gives `null`, or why not. */
export function removeDevice(
  deps: SaveDeviceDeps,
  place: DevicePlace,
  removed: boolean,
): Promise<{ readonly code: ErrorCode; readonly details?: unknown } | null> {
  const { workspaceId, numberId, id } = place
  const nowMs = deps.clock.nowMs()
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    const known = await lockSurroundings(sql, workspaceId, numberId)
    const found = await setDeviceRemoved(sql, workspaceId, { id, numberId }, removed ? new Date(nowMs) : null)
    if (known === null || !found) return { code: 'not_found' }
    if (removed) return null
    const around = { ...known, nowMs }
    const all = await readDevices(sql, workspaceId, numberId)
    const others = all.filter((other) => other.id !== id)
    const back = all.find((other) => other.id === id)
    if (back === undefined || !holdsPlace(deviceState(back, around)) || !isFull(others, around)) return null
    await setDeviceRemoved(sql, workspaceId, { id, numberId }, new Date(nowMs))
    return { code: 'too_many', details: { max: DEVICES_MAX } }
  })
}

async function isThere(sql: Sql, { workspaceId, numberId, id }: DevicePlace): Promise<boolean> {
  return (await readDevices(sql, workspaceId, numberId)).some((device) => device.id === id)
}

function isFull(others: readonly Parameters<typeof deviceState>[0][], around: DeviceSurroundings): boolean {
  return others.filter((other) => holdsPlace(deviceState(other, around))).length >= DEVICES_MAX
}

function tooMany(max: number): SaveDeviceOutcome {
  return { ok: false, code: 'too_many', details: { max } }
}
