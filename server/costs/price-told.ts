import type { PriceReason } from '../../contract/costs.ts'
import { type AccountTerms, ordinalOf } from './account-terms.ts'
import { categoryOf, isPriced } from './meta-words.ts'
import { cardOn, type Day, marketOn, type RateCard, rateOf } from './rate-card.ts'
import { regionOf } from './regions.ts'

/** What Meta's statuses say about the price of one message, in its own words as the webhooks are read. */
export interface ToldPricing {
  readonly model?: string | null
  readonly billable?: boolean | null
  readonly type?: string | null
  readonly category?: string | null
  readonly subtype?: string | null
}

/** A message that has come, with Meta's word. */
export interface ToldMessage {
  readonly atMs: number
  /** The day it came, in the account's time zone. */
  readonly day: Day
  readonly country: string | null
  readonly pricing: ToldPricing
  readonly conversationRef: string | null
}

export interface ToldPrice {
  /** Meta's own word when it is none of ours. */
  readonly category: string
  readonly reason: PriceReason
  /** Millionths; `null`: the list has no price for it. */
  readonly amount: number | null
}

/** What prices depend on beside the message; the two counts go on with every message. */
export interface TellingState {
  readonly cards: readonly RateCard[]
  readonly currency: string
  readonly terms: AccountTerms
  /** Charged messages, by `volumeKey`. */
  readonly volumes: Map<string, number>
  /** Conversations of the conversation era that are charged already. */
  readonly conversations: Set<string>
}

/** What Meta's word for the type of a price means. */
const FREE_TYPES: Readonly<Record<string, PriceReason>> = {
  free_customer_service: 'free_window',
  free_group_customer_service: 'free_window',
  free_entry_point: 'free_entry_point',
}

/**
 * What a message cost: whether it was charged, and as what, is Meta's own word; how much that is, is the rate card's of the day.
 * Messages are to be given in the order in which they came, since the volume tier depends on those before.
 */
export function priceTold(message: ToldMessage, state: TellingState): ToldPrice {
  const card = cardOn(state.cards, state.currency, message.day)
  const category = categoryOf(message.pricing.category ?? null)
  const reason = reasonOf(message, card, state.conversations)
  if (reason !== 'regular') return { category, reason, amount: 0 }
  if (card === null || !isPriced(category)) return { category, reason, amount: null }
  const market = marketOn(card, message.country, regionOf(message.country))
  const month = message.day.slice(0, '2026-11'.length)
  const key = volumeKey(month, market, category)
  const counted = (state.volumes.get(key) ?? 0) + 1
  state.volumes.set(key, counted)
  const ordinal = ordinalOf(state.terms, { month, market, category, counted }, message.atMs)
  return { category, reason, amount: rateOf(card, { market, category, ordinal }) }
}

export function volumeKey(month: string, market: string, category: string): string {
  return `${month} ${market} ${category}`
}

function reasonOf(
  { pricing, conversationRef }: ToldMessage,
  card: RateCard | null,
  conversations: Set<string>,
): PriceReason {
  const { subtype, type, billable, model, category } = pricing
  if (subtype === 'paid_exempt') return 'exempt'
  const free = FREE_TYPES[type ?? '']
  // Since October 2026 Meta's "free customer service" is the monthly free tier.
  if (free === 'free_window' && card?.era === 'service_charged') return 'free_tier'
  if (free !== undefined) return free
  if (category === 'referral_conversion') return 'free_entry_point'
  if (model === 'CBP') return ofConversation(billable === false, conversationRef, conversations)
  return billable === false ? 'free_told' : 'regular'
}

/** Until June 2025 one charge opened a conversation, and every message in it carried the same word. */
function ofConversation(isFree: boolean, ref: string | null, conversations: Set<string>): PriceReason {
  if (isFree) return 'free_window'
  if (ref === null) return 'regular'
  if (conversations.has(ref)) return 'open_conversation'
  conversations.add(ref)
  return 'regular'
}
