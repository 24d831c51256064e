import type { NumberMode } from '../../contract/number.ts'

/** Messages a second, in and out together, unless set otherwise: Meta's fixed limit in coexistence, its first one else. */
const PER_SECOND: Readonly<Record<NumberMode, number>> = { coexistence: 20, api_only: 80, app_only: 20 }
/**
 * Meta's limit for one customer: a message per 6 seconds, and 45 of them borrowed from the future. Counted a little more
 * strictly, since our calls do not arrive in even intervals.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/about-the-platform
 */
export const PAIR_MS = 6_100
const PAIR_BURST = 44
/**
 * So many of them are known to the process that sends alone; only what is borrowed beyond is written down. Whoever takes
 * over a number counts with so many that it does not know of.
 */
export const PAIR_UNWRITTEN = 10

/** The limit of a number in messages a second: as set, or the preset of its mode. */
export function limitOf(mode: NumberMode, set: number | null): number {
  return set ?? PER_SECOND[mode]
}

/** Up to when a customer's allowance is borrowed when one more goes out. Milliseconds, as all of these. */
export function borrowed(usedUntilMs: number, nowMs: number): number {
  return Math.max(usedUntilMs, nowMs) + PAIR_MS
}

/** From when a customer may be sent another message. */
export function pairFreeAt(usedUntilMs: number): number {
  return usedUntilMs - (PAIR_BURST - 1) * PAIR_MS
}
