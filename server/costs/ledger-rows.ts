import type { PriceReason } from '../../contract/costs.ts'
import type { Day } from './rate-card.ts'

/** A line of the ledger as it is written. Amounts in millionths. */
export interface LedgerRow {
  readonly numberId: string
  readonly wamid: string
  readonly messageId: string | null
  readonly author: string | null
  readonly memberId: string | null
  readonly template: string | null
  readonly country: string | null
  readonly atMs: number
  readonly basis: 'estimate' | 'meta' | 'phone'
  readonly category: string
  readonly reason: PriceReason
  readonly amount: number | null
  readonly estimate: number | null
  readonly estimateReason: PriceReason | null
  readonly pricing: unknown
  readonly conversationRef: string | null
}

/** What a line takes from the message it is about, where there is one. */
export interface MessageFacts {
  readonly numberId: string
  readonly wamid: string
  readonly messageId: string | null
  readonly author: string | null
  readonly memberId: string | null
  readonly template: string | null
  /** The customer's digits; `null` when hidden. */
  readonly phone: string | null
  /** Where the page after this one begins. */
  readonly readAt: Date
}

/** A message of ours that the ledger has no line for, with what its price depends on. */
export interface SentFacts extends MessageFacts {
  readonly sentAtMs: number
  readonly day: Day
  /** Meta's category of the template, `MARKETING`; `null` where there is none. */
  readonly templateCategory: string | null
  readonly inWindow: boolean
  readonly referredAtMs: number | null
  readonly answeredAtMs: number | null
  readonly toldUntilMs: number | null
}

/** A message whose price Meta has told, and the ledger does not have yet. */
export interface ComeFacts extends MessageFacts {
  readonly atMs: number
  readonly day: Day
  readonly pricing: unknown
  readonly conversationRef: string | null
  readonly estimate: number | null
  readonly estimateReason: PriceReason | null
  /** The day on which it is entered with Meta's word already; `null`: it is not. */
  readonly enteredDay: Day | null
}

/** A message written on the phone. */
export interface PhoneFacts extends MessageFacts {
  readonly sentAtMs: number
  readonly day: Day
}
