/** Who has to wait after a refusal that says "later": every send of the number, or those to one customer. */
export interface BackOff {
  readonly scope: 'number' | 'pair'
  /** Milliseconds, by how often in a row the same was refused before. */
  readonly waitMs: (refusals: number) => number
}

/** Who has to wait, and for how many milliseconds from now. */
export type Wait =
  | { readonly numberId: string; readonly pausedMs: number }
  | { readonly numberId: string; readonly conversationId: string; readonly heldMs: number }

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
/** 4^6 seconds are more than an hour; Meta's allowance for a customer is full again long before. */
const PAIR_EXPONENT_MAX = 6

/**
 * How long the codes that ask for patience are waited out. 131056: 4^X seconds, as Meta's page says. For the others it
 * gives no figure: a number's throughput (130429) is measured by the second, an account's requests (80007, 4) by the hour.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
const BY_CODE: ReadonlyMap<number, BackOff> = new Map<number, BackOff>([
  [131056, { scope: 'pair', waitMs: (refusals) => 4 ** Math.min(refusals, PAIR_EXPONENT_MAX) * SECOND_MS }],
  [130429, { scope: 'number', waitMs: (refusals) => doubled(SECOND_MS / 4, refusals, MINUTE_MS) }],
  [80007, { scope: 'number', waitMs: (refusals) => doubled(MINUTE_MS, refusals, HOUR_MS) }],
  [4, { scope: 'number', waitMs: (refusals) => doubled(MINUTE_MS, refusals, HOUR_MS) }],
])

/** What a refusal asks of us; `otherwiseMs`: the wait of a call that failed for a reason of no code's. */
export function backOffOf(code: number | null, otherwiseMs: number): BackOff {
  const known = code === null ? undefined : BY_CODE.get(code)
  return known ?? { scope: 'pair', waitMs: () => otherwiseMs }
}

function doubled(firstMs: number, refusals: number, maxMs: number): number {
  return Math.min(firstMs * 2 ** refusals, maxMs)
}
