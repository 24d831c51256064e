import type { Wait } from './back-off.ts'
import type { NumberWindow } from './number-window.ts'
import { borrowed, PAIR_MS, PAIR_UNWRITTEN, pairFreeAt } from './pace.ts'

/** Until a number has been read: Meta's smallest limit. */
const PER_SECOND_UNREAD = 20
/** Customers whose allowance is remembered; beyond it those whose allowance is full are forgotten. */
const PAIRS_MAX = 10_000

/**
 * What the process that makes a number's calls knows about it and nobody else does. Instants are milliseconds of the
 * process's steady clock.
 */
export class NumberLane {
  readonly numberId: string
  readonly window: NumberWindow
  /** Calls may be made until then; whoever holds the number next begins later. */
  callsUntilMs = Number.NEGATIVE_INFINITY
  /** Since when this process holds the number. */
  heldSinceMs = Number.NEGATIVE_INFINITY
  pausedUntilMs = Number.NEGATIVE_INFINITY
  /** Until then nobody new can be written to first: the messaging limit is used up. */
  fullUntilMs = Number.NEGATIVE_INFINITY
  perSecond = PER_SECOND_UNREAD
  /** Something waits for the end of a call: its customer has one on its way. */
  waitsForEnd = false
  /** When to look for messages that wait; `null`: when somebody says that there are some. */
  lookAtMs: number | null = null
  /** Conversations with a message on its way. */
  readonly inFlight = new Set<string>()
  /** Messages whose files are being given to Meta. */
  readonly handingOver = new Set<string>()
  /** Customers who wait for a reason of their own, and until when. */
  readonly held = new Map<string, number>()
  /** Up to when each customer's allowance is borrowed. */
  readonly #pairs = new Map<string, number>()

  constructor(numberId: string, window: NumberWindow) {
    this.numberId = numberId
    this.window = window
  }

  lookBy(atMs: number): void {
    this.lookAtMs = Math.min(this.lookAtMs ?? atMs, atMs)
  }

  /** Meta asked to wait: the number, or one customer. */
  wait(wait: Wait, nowMs: number): void {
    const untilMs = nowMs + ('pausedMs' in wait ? wait.pausedMs : wait.heldMs)
    if ('pausedMs' in wait) this.pausedUntilMs = Math.max(this.pausedUntilMs, untilMs)
    else this.held.set(wait.conversationId, untilMs)
    this.lookBy(untilMs)
  }

  /** Whether Meta has asked the number, or this customer, to wait. */
  mustWait(conversationId: string, nowMs: number): boolean {
    return Math.max(this.pausedUntilMs, this.held.get(conversationId) ?? 0) > nowMs
  }

  /** The number is this process's again after it was perhaps somebody else's. */
  takeOver(nowMs: number): void {
    this.heldSinceMs = nowMs
    this.#pairs.clear()
    this.held.clear()
  }

  /** Conversations that nothing can be sent to now. */
  blocked(nowMs: number): string[] {
    for (const [conversationId, untilMs] of this.held) if (untilMs <= nowMs) this.held.delete(conversationId)
    const limited = [...this.#pairs].filter(([, usedUntilMs]) => pairFreeAt(usedUntilMs) > nowMs).map(([id]) => id)
    return [...this.inFlight, ...this.held.keys(), ...limited]
  }

  /** Whether a customer may be sent a message now. `writtenMs`: what the database knows to be borrowed. */
  mayWrite(conversationId: string, nowMs: number, writtenMs: number | null): boolean {
    return pairFreeAt(this.#usedUntil(conversationId, writtenMs)) <= nowMs
  }

  /** A message goes to the customer. Gives up to when their allowance is borrowed if that is to be written down. */
  write(conversationId: string, nowMs: number, writtenMs: number | null): number | null {
    const usedUntilMs = borrowed(this.#usedUntil(conversationId, writtenMs), nowMs)
    this.#pairs.set(conversationId, usedUntilMs)
    if (this.#pairs.size > PAIRS_MAX) this.#forget(nowMs)
    return usedUntilMs - nowMs > PAIR_UNWRITTEN * PAIR_MS ? usedUntilMs : null
  }

  #usedUntil(conversationId: string, writtenMs: number | null): number {
    const known = this.#pairs.get(conversationId)
    if (known !== undefined) return known
    return Math.max(writtenMs ?? Number.NEGATIVE_INFINITY, this.heldSinceMs + PAIR_UNWRITTEN * PAIR_MS)
  }

  #forget(nowMs: number): void {
    for (const [id, usedUntilMs] of this.#pairs) if (usedUntilMs <= nowMs) this.#pairs.delete(id)
  }
}
