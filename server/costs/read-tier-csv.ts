import type { CardFault } from '../../contract/api/rate-cards.ts'
import type { PriceCategory } from '../../contract/costs.ts'
import { amountIn, categoryHeaded, countIn, currencyIn, heading, isNothing } from './csv-cells.ts'
import { type CsvRow, readCsvTable } from './csv-table.ts'
import { marketNamed } from './market-names.ts'
import type { WrittenTier, WrittenTiers } from './read-card.ts'

/** Lines of notes and headings that are looked at. */
const HEAD_MAX = 30

export interface TierCsv {
  readonly currency: string | null
  readonly tiers: WrittenTiers
  readonly faults: readonly CardFault[]
}

/**
 * Volume tiers, in the layout of the files that Meta's pricing page links beside the price lists: a line that names the
 * categories above their columns, a line of headings (Market, Currency, then From, To, Rate type, Rate … for each category),
 * then a line for each tier; the market stands in the first of its lines alone, and `--` ends the last tier. No page at hand
 * shows such a file, so this layout is constructed after what other programs read.
 */
export function readTierCsv(text: string): TierCsv {
  const table = readCsvTable(text)
  if (table === null) return failed('not_csv')
  const headAt = table.rows.slice(0, HEAD_MAX).findIndex(({ cells }) => fromColumns(cells).length > 0)
  const groups = headAt === -1 ? [] : groupsOf(table.rows.slice(0, headAt + 1))
  if (groups.length === 0) return failed('no_headings')
  const read = readRows(table.rows.slice(headAt + 1), groups, currencyColumn(table.rows.slice(0, headAt + 1)))
  const tiers = new Map<string, Partial<Record<PriceCategory, WrittenTier[]>>>()
  const faults = [...read.faults]
  for (const { line, market, category, cells } of read.lines) {
    const before = tiers.get(market)?.[category] ?? []
    const tier = tierIn(cells, table.decimalComma, before.at(-1))
    if ('code' in tier) faults.push(fault(line, tier.code, tier.detail))
    else tiers.set(market, { ...tiers.get(market), [category]: [...before, tier] })
  }
  if (tiers.size === 0 && faults.length === 0) return failed('no_rows')
  return { currency: read.currency, tiers: Object.fromEntries(tiers), faults }
}

interface Group {
  readonly category: PriceCategory
  readonly from: number
  readonly to: number
  readonly rate: number
}

/** The columns of each category: it is named above them, at the first or before it. */
function groupsOf(head: readonly CsvRow[]): Group[] {
  const headings = head.at(-1)?.cells ?? []
  const starts = fromColumns(headings)
  return starts.flatMap((from, index) => {
    const end = starts[index + 1] ?? headings.length
    const find = (name: string): number =>
      headings.findIndex((cell, at) => at > from && at < end && heading(cell) === name)
    const after = index === 0 ? -1 : (starts[index - 1] ?? -1)
    const category = head
      .flatMap(({ cells }) => cells.map((cell, at) => (at > after && at <= from ? categoryHeaded(cell) : null)))
      .find((found) => found !== null)
    const [to, rate] = [find('to'), find('rate')]
    return category == null || to === -1 || rate === -1 ? [] : [{ category, from, to, rate }]
  })
}

function fromColumns(cells: readonly string[]): number[] {
  return cells.flatMap((cell, at) => (heading(cell) === 'from' ? [at] : []))
}

/** The second column, where it has no heading of its own. */
function currencyColumn(head: readonly CsvRow[]): number {
  const found = head.map(({ cells }) => cells.findIndex((cell) => heading(cell) === 'currency')).find((at) => at !== -1)
  return found ?? 1
}

interface TierLine {
  readonly line: number
  readonly market: string
  readonly category: PriceCategory
  readonly cells: readonly [string, string, string]
}

function readRows(rows: readonly CsvRow[], groups: readonly Group[], currencyAt: number) {
  const lines: TierLine[] = []
  const faults: CardFault[] = []
  let market: string | null = null
  let currency: string | null = null
  for (const { line, cells } of rows) {
    const name = cells[0] ?? ''
    const own = groups.map(({ category, from, to, rate }) => {
      return { category, cells: [cells[from] ?? '', cells[to] ?? '', cells[rate] ?? ''] as const }
    })
    const told = own.filter((one) => !one.cells.every(isNothing))
    if (told.length === 0) continue
    if (name !== '') {
      market = marketNamed(name)
      if (market === null) faults.push(fault(line, 'unknown_market', name))
    }
    const code = currencyIn(cells[currencyAt] ?? '')
    if (code !== null && currency !== null && code !== currency) faults.push(fault(line, 'other_currency', code))
    currency ??= code
    if (market !== null) for (const one of told) lines.push({ ...one, line, market })
  }
  return { lines, faults, currency }
}

type Fault = Pick<CardFault, 'code' | 'detail'>

function tierIn(
  [from, to, rate]: readonly [string, string, string],
  decimalComma: boolean,
  before: WrittenTier | undefined,
): WrittenTier | Fault {
  const first = countIn(from)
  const last = isNothing(to) || /^max$/i.test(to) ? null : countIn(to)
  const amount = amountIn(rate, decimalComma)
  if (first === null) return { code: 'bad_count', detail: from }
  if (last === null && !(isNothing(to) || /^max$/i.test(to))) return { code: 'bad_count', detail: to }
  if (last !== null && last < first) return { code: 'bad_count', detail: to }
  if (amount === null) return { code: 'bad_amount', detail: rate }
  if (before === undefined && first > 1) return { code: 'tier_start', detail: from }
  if (before !== undefined && first !== (before.to ?? Number.NaN) + 1) return { code: 'tier_gap', detail: from }
  return { from: first, to: last, amount }
}

function failed(code: CardFault['code']): TierCsv {
  return { currency: null, tiers: {}, faults: [fault(0, code)] }
}

function fault(line: number, code: CardFault['code'], detail = ''): CardFault {
  return { line, code, detail: detail.slice(0, 80) }
}
