import {
  COST_DIMENSIONS,
  type CostDimension,
  type CostSettings,
  type CostSum,
  type CostsAnswer,
  type PhoneSavings,
} from '../../contract/api/costs.ts'
import { FREE_SERVICE_MESSAGES } from '../../contract/costs.ts'
import { monthSpan } from './month-span.ts'
import { cardOn, type RateCard } from './rate-card.ts'
import type { ReportRow } from './report-rows.ts'

/** A month that has just begun says nothing about its end. */
const FORECAST_AFTER_MS = 24 * 60 * 60 * 1000

export interface MonthOfCosts {
  readonly month: string
  readonly nowMs: number
  readonly settings: CostSettings
  readonly cards: readonly RateCard[]
  readonly rows: readonly ReportRow[]
  readonly recounting: boolean
}

/** The report of a month: what Meta has said, added up in every way it is looked at. Estimates stand apart from it. */
export function buildCosts({ month, nowMs, settings, cards, rows, recounting }: MonthOfCosts): CostsAnswer {
  const told = rows.filter(({ basis }) => basis === 'meta')
  const total = sumOf(told, ({ amount }) => amount)
  const open = rows.filter(({ basis }) => basis === 'estimate')
  const card = cardOn(cards, settings.currency, `${month}-01`)
  return {
    month,
    ...settings,
    card: card === null ? null : describe(card),
    total,
    forecast: forecastOf(total, month, settings.timeZone, nowMs),
    by: sumsBy(told),
    unpriced: sumOf(told, ({ unpriced }) => unpriced),
    pending: { messages: sumOf(open, ({ messages }) => messages), amount: sumOf(open, ({ amount }) => amount) },
    differing: {
      messages: sumOf(told, ({ differing }) => differing),
      amount: sumOf(told, ({ difference }) => difference),
    },
    phone: phoneSavings(rows, card?.era === 'service_charged'),
    freeUsed: freeUsed(told),
    recounting,
  }
}

function sumOf(rows: readonly ReportRow[], figure: (row: ReportRow) => number): number {
  return rows.reduce((sum, row) => sum + figure(row), 0)
}

function describe(card: RateCard): NonNullable<CostsAnswer['card']> {
  const { id, era, effectiveFrom, example, source, imported, tiers } = card
  return { id, era, effectiveFrom, example, source, imported, tiered: tiers.size > 0 }
}

const KEYS: Readonly<Record<CostDimension, (row: ReportRow) => string>> = {
  day: ({ day }) => day,
  number: ({ numberId }) => numberId,
  kind: ({ category, reason }) => `${category} ${reason}`,
  country: ({ country }) => country ?? '',
  author: ({ author, memberId }) => (memberId === null ? (author ?? 'unknown') : `agent ${memberId}`),
  template: ({ template }) => template ?? '',
}

function sumsBy(rows: readonly ReportRow[]): CostsAnswer['by'] {
  const entries = COST_DIMENSIONS.map((dimension) => {
    const sums = addUp(rows, KEYS[dimension])
    return [dimension, dimension === 'day' ? sums.sort(byKey) : sums.sort(byAmount)] as const
  })
  return Object.fromEntries(entries) as Record<CostDimension, CostSum[]>
}

function addUp(rows: readonly ReportRow[], keyOf: (row: ReportRow) => string): CostSum[] {
  const sums = new Map<string, CostSum>()
  for (const row of rows) {
    const key = keyOf(row)
    const before = sums.get(key) ?? { key, messages: 0, charged: 0, amount: 0 }
    sums.set(key, {
      key,
      messages: before.messages + row.messages,
      charged: before.charged + (row.reason === 'regular' ? row.messages : 0),
      amount: before.amount + row.amount,
    })
  }
  return [...sums.values()]
}

function byKey(a: CostSum, b: CostSum): number {
  return a.key < b.key ? -1 : 1
}

function byAmount(a: CostSum, b: CostSum): number {
  return b.amount - a.amount || b.messages - a.messages || byKey(a, b)
}

function forecastOf(total: number, month: string, timeZone: string, nowMs: number): number | null {
  const { fromMs, toMs } = monthSpan(month, timeZone)
  if (nowMs >= toMs || nowMs - fromMs < FORECAST_AFTER_MS) return null
  return Math.round((total * (toMs - fromMs)) / (nowMs - fromMs))
}

function freeUsed(rows: readonly ReportRow[]): CostsAnswer['freeUsed'] {
  const free = rows.filter(({ reason }) => reason === 'free_tier')
  return addUp(free, ({ numberId }) => numberId).map(({ key, messages }) => ({ numberId: key, messages }))
}

/**
 * What the phone's answers would have cost as service messages: those that were free anyway are taken off the first days.
 */
function phoneSavings(rows: readonly ReportRow[], serviceCharged: boolean): PhoneSavings[] {
  const left = new Map(
    freeUsed(rows.filter(({ basis }) => basis === 'meta')).map(({ numberId, messages }) => [
      numberId,
      Math.max(0, FREE_SERVICE_MESSAGES - messages),
    ]),
  )
  const savings = new Map<string, PhoneSavings>()
  for (const { numberId, messages, estimated } of rows.filter(({ basis }) => basis === 'phone')) {
    const before = savings.get(numberId) ?? { numberId, messages: 0, wouldHaveCost: 0 }
    const free = serviceCharged ? (left.get(numberId) ?? FREE_SERVICE_MESSAGES) : 0
    const charged = Math.max(0, messages - free)
    left.set(numberId, free - (messages - charged))
    // Alike messages of one line cost the same each.
    const cost = serviceCharged ? (estimated / messages) * charged : 0
    savings.set(numberId, {
      numberId,
      messages: before.messages + messages,
      wouldHaveCost: before.wouldHaveCost + Math.round(cost),
    })
  }
  return [...savings.values()]
}
