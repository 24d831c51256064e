import type { PriceCategory, PricingEra } from '../../contract/costs.ts'

/** A day in the account's time zone, `2026-10-01`: it sorts as text. */
export type Day = string

/**
 * Prices of one currency from a day on. Amounts are whole millionths of the currency, so that sums are exact.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing (rate cards)
 */
export interface RateCard {
  readonly id: string
  readonly currency: string
  readonly effectiveFrom: Day
  readonly era: PricingEra
  /** No published card is at hand for this time: the prices show how the rules work, and are no bill. */
  readonly example: boolean
  /** Meta's page; of an imported card the name of the file. */
  readonly source: string
  readonly imported: boolean
  /** By market: an ISO 3166 country, a region of Meta's, or `other`. */
  readonly rates: ReadonlyMap<string, Rates>
  /** Volume tiers by market, for the categories that have them there. */
  readonly tiers: ReadonlyMap<string, Tiers>
}

export type Rates = Readonly<Partial<Record<PriceCategory, number>>>
export type Tiers = Readonly<Partial<Record<PriceCategory, readonly Tier[]>>>

/** What a message costs from the `from`th charged one of a month on; tiers stand in order, the first from 0 or 1. */
export interface Tier {
  readonly from: number
  readonly amount: number
}

/** What Meta has charged since these days: templates, and since October 2026 answers too. */
const PER_MESSAGE_SINCE: Day = '2025-07-01'
const SERVICE_CHARGED_SINCE: Day = '2026-10-01'

/** The model by which Meta prices on a day. */
export function eraOn(day: Day): PricingEra {
  if (day >= SERVICE_CHARGED_SINCE) return 'service_charged'
  return day >= PER_MESSAGE_SINCE ? 'per_message' : 'conversation'
}

/**
 * The card in force on a day: the latest of the currency that began by then, of several of one day the last given; `null`
 * before the first.
 */
export function cardOn(cards: readonly RateCard[], currency: string, day: Day): RateCard | null {
  let found: RateCard | null = null
  for (const card of cards) {
    if (card.currency !== currency || card.effectiveFrom > day) continue
    if (found === null || card.effectiveFrom >= found.effectiveFrom) found = card
  }
  return found
}

/** The market of a card that a country belongs to: its own, its region's, or `other`. Volume is counted by it. */
export function marketOn(card: RateCard, country: string | null, region: string): string {
  if (country !== null && card.rates.has(country)) return country
  return card.rates.has(region) ? region : 'other'
}

/**
 * The price in millionths of a delivered message that is the `ordinal`th charged one of its month, market and category in
 * the portfolio; `null` when the card has no price for the category.
 */
export function rateOf(
  card: RateCard,
  {
    market,
    category,
    ordinal,
  }: { readonly market: string; readonly category: PriceCategory; readonly ordinal: number },
): number | null {
  const tier = card.tiers.get(market)?.[category]?.findLast(({ from }) => from <= ordinal)
  return tier?.amount ?? card.rates.get(market)?.[category] ?? null
}
