import { z } from 'zod'
import type { PriceCategory, PriceReason, PricingEra } from '../costs.ts'
import type { TemplateCategory } from '../template.ts'

/** How Meta bills the business. Months and days are those of the account's time zone. */
export const costSettingsBody = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  timeZone: z.string().min(1).max(60).refine(isTimeZone),
  exempt: z.boolean(),
})
export type CostSettings = Readonly<z.infer<typeof costSettingsBody>>

/** `GET /api/v1/costs?month=2026-11`; without a month, the present one. Amounts are millionths of `currency`. */
export const costsQuery = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .optional(),
})

export interface CostsAnswer {
  readonly month: string
  readonly currency: string
  readonly timeZone: string
  readonly exempt: boolean
  /** `null`: no card of this currency covers the month, and amounts are unknown. */
  readonly card: {
    readonly id: string
    readonly era: PricingEra
    readonly effectiveFrom: string
    readonly example: boolean
    /** Meta's page; of an imported card the name of its file. */
    readonly source: string
    readonly imported: boolean
    /** Whether it has volume tiers. */
    readonly tiered: boolean
  } | null
  readonly total: number
  /** What the whole month will cost if it goes on like this; `null` for a month that is over, or has just begun. */
  readonly forecast: number | null
  /** The same total, told apart in each of these ways; the dearest first, days in their order. */
  readonly by: Readonly<Record<CostDimension, readonly CostSum[]>>
  /** Messages that Meta delivered at a price for which the card has no rate. */
  readonly unpriced: number
  /** Messages that are on their way, and what they will cost by our estimate. */
  readonly pending: { readonly messages: number; readonly amount: number }
  /** Messages for which Meta's word was another than our estimate, and how much more it came to. */
  readonly differing: { readonly messages: number; readonly amount: number }
  readonly phone: readonly PhoneSavings[]
  /** Free answers used, by number. */
  readonly freeUsed: readonly { readonly numberId: string; readonly messages: number }[]
  /** A price list or a setting has changed, and the amounts are being reckoned anew. */
  readonly recounting: boolean
}

export const COST_DIMENSIONS = ['day', 'number', 'kind', 'country', 'author', 'template'] as const
export type CostDimension = (typeof COST_DIMENSIONS)[number]

/** Delivered messages of one day, number, kind … */
export interface CostSum {
  /**
   * A day; a number's id; category and reason with a blank between, the category Meta's own word when it is none of ours; ISO 3166,
   * empty when not known; `agent` with a member's id, `bot`, `campaign`, `api`, `unknown`; a template's name, empty without.
   */
  readonly key: string
  readonly messages: number
  readonly charged: number
  readonly amount: number
}

/** What was answered on the phone, free, and what the same messages would have cost through the API. */
export interface PhoneSavings {
  readonly numberId: string
  readonly messages: number
  readonly wouldHaveCost: number
}

/** `GET /api/v1/costs/export.csv?month=2026-11&language=en`: the report with everything it tells apart, as a spreadsheet reads it. */
export const costsExportQuery = costsQuery.extend({ language: z.enum(['en', 'ar']).default('en') })

/** `GET /api/v1/messages/{id}/cost`: what one message cost, and what was estimated. Amounts are millionths. */
export interface MessageCostAnswer {
  /** `null`: it is not in the ledger, or not yet. */
  readonly cost: {
    readonly currency: string
    readonly basis: 'estimate' | 'meta' | 'phone'
    readonly category: PriceCategory | string
    readonly reason: PriceReason
    readonly amount: number | null
    readonly estimate: number | null
    readonly estimateReason: PriceReason | null
    readonly atMs: number
    /** Meta's own words. */
    readonly pricing: unknown
  } | null
}

/** `GET /api/v1/costs/eras?month=2026-11`: the same messages under each of Meta's models. */
export interface ErasAnswer {
  readonly month: string
  readonly currency: string
  /** Whether there were more messages than are replayed. */
  readonly cut: boolean
  readonly eras: readonly EraCost[]
}

export interface EraCost {
  readonly era: PricingEra
  readonly cardId: string
  readonly example: boolean
  readonly messages: number
  readonly charged: number
  /** Millionths of the currency. */
  readonly amount: number
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false // Not a name of the time zone database.
  }
}

/** `GET /api/v1/costs/prices?numberId=`: what a template of each category costs today in the number's own country. */
export const pricesQuery = z.object({ numberId: z.uuid() })
export interface PricesAnswer {
  readonly currency: string
  /** ISO 3166; `null`: the number is of no country. */
  readonly country: string | null
  /** Millionths, by the price list; `null`: it has no price for it. */
  readonly amounts: Readonly<Record<TemplateCategory, number | null>>
}
