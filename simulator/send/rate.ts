import type { BusinessNumber } from '../accounts/number.ts'
import type { GraphFailure } from '../graph/call.ts'

/** Messages per second, in and out together: of a coexistence number (fixed), of one of the API alone (to begin with). */
export const MESSAGES_PER_SECOND = 20
const API_ONLY_PER_SECOND = 80
/** Milliseconds between two messages to one customer, and how many may be borrowed from the future. */
export const PAIR_MS = 6_000
export const PAIR_BURST = 45

/** 130429 when the number has had its messages of this second; else counts this one. */
export function takeThroughput(number: BusinessNumber, nowMs: number): GraphFailure | null {
  const { recentMs } = number.limits
  while (recentMs.length > 0 && (recentMs[0] ?? 0) <= nowMs - 1_000) recentMs.shift()
  if (recentMs.length >= (number.apiOnly ? API_ONLY_PER_SECOND : MESSAGES_PER_SECOND)) return { code: 130429 }
  recentMs.push(nowMs)
  return null
}

/**
 * 131056 when too much went to this customer: a bucket of 45 that refills one message every 6 seconds, kept as the
 * instant up to which the allowance is used.
 */
export function takePair(number: BusinessNumber, customerKey: string, nowMs: number): GraphFailure | null {
  const usedUntilMs = Math.max(number.limits.pairUsedUntilMs.get(customerKey) ?? 0, nowMs)
  if (usedUntilMs + PAIR_MS - nowMs > PAIR_BURST * PAIR_MS) return { code: 131056 }
  number.limits.pairUsedUntilMs.set(customerKey, usedUntilMs + PAIR_MS)
  return null
}
