import { z } from 'zod'
import type { UnixMs } from '../ids.ts'

/**
 * Devices that a phone may have linked at once.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export const DEVICES_MAX = 4
/** Rows that one number may keep, the unlinked ones counted. */
export const DEVICE_ROWS_MAX = 20
export const DEVICE_NAME_LENGTH_MAX = 60

export const DEVICE_KINDS = [
  'web',
  'mac',
  'android_tablet',
  'ipad',
  'second_phone',
  'windows',
  'wearos',
  'other',
] as const
export type DeviceKind = (typeof DEVICE_KINDS)[number]

/**
 * `fading`: not used for so long that WhatsApp will soon drop it; `dropped`: for so long that it probably has.
 * `to_relink`: an onboarding has unlinked it; `unlinked`: somebody has. `unsupported`: coexistence does not know its kind.
 */
export type DeviceState = 'linked' | 'fading' | 'dropped' | 'to_relink' | 'unlinked' | 'unsupported'

/** A device linked to the phone, as people say: Meta tells nobody. */
export interface LinkedDevice {
  readonly id: string
  readonly name: string
  readonly kind: DeviceKind
  readonly linkedAtMs: UnixMs
  /** `null`: nobody has said since it was linked. */
  readonly lastActiveAtMs: UnixMs | null
  readonly unlinkedAtMs: UnixMs | null
  readonly state: DeviceState
  /** When WhatsApp drops it unless it is used; `null` where that does not apply. */
  readonly dropsAtMs: UnixMs | null
}

/** `GET /api/v1/numbers/{id}/devices`: all that were not removed, by name. */
export interface DevicesAnswer {
  readonly devices: readonly LinkedDevice[]
  /** When all were unlinked last: by an onboarding, or by a change of the phone. */
  readonly allUnlinkedAtMs: UnixMs | null
}

/** `now`: by the server's clock, which may be a simulated one. */
const instant = z.union([z.number().int().min(0), z.literal('now')])
export type DeviceInstant = z.infer<typeof instant>

/**
 * `POST /api/v1/numbers/{id}/devices` writes a new one: 201. `POST …/devices/{deviceId}` writes it anew: 200; sending what
 * was there before takes a change back. 422 `too_many` when more would be linked than a phone may have.
 */
export const deviceBody = z.object({
  name: z.string().trim().min(1).max(DEVICE_NAME_LENGTH_MAX),
  kind: z.enum(DEVICE_KINDS),
  linkedAtMs: instant,
  lastActiveAtMs: instant.nullable().default(null),
  unlinkedAtMs: instant.nullable().default(null),
})
export type DeviceBody = z.infer<typeof deviceBody>

/** `POST …/devices/{deviceId}/removal` {removed}: takes it off the list, or brings it back. 204. */
export const deviceRemovalBody = z.object({ removed: z.boolean() })

export interface DeviceAnswer {
  readonly device: LinkedDevice
}
