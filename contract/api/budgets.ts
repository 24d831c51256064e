import { z } from 'zod'
import type { PriceCategory, PriceReason } from '../costs.ts'

/** At these shares of a budget somebody is told, in percent. */
export const ALARM_PERCENTS = [50, 80, 100] as const

/** A billion of the currency, in millionths: more is a slip of the finger. */
const AMOUNT_MAX = 1_000_000_000 * 1_000_000

/** `GET /api/v1/costs/budgets`: budgets of a month, and how they stand in the present one. */
export interface BudgetsAnswer {
  readonly month: string
  readonly currency: string
  readonly budgets: readonly Budget[]
}

export interface Budget {
  readonly id: string
  /** `null`: all numbers together. */
  readonly numberId: string | null
  /** Millionths of the currency, a month. */
  readonly amount: number
  /** When it is spent, nothing that costs goes out, but for answers that a member confirms. */
  readonly hardStop: boolean
  readonly spent: number
  /** The highest share that was passed this month, of `ALARM_PERCENTS`; `null` before the first. */
  readonly passedPercent: number | null
}

/** `POST /api/v1/costs/budgets`: one for a number, or for all; an `amount` of `null` takes it away. The owner's to set. 204. */
export const budgetBody = z.object({
  numberId: z.uuid().nullable(),
  amount: z.number().int().min(1).max(AMOUNT_MAX).nullable(),
  hardStop: z.boolean(),
})
export type BudgetBody = Readonly<z.infer<typeof budgetBody>>

/** `GET /api/v1/conversations/{id}/estimate`: what an answer, sent now, will cost. */
export interface EstimateAnswer {
  readonly category: PriceCategory
  readonly currency: string
  /** Millionths; `null`: there is no price for it here. */
  readonly amount: number | null
  readonly reason: PriceReason
  /** Free answers that this number still has this month; `null` in a model without them. */
  readonly freeLeft: number | null
  /** Opens the chat with the customer in WhatsApp on the phone, where an answer is free; `null` without a phone number. */
  readonly phoneLink: string | null
  /** A hard stop is in force: an answer has to be confirmed. */
  readonly stopped: boolean
}
