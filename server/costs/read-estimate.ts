import type { EstimateAnswer } from '../../contract/api/budgets.ts'
import { FREE_SERVICE_MESSAGES, type PriceCategory } from '../../contract/costs.ts'
import { isFreeEntryPointOpen } from '../../contract/reply-window.ts'
import type { Sql } from '../platform/db.ts'
import { authenticationOf, ordinalOf } from './account-terms.ts'
import { readBudgets } from './budget-store.ts'
import { readCustomer } from './cost-store.ts'
import { estimatePrice } from './estimate-price.ts'
import { freeKey } from './ledger-lines.ts'
import { countryOf } from './meta-words.ts'
import { dayOf } from './month-span.ts'
import { readFreeSoFar } from './month-store.ts'
import { volumeKey } from './price-told.ts'
import { cardOn, marketOn } from './rate-card.ts'
import { readTerms } from './read-terms.ts'
import { regionOf } from './regions.ts'
import { readVolumes } from './volume-store.ts'

/** What a message of a conversation will cost when it is sent now; `null` when there is no such conversation. */
export async function readEstimate(
  sql: Sql,
  workspaceId: string,
  asked: {
    readonly conversationId: string
    readonly category: PriceCategory
    readonly nowMs: number
    /** It waits to be sent, and its own price is among what the budgets have spent. */
    readonly isCounted?: boolean
  },
): Promise<EstimateAnswer | null> {
  const { conversationId, category, nowMs, isCounted = false } = asked
  const customer = await readCustomer(sql, workspaceId, conversationId, new Date(nowMs))
  if (customer === null) return null
  const { settings, cards, account } = await readTerms(sql, workspaceId)
  const { currency, timeZone, exempt } = settings
  const day = dayOf(nowMs, timeZone)
  const month = day.slice(0, '2026-11'.length)
  const card = cardOn(cards, currency, day)
  const { phone, numberId, inWindow, entry } = customer
  const country = countryOf(phone)
  const priced = category === 'authentication' ? authenticationOf(account, country, nowMs) : category
  const market = card === null ? 'other' : marketOn(card, country, regionOf(country))
  const freeUsed = (await readFreeSoFar(sql, workspaceId, [month], timeZone)).get(freeKey(numberId, month)) ?? 0
  const counted = ((await readVolumes(sql, workspaceId, month)).get(volumeKey(month, market, priced)) ?? 0) + 1
  const price = estimatePrice({
    ...{ card, day, country, category: priced, inWindow, freeUsed, exempt },
    inFreeEntry: isFreeEntryPointOpen(entry, nowMs),
    ordinal: ordinalOf(account, { month, market, category: priced, counted }, nowMs),
  })
  const budgets = await readBudgets(sql, workspaceId, month, currency)
  const own = isCounted ? (price.amount ?? 0) : 0
  const stopped = budgets.some(
    (budget) => budget.hardStop && budget.spent - own >= budget.amount && (budget.numberId ?? numberId) === numberId,
  )
  return {
    category: priced,
    currency,
    ...price,
    freeLeft: card?.era === 'service_charged' ? Math.max(0, FREE_SERVICE_MESSAGES - freeUsed) : null,
    phoneLink: phone === null ? null : `https://wa.me/${phone}`,
    // What costs nothing is never stopped.
    stopped: stopped && price.amount !== 0,
  }
}
