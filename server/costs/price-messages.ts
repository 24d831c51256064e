import { EXEMPT_UNTIL, FREE_SERVICE_MESSAGES, type PriceCategory, type PriceReason } from '../../contract/costs.ts'
import { cardOn, type Day, marketOn, type RateCard, rateOf } from './rate-card.ts'
import { regionOf } from './regions.ts'

/** How long a conversation of the conversation era lasted. */
const CONVERSATION_MS = 24 * 60 * 60 * 1000

/** A message of ours that was delivered, with what its price depends on. */
export interface DeliveredMessage {
  readonly numberId: string
  readonly contactId: string
  /** ISO 3166 country of the customer; `null` when the number is hidden. */
  readonly country: string | null
  readonly category: PriceCategory
  readonly from: 'api' | 'phone'
  readonly deliveredAtMs: number
  /** The day of the delivery in the account's time zone. */
  readonly day: Day
  /** Whether the customer's reply window was open. */
  readonly inWindow: boolean
  /** Whether the customer came by an ad or a page's button, and the window of that is open. */
  readonly freeEntryPoint: boolean
  readonly reaction: boolean
}

export interface Price {
  /** Millionths of the card's currency. */
  readonly amount: number
  readonly reason: PriceReason
  /** `null`: no card covers the day, or it has no such category. */
  readonly cardId: string | null
}

export interface PricingTerms {
  readonly cards: readonly RateCard[]
  readonly currency: string
  /** Governments and non-profits pay no service messages, to the end of 2027. */
  readonly exempt: boolean
  /** Prices every message by the rules of this card, whatever its day: for comparing eras. */
  readonly asOf?: RateCard
}

/** Until when which conversations are open, by number and customer, then by category. Unix milliseconds. */
type OpenConversations = Map<string, Map<PriceCategory, number>>

/**
 * The price of each message, in the order given, which has to be the order of delivery: the free service messages of a
 * month, the conversations that were open, and the volume tier that is reached, depend on those before.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
 */
export function priceMessages(messages: readonly DeliveredMessage[], terms: PricingTerms): Price[] {
  const freeUsed = new Map<string, number>()
  const openUntil: OpenConversations = new Map()
  const charged = new Map<string, number>()
  return messages.map((message): Price => {
    const card = terms.asOf ?? cardOn(terms.cards, terms.currency, message.day)
    const reason = reasonOf(message, card, terms, freeUsed, openUntil)
    if (reason !== 'regular' || card === null) return { amount: 0, reason, cardId: card?.id ?? null }
    const { country, category, day } = message
    const market = marketOn(card, country, regionOf(country))
    const volume = `${day.slice(0, 7)}:${market}:${category}`
    const ordinal = (charged.get(volume) ?? 0) + 1
    charged.set(volume, ordinal)
    const amount = rateOf(card, { market, category, ordinal })
    return { amount: amount ?? 0, reason, cardId: amount === null ? null : card.id }
  })
}

function reasonOf(
  message: DeliveredMessage,
  card: RateCard | null,
  terms: PricingTerms,
  freeUsed: Map<string, number>,
  openUntil: OpenConversations,
): PriceReason {
  if (message.from === 'phone') return 'phone'
  if (message.reaction) return 'free_reaction'
  if (message.freeEntryPoint) return 'free_entry_point'
  if (card === null) return 'regular'
  if (card.era === 'conversation') return conversationReason(message, openUntil)
  const { category } = message
  if (card.era === 'per_message') {
    return category === 'service' || (category === 'utility' && message.inWindow) ? 'free_window' : 'regular'
  }
  if (category !== 'service') return 'regular'
  const month = `${message.numberId}:${message.day.slice(0, 7)}`
  const used = freeUsed.get(month) ?? 0
  freeUsed.set(month, used + 1)
  if (used < FREE_SERVICE_MESSAGES) return 'free_tier'
  return terms.exempt && message.day <= EXEMPT_UNTIL ? 'exempt' : 'regular'
}

/** One charge opens 24 hours with this customer in this category; service conversations were free since November 2024. */
function conversationReason(message: DeliveredMessage, openUntil: OpenConversations): PriceReason {
  if (message.category === 'service') return 'free_window'
  const open = openUntil.get(withCustomer(message)) ?? new Map<PriceCategory, number>()
  if ((open.get(message.category) ?? 0) > message.deliveredAtMs) return 'open_conversation'
  openUntil.set(withCustomer(message), open.set(message.category, message.deliveredAtMs + CONVERSATION_MS))
  return 'regular'
}

function withCustomer({ numberId, contactId }: DeliveredMessage): string {
  return `${numberId}:${contactId}`
}
