import type { PricesAnswer } from '../../contract/api/costs.ts'
import { PRICED_AS, TEMPLATE_CATEGORIES } from '../../contract/template.ts'
import type { Sql } from '../platform/db.ts'
import { authenticationOf } from './account-terms.ts'
import { readOwnPhone } from './cost-store.ts'
import { countryOf } from './meta-words.ts'
import { dayOf } from './month-span.ts'
import { cardOn, marketOn, rateOf } from './rate-card.ts'
import { readTerms } from './read-terms.ts'
import { regionOf } from './regions.ts'

/** The list prices of templates in the country of a number, before any volume tier; `null` when there is no such number. */
export async function readPrices(
  sql: Sql,
  workspaceId: string,
  { numberId, nowMs }: { readonly numberId: string; readonly nowMs: number },
): Promise<PricesAnswer | null> {
  const phone = await readOwnPhone(sql, workspaceId, numberId)
  if (phone === null) return null
  const { settings, cards, account } = await readTerms(sql, workspaceId)
  const card = cardOn(cards, settings.currency, dayOf(nowMs, settings.timeZone))
  const country = countryOf(phone)
  const amounts = TEMPLATE_CATEGORIES.map((word) => {
    const category = word === 'AUTHENTICATION' ? authenticationOf(account, country, nowMs) : PRICED_AS[word]
    const market = card === null ? null : marketOn(card, country, regionOf(country))
    return [word, card === null || market === null ? null : rateOf(card, { market, category, ordinal: 1 })] as const
  })
  return { currency: settings.currency, country, amounts: Object.fromEntries(amounts) as PricesAnswer['amounts'] }
}
