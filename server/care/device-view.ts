import type { LinkedDevice } from '../../contract/api/devices.ts'
import { type DeviceSurroundings, type DeviceTimes, deviceState, dropsAtMs } from './device-state.ts'

/** A device as readers see it: with the state that its times make. */
export function deviceView(
  device: DeviceTimes & { readonly id: string; readonly name: string },
  around: DeviceSurroundings,
): LinkedDevice {
  const { id, name, kind, linkedAtMs, lastActiveAtMs, unlinkedAtMs } = device
  const state = deviceState(device, around)
  return { id, name, kind, linkedAtMs, lastActiveAtMs, unlinkedAtMs, state, dropsAtMs: dropsAtMs(device, state) }
}
