import type { CostSettings } from '../../contract/api/costs.ts'
import type { PriceReason } from '../../contract/costs.ts'
import { type EntryPoint, isFreeEntryPointOpen } from '../../contract/reply-window.ts'
import { PRICED_AS, type TemplateCategory } from '../../contract/template.ts'
import { type AccountTerms, authenticationOf, ordinalOf } from './account-terms.ts'
import { estimatePrice } from './estimate-price.ts'
import type { ComeFacts, LedgerRow, MessageFacts, PhoneFacts, SentFacts } from './ledger-rows.ts'
import { countryOf } from './meta-words.ts'
import { priceTold, type TellingState, type ToldPricing, volumeKey } from './price-told.ts'
import { cardOn, marketOn, type RateCard, rateOf } from './rate-card.ts'
import { regionOf } from './regions.ts'

/** By what a ledger is reckoned. */
export interface LedgerTerms {
  readonly settings: CostSettings
  readonly cards: readonly RateCard[]
  readonly account: AccountTerms
}

/** How much of a month is used up; goes on with every line. */
export interface MonthsSoFar {
  /** Charged messages, by `volumeKey`. */
  readonly volumes: Map<string, number>
  /** Free answers, by `freeKey`. */
  readonly freeUsed: Map<string, number>
}

export function freeKey(numberId: string, month: string): string {
  return `${numberId} ${month}`
}

/** The line of a message that went out: what our rules say that it costs. */
export function sentLine(sent: SentFacts, { settings, cards, account }: LedgerTerms, months: MonthsSoFar): LedgerRow {
  const { day, sentAtMs, numberId } = sent
  const country = countryOf(sent.phone)
  const base = { ...lineOf(sent, country), atMs: sentAtMs, basis: 'estimate' as const }
  const category = categoryOfSent(sent, account, country)
  if (category === null) return { ...base, category: 'template', reason: 'regular', ...guess(null, 'regular') }
  const month = day.slice(0, '2026-11'.length)
  const card = cardOn(cards, settings.currency, day)
  const market = card === null ? 'other' : marketOn(card, country, regionOf(country))
  const [volume, free] = [volumeKey(month, market, category), freeKey(numberId, month)]
  const counted = (months.volumes.get(volume) ?? 0) + 1
  const freeUsed = months.freeUsed.get(free) ?? 0
  const { amount, reason } = estimatePrice({
    ...{ card, day, country, category, freeUsed, inWindow: sent.inWindow, exempt: settings.exempt },
    inFreeEntry: isFreeEntryPointOpen(entryOf(sent), sentAtMs),
    ordinal: ordinalOf(account, { month, market, category, counted }, sentAtMs),
  })
  if (reason === 'regular') months.volumes.set(volume, counted)
  if (reason === 'free_tier') months.freeUsed.set(free, freeUsed + 1)
  return { ...base, category, reason, ...guess(amount, reason) }
}

/** The line of a message whose price Meta has told; what was estimated before stays beside it. */
export function comeLine(come: ComeFacts, state: TellingState): LedgerRow {
  const country = countryOf(come.phone)
  const { atMs, day, conversationRef, estimate, estimateReason } = come
  const pricing = (come.pricing ?? {}) as ToldPricing
  const told = priceTold({ atMs, day, country, pricing, conversationRef }, state)
  return { ...lineOf(come, country), ...told, atMs, basis: 'meta', estimate, estimateReason, pricing, conversationRef }
}

/** The line of a message written on the phone: free, with what an answer through the API costs. */
export function phoneLine(written: PhoneFacts, { settings, cards }: LedgerTerms): LedgerRow {
  const country = countryOf(written.phone)
  const estimate = answerPrice(cardOn(cards, settings.currency, written.day), country)
  return {
    ...lineOf(written, country),
    ...{ atMs: written.sentAtMs, basis: 'phone', category: 'service', reason: 'phone', amount: 0 },
    ...{ estimate, estimateReason: 'regular' },
  }
}

/** What an answer costs that is none of the free ones; `null` without a price. */
export function answerPrice(card: RateCard | null, country: string | null): number | null {
  if (card === null) return null
  if (card.era !== 'service_charged') return 0
  return rateOf(card, { market: marketOn(card, country, regionOf(country)), category: 'service', ordinal: 1 })
}

function lineOf(facts: MessageFacts, country: string | null) {
  const { numberId, wamid, messageId, author, memberId, template } = facts
  return { numberId, wamid, messageId, author, memberId, template, country, pricing: null, conversationRef: null }
}

function guess(amount: number | null, reason: PriceReason) {
  return { amount, estimate: amount, estimateReason: reason }
}

function categoryOfSent(
  { template, templateCategory, sentAtMs }: SentFacts,
  account: AccountTerms,
  country: string | null,
) {
  if (template === null) return 'service'
  const category = PRICED_AS[templateCategory as TemplateCategory] ?? null
  return category === 'authentication' ? authenticationOf(account, country, sentAtMs) : category
}

function entryOf({ referredAtMs, answeredAtMs, toldUntilMs }: SentFacts): EntryPoint | null {
  return referredAtMs === null ? null : { referredAtMs, answeredAtMs, toldUntilMs }
}
