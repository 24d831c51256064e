import type { PriceCategory } from '../../contract/costs.ts'
import { marketNamed } from './market-names.ts'
import { isPriced } from './meta-words.ts'

/** A notice of Meta's about prices, in its own words. */
export interface PriceNotice {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A volume tier that Meta says the portfolio has reached: other accounts of it may have sent more than ours. */
export interface ReachedTier {
  readonly month: string
  readonly market: string
  readonly category: PriceCategory
  /** The first message of the tier. */
  readonly from: number
  readonly sinceMs: number
}

/** What Meta has told about how the account is billed. */
export interface AccountTerms {
  readonly reached: readonly ReachedTier[]
  /** From when authentication costs the international rate; by country where Meta names another time. `null`: never told. */
  readonly international: { readonly fromMs: number; readonly exceptions: ReadonlyMap<string, number> } | null
  /** Where the business is based, ISO 3166; `null`: not told. */
  readonly home: string | null
}

/**
 * Reads what Meta has told, oldest first: of home and eligibility the last word holds.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update
 */
export function accountTerms(notices: readonly PriceNotice[]): AccountTerms {
  let international: AccountTerms['international'] = null
  let home: string | null = null
  const reached: ReachedTier[] = []
  for (const { event, data } of notices) {
    if (event === 'VOLUME_BASED_PRICING_TIER_UPDATE') reached.push(...tierIn(record(data.volume_tier_info)))
    if (event === 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE') home = text(data.country) ?? home
    if (event === 'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE') {
      international = eligibilityIn(record(data.auth_international_rate_eligibility)) ?? international
    }
  }
  return { reached, international, home }
}

/**
 * The category by which an authentication message is priced: the international one where Meta has told that the business is
 * eligible for it, to customers of another country than its own.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing/authentication-international-rates
 */
export function authenticationOf(terms: AccountTerms, country: string | null, atMs: number): PriceCategory {
  const { international, home } = terms
  if (international === null || country === null || country === home) return 'authentication'
  const fromMs = international.exceptions.get(country) ?? international.fromMs
  return atMs >= fromMs ? 'authentication_international' : 'authentication'
}

/** The place of a message in its month's volume: what was counted here, or the tier that Meta has said is reached. */
export function ordinalOf(
  terms: AccountTerms,
  of: { readonly month: string; readonly market: string; readonly category: string; readonly counted: number },
  atMs: number,
): number {
  const told = terms.reached
    .filter(({ month, market, category }) => month === of.month && market === of.market && category === of.category)
    .filter(({ sinceMs }) => sinceMs <= atMs)
  return Math.max(of.counted, ...told.map(({ from }) => from))
}

function tierIn(info: Readonly<Record<string, unknown>>): ReachedTier[] {
  const category = text(info.pricing_category)?.toLowerCase() ?? ''
  const market = marketNamed(text(info.region) ?? '')
  const month = text(info.effective_month)
  const from = /^(\d{1,12}):/.exec(text(info.tier) ?? '')?.[1]
  if (!isPriced(category) || market === null || month === null || from === undefined) return []
  return [{ month, market, category, from: Number(from), sinceMs: seconds(info.tier_update_time) ?? 0 }]
}

function eligibilityIn(info: Readonly<Record<string, unknown>>): AccountTerms['international'] {
  const fromMs = seconds(info.start_time)
  if (fromMs === null) return null
  const countries = Array.isArray(info.exception_countries) ? info.exception_countries.map(record) : []
  const exceptions = countries.flatMap((one) => {
    const [code, since] = [text(one.country_code), seconds(one.start_time)]
    return code === null || since === null ? [] : [[code, since] as const]
  })
  return { fromMs, exceptions: new Map(exceptions) }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function seconds(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value * 1000 : null
}
