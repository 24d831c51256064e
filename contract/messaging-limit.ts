/**
 * How many customers the numbers of a portfolio together may write to first, that is outside reply windows, within 24 hours.
 * Only whom a message is delivered to counts.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits
 */
export const PLACE_MS = 24 * 60 * 60 * 1000

const TIER = /^TIER_(\d{1,6})(K?)$/

/** Takes Meta's word (`TIER_250`, `TIER_2K` …), gives the number of customers; `null`: unlimited, or not said. */
export function placesOf(tier: string | null): number | null {
  const [, count, thousands] = TIER.exec(tier ?? '') ?? []
  if (count === undefined) return null
  return Number(count) * (thousands === 'K' ? 1_000 : 1)
}
