import type { CardFault } from '../../contract/api/rate-cards.ts'
import type { PriceCategory } from '../../contract/costs.ts'
import { amountIn, categoryHeaded, currencyIn, heading, isNothing } from './csv-cells.ts'
import { type CsvRow, readCsvTable } from './csv-table.ts'
import { marketNamed } from './market-names.ts'

/** Notes stand above the headings in Meta's files; no more of them are looked at. */
const NOTES_MAX = 30

/** Prices as they are written, decimal, by market and category. */
export type WrittenRates = Readonly<Record<string, Readonly<Partial<Record<PriceCategory, string>>>>>

export interface CardCsv {
  /** `null`: the file has no column for it. */
  readonly currency: string | null
  readonly rates: WrittenRates
  /** Whoever reads a card with a fault in it takes nothing of it. */
  readonly faults: readonly CardFault[]
}

/**
 * A price list in the layout of the CSV files that Meta's pricing page links: notes, then a line of headings (Market, Currency,
 * Marketing, Utility, Authentication, Authentication-International, Service), then a line for each market, `n/a` where there
 * is no price. Columns may stand in any order and others beside them.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing (rate cards)
 */
export function readCardCsv(text: string): CardCsv {
  const table = readCsvTable(text)
  if (table === null) return failed('not_csv')
  const headAt = table.rows.slice(0, NOTES_MAX).findIndex(({ cells }) => columnsOf(cells) !== null)
  const head = table.rows[headAt]
  const columns = head === undefined ? null : columnsOf(head.cells)
  if (columns === null) return failed('no_headings')
  const rows = table.rows.slice(headAt + 1)
  const read = readRows(rows, columns, table.decimalComma)
  if (Object.keys(read.rates).length === 0 && read.faults.length === 0) return failed('no_rows', head?.line)
  if (read.faults.length === 0 && read.rates.other === undefined) return { ...read, faults: [fault(0, 'no_other')] }
  return read
}

interface Columns {
  readonly market: number
  readonly currency: number | null
  readonly categories: readonly (readonly [number, PriceCategory])[]
}

function columnsOf(cells: readonly string[]): Columns | null {
  const market = cells.findIndex((cell) => ['market', 'country', 'countryregion', 'region'].includes(heading(cell)))
  const currency = cells.findIndex((cell) => heading(cell) === 'currency')
  const categories = cells.flatMap((cell, at) => {
    const category = categoryHeaded(cell)
    return category === null ? [] : [[at, category] as const]
  })
  const isOnce = new Set(categories.map(([, category]) => category)).size === categories.length
  if (market === -1 || categories.length === 0 || !isOnce) return null
  return { market, currency: currency === -1 ? null : currency, categories }
}

function readRows(rows: readonly CsvRow[], columns: Columns, decimalComma: boolean): CardCsv {
  const rates: Record<string, Partial<Record<PriceCategory, string>>> = {}
  const faults: CardFault[] = []
  let currency: string | null = null
  for (const { line, cells } of rows) {
    const name = cells[columns.market] ?? ''
    const prices = columns.categories.map(([at, category]) => [category, cells[at] ?? ''] as const)
    // A note below the prices.
    if (name === '' || prices.every(([, cell]) => cell === '')) continue
    const market = marketNamed(name)
    if (market === null) faults.push(fault(line, 'unknown_market', name))
    else if (rates[market] !== undefined) faults.push(fault(line, 'market_twice', name))
    else rates[market] = readPrices(line, prices, decimalComma, faults)
    if (columns.currency === null) continue
    const written = cells[columns.currency] ?? ''
    const code = currencyIn(written)
    if (code === null || (currency !== null && currency !== code)) faults.push(fault(line, 'other_currency', written))
    currency ??= code
  }
  return { currency, rates, faults }
}

function readPrices(
  line: number,
  prices: readonly (readonly [PriceCategory, string])[],
  decimalComma: boolean,
  faults: CardFault[],
): Partial<Record<PriceCategory, string>> {
  const read: Partial<Record<PriceCategory, string>> = {}
  for (const [category, cell] of prices) {
    if (isNothing(cell)) continue
    const amount = amountIn(cell, decimalComma)
    if (amount === null) faults.push(fault(line, 'bad_amount', cell))
    else read[category] = amount
  }
  return read
}

function failed(code: CardFault['code'], line = 0): CardCsv {
  return { currency: null, rates: {}, faults: [fault(line, code)] }
}

function fault(line: number, code: CardFault['code'], detail = ''): CardFault {
  return { line, code, detail: detail.slice(0, 80) }
}
