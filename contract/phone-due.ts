import type { UnixMs } from './ids.ts'
import type { BusinessNumber } from './number.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Without a sign of life for this long somebody is reminded. */
export const REMIND_AFTER_MS = 10 * DAY_MS
/** By then the phone should have been opened. */
const OPEN_WITHIN_MS = 13 * DAY_MS
/**
 * About then Meta ends the connection of a phone that was not seen (`PRIMARY_INACTIVITY`).
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update
 */
export const ENDS_AFTER_MS = 14 * DAY_MS

export interface PhoneDue {
  /** `remind`: from day 10; `urgent`: from day 13, it may end any hour; `over`: the 14 days have passed. */
  readonly stage: 'fine' | 'remind' | 'urgent' | 'over'
  readonly lastSignMs: UnixMs
  readonly openByMs: UnixMs
  /** Whole days until the phone should have been opened; 0 when that is today or past. */
  readonly daysLeft: number
}

/** When the phone of a number has to be opened next; `null` when it has none to open, or it is not connected. */
export function phoneDue(
  number: Pick<BusinessNumber, 'mode' | 'state' | 'lastSignMs'>,
  nowMs: UnixMs,
): PhoneDue | null {
  const { lastSignMs } = number
  if (number.mode !== 'coexistence' || lastSignMs === null || !WATCHED.has(number.state)) return null
  const silentMs = Math.max(nowMs - lastSignMs, 0)
  return {
    stage: stageOf(silentMs),
    lastSignMs,
    openByMs: lastSignMs + OPEN_WITHIN_MS,
    daysLeft: Math.max(Math.ceil((OPEN_WITHIN_MS - silentMs) / DAY_MS), 0),
  }
}

/** States in which the connection hangs on the phone. */
const WATCHED: ReadonlySet<BusinessNumber['state']> = new Set(['syncing', 'live', 'at_risk', 'restricted'])

function stageOf(silentMs: number): PhoneDue['stage'] {
  if (silentMs < REMIND_AFTER_MS) return 'fine'
  if (silentMs < OPEN_WITHIN_MS) return 'remind'
  return silentMs < ENDS_AFTER_MS ? 'urgent' : 'over'
}
