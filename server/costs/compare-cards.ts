import type { CardDifference } from '../../contract/api/rate-cards.ts'
import { PRICE_CATEGORIES } from '../../contract/costs.ts'
import type { RateCard } from './rate-card.ts'
import { regionOf } from './regions.ts'

export interface Comparison {
  readonly differences: readonly CardDifference[]
  readonly unchanged: number
}

/**
 * What prices become others when `after` takes the place of `before`, market by market. A market that is on one of them alone is
 * compared with what its region pays on the other: that is what customers there cost.
 */
export function compareCards(before: RateCard | null, after: RateCard): Comparison {
  const markets = [...new Set([...(before?.rates.keys() ?? []), ...after.rates.keys()])].sort()
  const differences: CardDifference[] = []
  let unchanged = 0
  for (const market of markets) {
    for (const category of PRICE_CATEGORIES) {
      const [old, own] = [before, after].map((card) => (card === null ? null : paid(card, market, category)))
      const difference = { market, category, before: old ?? null, after: own ?? null }
      if (difference.before !== difference.after) differences.push(difference)
      else if (own !== null) unchanged += 1
    }
  }
  return { differences, unchanged }
}

function paid(card: RateCard, market: string, category: CardDifference['category']): number | null {
  const rates = card.rates.get(market) ?? card.rates.get(regionOf(market)) ?? card.rates.get('other')
  return rates?.[category] ?? null
}
