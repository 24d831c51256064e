import type { EraCost } from '../../contract/api/costs.ts'
import { PRICING_ERAS } from '../../contract/costs.ts'
import type { DeliveredRow } from './cost-rows.ts'
import { isPriced } from './meta-words.ts'
import { type DeliveredMessage, priceMessages } from './price-messages.ts'
import type { RateCard } from './rate-card.ts'

/**
 * What the same messages cost under each of Meta's three models, by the latest card of each; eras without a card in the
 * currency are left out. Messages in a category of no model (calls, payments) are left out of all.
 */
export function replayEras(
  rows: readonly DeliveredRow[],
  cards: readonly RateCard[],
  { currency, exempt }: { readonly currency: string; readonly exempt: boolean },
): EraCost[] {
  const messages = rows.flatMap((row) => delivered(row) ?? [])
  return PRICING_ERAS.flatMap((era) => {
    const card = cards
      .filter((one) => one.era === era && one.currency === currency)
      .sort(byStart)
      .at(-1)
    if (card === undefined) return []
    const prices = priceMessages(messages, { cards, currency, exempt, asOf: card })
    const amount = prices.reduce((sum, price) => sum + price.amount, 0)
    const charged = prices.filter((price) => price.reason === 'regular').length
    return [{ era, cardId: card.id, example: card.example, messages: messages.length, charged, amount }]
  })
}

function byStart(a: RateCard, b: RateCard): number {
  return a.effectiveFrom < b.effectiveFrom ? -1 : 1
}

function delivered(row: DeliveredRow): DeliveredMessage | null {
  const { reason, category, ...facts } = row
  const freeEntryPoint = reason === 'free_entry_point'
  // Within a free entry point Meta calls every message a referral; as anything else it would be one of service.
  const priced = freeEntryPoint && !isPriced(category) ? 'service' : category
  if (!isPriced(priced)) return null
  return { ...facts, category: priced, from: 'api', freeEntryPoint, reaction: false }
}
