import type { DeviceKind, DeviceState, LinkedDevice } from '../../contract/api/devices.ts'
import type { NumberMode } from '../../contract/number.ts'

const DAY_MS = 86_400_000
/**
 * A companion that is not used for about this long is dropped (COMPANION_INACTIVITY).
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update
 */
const DROPPED_AFTER_MS = 30 * DAY_MS
/** From here on the page warns: a week is left. */
const FADING_AFTER_MS = 23 * DAY_MS

/**
 * Kinds that cannot be linked while the number is in coexistence.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
const UNSUPPORTED: ReadonlySet<DeviceKind> = new Set<DeviceKind>(['windows', 'wearos'])

/** A device with the times that people have said. */
export interface DeviceTimes {
  readonly kind: DeviceKind
  readonly linkedAtMs: number
  readonly lastActiveAtMs: number | null
  readonly unlinkedAtMs: number | null
}

export interface DeviceSurroundings {
  readonly mode: NumberMode
  /** When all devices were unlinked last. */
  readonly allUnlinkedAtMs: number | null
  readonly nowMs: number
}

/** Whether a device is linked still, by nothing but times: linking it again after an onboarding makes it so. */
export function deviceState(device: DeviceTimes, around: DeviceSurroundings): DeviceState {
  if (around.mode === 'coexistence' && UNSUPPORTED.has(device.kind)) return 'unsupported'
  if (device.unlinkedAtMs !== null && device.unlinkedAtMs >= device.linkedAtMs) return 'unlinked'
  if (around.allUnlinkedAtMs !== null && device.linkedAtMs < around.allUnlinkedAtMs) return 'to_relink'
  const idleMs = around.nowMs - seenMs(device)
  if (idleMs >= DROPPED_AFTER_MS) return 'dropped'
  return idleMs >= FADING_AFTER_MS ? 'fading' : 'linked'
}

/** When WhatsApp drops it unless it is used; `null` when it is not linked. */
export function dropsAtMs(device: DeviceTimes, state: DeviceState): number | null {
  return holdsPlace(state) ? seenMs(device) + DROPPED_AFTER_MS : null
}

/** Whether it takes one of the places that a phone has for linked devices. */
export function holdsPlace(state: DeviceState): state is Extract<LinkedDevice['state'], 'linked' | 'fading'> {
  return state === 'linked' || state === 'fading'
}

function seenMs({ linkedAtMs, lastActiveAtMs }: DeviceTimes): number {
  return Math.max(linkedAtMs, lastActiveAtMs ?? 0)
}
