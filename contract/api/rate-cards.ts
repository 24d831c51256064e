import { z } from 'zod'
import type { PriceCategory, PricingEra } from '../costs.ts'

/** Characters of a file. A price list of Meta's has some fifty lines, one of volume tiers some four hundred. */
export const CSV_CHARS_MAX = 100_000
export const FILE_NAME_MAX = 120

/**
 * `POST /api/v1/costs/cards/preview` says what a price list would change, `POST /api/v1/costs/cards` takes it. The owner's.
 * At least one of both files; where `csv` is absent the prices of the card in force on the day stay, and get the tiers.
 */
export const cardImportBody = z
  .object({
    fileName: z.string().min(1).max(FILE_NAME_MAX),
    csv: z.string().max(CSV_CHARS_MAX).optional(),
    tiersCsv: z.string().max(CSV_CHARS_MAX).optional(),
    /** The first day, in the account's time zone, on which the prices hold. */
    effectiveFrom: z.iso.date().refine((day) => day >= '2020-01-01' && day < '2100-01-01'),
  })
  .refine(({ csv, tiersCsv }) => csv !== undefined || tiersCsv !== undefined)
export type CardImportBody = Readonly<z.infer<typeof cardImportBody>>

/** What keeps a file from being taken; the words people read are in `web/locales`. */
export const CARD_FAULTS = [
  'not_csv',
  'no_headings',
  'no_rows',
  'no_other',
  'unknown_market',
  'market_twice',
  'bad_amount',
  'other_currency',
  'no_currency',
  'bad_count',
  'tier_gap',
  'tier_start',
  'no_base',
] as const

export interface CardFault {
  /** The file's line, from 1; 0: the file as a whole. */
  readonly line: number
  readonly code: (typeof CARD_FAULTS)[number]
  /** What stands there. */
  readonly detail: string
}

/** One price that would be another. Amounts in millionths; `null`: none. */
export interface CardDifference {
  readonly market: string
  readonly category: PriceCategory
  readonly before: number | null
  readonly after: number | null
}

export interface CardPreview {
  /** Nothing is taken of a file that has any. */
  readonly faults: readonly CardFault[]
  /** How many faults there are; `faults` names the first ones. */
  readonly faultsTotal: number
  readonly currency: string | null
  readonly era: PricingEra
  readonly markets: number
  /** Markets with volume tiers. */
  readonly tiered: number
  /** The card that the prices are compared with; `null`: there is none of this currency by then. */
  readonly comparedWith: { readonly effectiveFrom: string; readonly imported: boolean } | null
  readonly differences: readonly CardDifference[]
  readonly unchanged: number
}

/** `GET /api/v1/costs/cards`: every card, the latest first. `DELETE /api/v1/costs/cards/{id}` takes an imported one away. */
export interface CardsAnswer {
  readonly cards: readonly CardLine[]
}

export interface CardLine {
  readonly id: string
  readonly currency: string
  readonly effectiveFrom: string
  readonly era: PricingEra
  readonly example: boolean
  readonly markets: number
  readonly tiered: number
  /** `null`: it came with Wasl. */
  readonly imported: { readonly fileName: string; readonly atMs: number; readonly memberName: string } | null
}
