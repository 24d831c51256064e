import type { NumberMode, NumberState } from '../../contract/number.ts'
import type { StateReason } from '../../contract/state-reason.ts'
import { isThere, LAG_AFTER_SIGNUP_MS, type Standing } from './number-standing.ts'

/** An answer that differs from the state is asked for again after this long. */
export const CONFIRM_AFTER_MS = 60 * 1000

const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS
/** How long after an answer a number is asked for again; what may change by itself soon is asked for more often. */
const CHECK_EVERY_MS: Readonly<Record<NumberState, number | null>> = {
  // Its onboarding asks by itself.
  preparing: null,
  connecting: null,
  syncing: 4 * HOUR_MS,
  live: 4 * HOUR_MS,
  at_risk: 4 * HOUR_MS,
  // Comes back by itself, as a rule within minutes.
  offboarded: 15 * MINUTE_MS,
  restricted: HOUR_MS,
  disabled: 24 * HOUR_MS,
  removed: 24 * HOUR_MS,
}
/** Numbers of one workspace are spread over this part of the time between two answers. */
const SPREAD_RATIO = 0.25

/** An answer that differs from the state, and was given once. */
export interface Suspicion {
  readonly state: NumberState
  readonly reason: StateReason | null
  /** When it was first given. */
  readonly sinceMs: number
}

/**
 * What becomes of an answer. `same`: it is the state. `suspect`: it differs, keep it and ask again. `wait`: it differs
 * as it did, too soon to count twice. `change`: it is the state from now on.
 */
export type Settled =
  | { readonly kind: 'same' | 'change' }
  | { readonly kind: 'suspect' | 'wait'; readonly suspicion: Suspicion; readonly againInMs: number }

/** Compares what was found with the state and with what was found before. */
export function settleStanding(
  before: { readonly state: NumberState; readonly reason: StateReason | null; readonly suspicion: Suspicion | null },
  found: Standing,
  nowMs: number,
): Settled {
  if (found.state === before.state) return { kind: found.reason === before.reason ? 'same' : 'change' }
  // That time or a warning puts a standing connection at risk, or no more, needs no second answer.
  if (isThere(found.state) && isThere(before.state)) return { kind: 'change' }
  const { suspicion } = before
  // States of a connection that stands are one: it may have come to be at risk meanwhile.
  if (suspicion === null || classOf(suspicion.state) !== classOf(found.state)) {
    const { state, reason } = found
    return { kind: 'suspect', suspicion: { state, reason, sinceMs: nowMs }, againInMs: CONFIRM_AFTER_MS }
  }
  const leftMs = suspicion.sinceMs + CONFIRM_AFTER_MS - nowMs
  return leftMs > 0 ? { kind: 'wait', suspicion, againInMs: leftMs } : { kind: 'change' }
}

export interface CheckTimes {
  readonly id: string
  readonly mode: NumberMode
  readonly state: NumberState
  /** Without a token nothing can be asked. */
  readonly hasToken: boolean
  readonly connectedAtMs: number
  readonly checkedAtMs: number | null
  readonly tokenExpiresAtMs: number | null
  readonly suspicion: Suspicion | null
}

/** When Graph is to be asked about a number next; `null`: not by time. */
export function checkDueMs(number: CheckTimes): number | null {
  const everyMs = CHECK_EVERY_MS[number.state]
  if (everyMs === null || !number.hasToken || number.mode === 'app_only') return null
  if (number.suspicion !== null) return number.suspicion.sinceMs + CONFIRM_AFTER_MS
  if (number.checkedAtMs === null) return number.connectedAtMs + LAG_AFTER_SIGNUP_MS
  const { checkedAtMs, tokenExpiresAtMs } = number
  const dueMs = checkedAtMs + everyMs * (1 - SPREAD_RATIO * shareOf(number.id))
  const ends = tokenExpiresAtMs !== null && tokenExpiresAtMs > checkedAtMs
  return ends ? Math.min(dueMs, tokenExpiresAtMs) : dueMs
}

function classOf(state: NumberState): NumberState {
  return isThere(state) ? 'live' : state
}

/** 0 to 1, the same for the same id: what keeps numbers that were connected together from being asked together. */
function shareOf(id: string): number {
  let sum = 0
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1009
  return sum / 1009
}
