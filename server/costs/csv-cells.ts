import type { PriceCategory } from '../../contract/costs.ts'
import { millionthsOf } from './read-card.ts'

/** How Meta's files write what is not there. */
const NOTHING = new Set(['', 'n/a', 'na', '-', '--', '–', '—'])

/** Currencies as files write them beside their ISO 4217 codes. */
const CURRENCY_MARKS: Readonly<Record<string, string>> = {
  $US: 'USD',
  US$: 'USD',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
}

const CATEGORIES: Readonly<Record<string, PriceCategory>> = {
  marketing: 'marketing',
  utility: 'utility',
  authentication: 'authentication',
  authenticationinternational: 'authentication_international',
  service: 'service',
}

/** A heading without anything but letters. */
export function heading(cell: string): string {
  return cell.toLowerCase().replace(/[^\p{L}]/gu, '')
}

/** The category that a column is headed with; `null` for another column. */
export function categoryHeaded(cell: string): PriceCategory | null {
  return CATEGORIES[heading(cell)] ?? null
}

export function isNothing(cell: string): boolean {
  return NOTHING.has(cell.toLowerCase())
}

/** The ISO 4217 code of a currency; `null` when there is none in the cell. */
export function currencyIn(cell: string): string | null {
  const code = CURRENCY_MARKS[cell.toUpperCase()] ?? cell.toUpperCase()
  return /^[A-Z]{3}$/.test(code) ? code : null
}

/** A price as a decimal with a point, whatever stands around it and however thousands are parted; `null` for none. */
export function amountIn(cell: string, decimalComma: boolean): string | null {
  const bare = cell.replace(/[\s\u00a0\u202f]/g, '').replace(/^(\p{Sc}|[A-Z]{3}|US\$|\$US)/iu, '')
  const plain =
    decimalComma && bare.includes(',') ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '')
  return millionthsOf(plain) === null ? null : plain
}

/** A whole number of messages, with or without marks between thousands; `null` for none. */
export function countIn(cell: string): number | null {
  const bare = cell.replace(/[\s.,\u00a0\u202f]/g, '')
  return /^\d{1,12}$/.test(bare) ? Number(bare) : null
}
