import type { Device, DeviceAct } from '../control-api.ts'
import type { World } from '../world.ts'
import { changeNumber, disconnect, INITIATED_BY, reregister } from './connection.ts'
import { opaque } from './ids.ts'
import type { BusinessNumber } from './number.ts'

/** Milliseconds that the phone may stay off the net before Meta ends the connection (about 14 days). */
const PRIMARY_INACTIVITY_MS = 14 * 86_400_000
/** Companions that a business phone may link, and the kinds coexistence does not know. */
const DEVICES_MAX = 4
const UNSUPPORTED_DEVICES = ['windows', 'wearos']

/** What the owner does with the phone itself; one sentence when it cannot be done. */
export function actOnDevice(world: World, number: BusinessNumber, act: DeviceAct): { error: string } | null {
  switch (act.do) {
    case 'disconnect': {
      const reason = act.reason ?? 'ACCOUNT_DISCONNECTED'
      return reason in INITIATED_BY
        ? disconnect(world, number, reason)
        : { error: `reason is one of ${Object.keys(INITIATED_BY).join(', ')}.` }
    }
    case 'reregister':
      return reregister(world, number, act.reconnect ?? true)
    case 'change_number':
      return changeNumber(world, number, String(act.phone))
    case 'switch_off':
      number.offSinceMs ??= world.clock.nowMs()
      watchInactivity(world, number)
      return null
    case 'switch_on':
      number.offSinceMs = null
      return null
    case 'unlink_device': {
      const at = number.devices.findIndex((device) => device.id === act.deviceId)
      if (at < 0) return { error: `No device ${act.deviceId} is linked.` }
      number.devices.splice(at, 1)
      return null
    }
    case 'link_device':
      return link(world, number, act.kind)
    default:
      return act satisfies never
  }
}

/** A phone that stays off for 14 days loses the connection; does nothing for one that is on. */
export function watchInactivity(world: World, number: BusinessNumber): void {
  const { offSinceMs } = number
  if (offSinceMs === null) return
  world.clock.at(offSinceMs + PRIMARY_INACTIVITY_MS, () => {
    // Switched on and off again meanwhile: that counts from its own instant.
    if (number.offSinceMs === offSinceMs) disconnect(world, number, 'PRIMARY_INACTIVITY')
  })
}

export function deviceOf(number: BusinessNumber): Device {
  return {
    phoneNumberId: number.id,
    connection: number.connection,
    shareHistory: number.onboarding.shareHistory,
    offSinceMs: number.offSinceMs,
    linkedDevices: number.devices,
  }
}

function link(world: World, number: BusinessNumber, kind: string): { error: string } | null {
  if (number.devices.length >= DEVICES_MAX) return { error: `At most ${DEVICES_MAX} devices can be linked.` }
  if (number.connection === 'connected' && UNSUPPORTED_DEVICES.includes(kind)) {
    return { error: 'This kind of device cannot be linked while the number is on the Business Platform.' }
  }
  number.devices.push({ id: opaque(world.chance, 'device', 8), kind, linkedAtMs: world.clock.nowMs() })
  return null
}
