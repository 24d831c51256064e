import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { PRICE_CATEGORIES, type PriceCategory } from '../../contract/costs.ts'

/** The country of a customer's number, as ISO 3166; `null` when hidden or of no country. */
export function countryOf(phone: string | null): string | null {
  return phone === null ? null : (parsePhoneNumberFromString(`+${phone}`)?.country ?? null)
}

/** Meta's word for a category in ours; one we do not know stays as it is. */
export function categoryOf(word: string | null): string {
  return (word ?? 'service')
    .replace('authentication-international', 'authentication_international')
    .replace(/^group_/, '')
}

/** Whether rate cards have prices for it. */
export function isPriced(category: string): category is PriceCategory {
  return (PRICE_CATEGORIES as readonly string[]).includes(category)
}
