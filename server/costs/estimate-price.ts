import { EXEMPT_UNTIL, FREE_SERVICE_MESSAGES, type PriceCategory, type PriceReason } from '../../contract/costs.ts'
import { type Day, marketOn, type RateCard, rateOf } from './rate-card.ts'
import { regionOf } from './regions.ts'

export interface EstimateFacts {
  readonly card: RateCard | null
  /** In the account's time zone. */
  readonly day: Day
  readonly country: string | null
  readonly category: PriceCategory
  /** Whether the customer's reply window is open. */
  readonly inWindow: boolean
  /** Whether it is free since the customer came by an ad. */
  readonly inFreeEntry: boolean
  /** Free answers of the number that were used this month. */
  readonly freeUsed: number
  readonly exempt: boolean
  /** The how manieth charged message of its month, market and category it would be. */
  readonly ordinal: number
}

export interface Estimate {
  /** Millionths; `null`: no card has a price for it. */
  readonly amount: number | null
  readonly reason: PriceReason
}

/**
 * What a message sent now will cost, as far as it can be known before.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
 */
export function estimatePrice(facts: EstimateFacts): Estimate {
  const { card, country, category, ordinal } = facts
  if (facts.inFreeEntry) return { amount: 0, reason: 'free_entry_point' }
  if (card === null) return { amount: null, reason: 'regular' }
  const free = freeReason(card, facts)
  if (free !== null) return { amount: 0, reason: free }
  const market = marketOn(card, country, regionOf(country))
  return { amount: rateOf(card, { market, category, ordinal }), reason: 'regular' }
}

function freeReason({ era }: RateCard, facts: EstimateFacts): PriceReason | null {
  const { category, inWindow, freeUsed, exempt, day } = facts
  if (era !== 'service_charged') {
    const inFree = category === 'service' || (era === 'per_message' && category === 'utility' && inWindow)
    return inFree ? 'free_window' : null
  }
  if (category !== 'service') return null
  if (freeUsed < FREE_SERVICE_MESSAGES) return 'free_tier'
  return exempt && day <= EXEMPT_UNTIL ? 'exempt' : null
}
