import { expect, test } from 'vitest'
import { buildCosts, type MonthOfCosts } from './build-costs.ts'
import { CARDS } from './cards.ts'
import type { DeliveredRow } from './cost-rows.ts'
import { replayEras } from './replay-eras.ts'
import type { ReportRow } from './report-rows.ts'

const row = (facts: Partial<ReportRow>): ReportRow => ({
  ...{ day: '2026-11-03', numberId: 'n1', basis: 'meta', category: 'service', reason: 'regular', country: 'SA' },
  ...{ author: 'agent', memberId: 'm1', template: null, messages: 1, amount: 10_700, unpriced: 0 },
  ...{ estimated: 10_700, differing: 0, difference: 0 },
  ...facts,
})
const november: MonthOfCosts = {
  month: '2026-11',
  nowMs: Date.UTC(2026, 10, 16),
  settings: { currency: 'USD', timeZone: 'UTC', exempt: false },
  cards: CARDS,
  rows: [],
  recounting: false,
}

test('the same total in every way it is looked at: the dearest first, days in their order', () => {
  const rows = [
    row({ messages: 3, amount: 32_100 }),
    row({ day: '2026-11-02', reason: 'free_tier', amount: 0, messages: 2, memberId: 'm2' }),
    row({ author: 'bot', memberId: null, country: null, category: 'utility', template: 'paid', amount: 50_000 }),
  ]
  const { total, by } = buildCosts({ ...november, rows })
  expect(total).toBe(82_100)
  expect(by).toEqual({
    day: [
      { key: '2026-11-02', messages: 2, charged: 0, amount: 0 },
      { key: '2026-11-03', messages: 4, charged: 4, amount: 82_100 },
    ],
    number: [{ key: 'n1', messages: 6, charged: 4, amount: 82_100 }],
    kind: [
      { key: 'utility regular', messages: 1, charged: 1, amount: 50_000 },
      { key: 'service regular', messages: 3, charged: 3, amount: 32_100 },
      { key: 'service free_tier', messages: 2, charged: 0, amount: 0 },
    ],
    country: [
      { key: '', messages: 1, charged: 1, amount: 50_000 },
      { key: 'SA', messages: 5, charged: 3, amount: 32_100 },
    ],
    author: [
      { key: 'bot', messages: 1, charged: 1, amount: 50_000 },
      { key: 'agent m1', messages: 3, charged: 3, amount: 32_100 },
      { key: 'agent m2', messages: 2, charged: 0, amount: 0 },
    ],
    template: [
      { key: 'paid', messages: 1, charged: 1, amount: 50_000 },
      { key: '', messages: 5, charged: 3, amount: 32_100 },
    ],
  })
})

test('what is on its way stands apart, and so does what Meta said otherwise', () => {
  const rows = [
    row({ differing: 1, difference: -10_700, amount: 0, reason: 'free_tier' }),
    row({ basis: 'estimate', messages: 4, amount: 42_800 }),
    row({ category: 'bananas', amount: 0, unpriced: 1 }),
  ]
  expect(buildCosts({ ...november, rows })).toMatchObject({
    total: 0,
    pending: { messages: 4, amount: 42_800 },
    differing: { messages: 1, amount: -10_700 },
    unpriced: 1,
    freeUsed: [{ numberId: 'n1', messages: 1 }],
  })
})

test('half of the month tells the whole; a day of it, or a month that is over, does not', () => {
  const rows = [row({ messages: 10, amount: 107_000 })]
  expect(buildCosts({ ...november, rows }).forecast).toBe(214_000)
  expect(buildCosts({ ...november, rows, nowMs: Date.UTC(2026, 10, 1, 5) }).forecast).toBeNull()
  expect(buildCosts({ ...november, rows, nowMs: Date.UTC(2026, 11, 1) }).forecast).toBeNull()
})

test('the phone saved what lies beyond the free answers that were left', () => {
  const phone = (facts: Partial<ReportRow>) =>
    row({ basis: 'phone', reason: 'phone', amount: 0, author: 'phone', memberId: null, ...facts })
  const rows = [
    row({ reason: 'free_tier', amount: 0, messages: 990 }),
    phone({ messages: 8, estimated: 8 * 10_700 }),
    phone({ day: '2026-11-04', messages: 22, estimated: 22 * 3_600, country: 'EG' }),
  ]
  expect(buildCosts({ ...november, rows }).phone).toEqual([{ numberId: 'n1', messages: 30, wouldHaveCost: 20 * 3_600 }])
  // Answers through the API were free as well then.
  expect(buildCosts({ ...november, month: '2026-08', rows }).phone).toMatchObject([{ messages: 30, wouldHaveCost: 0 }])
})

test('the same traffic under each model: answers and utility in the window were free, conversations bundled', () => {
  const at = (hours: number, facts: Partial<DeliveredRow>): DeliveredRow => ({
    ...{ numberId: 'n1', contactId: 'c1', country: 'SA', day: '2026-11-03', reason: 'regular', inWindow: true },
    ...{ deliveredAtMs: Date.UTC(2026, 10, 3, hours), category: 'utility', ...facts },
  })
  const rows = [
    at(1, {}),
    at(2, {}),
    at(3, { category: 'service' }),
    at(4, { inWindow: false }),
    at(5, { category: 'calls' }),
  ]
  expect(replayEras(rows, CARDS, november.settings)).toMatchObject([
    { era: 'conversation', messages: 4, charged: 1, amount: 10_700, example: true },
    { era: 'per_message', messages: 4, charged: 1, amount: 10_700, example: false },
    { era: 'service_charged', messages: 4, charged: 3, amount: 32_100, example: false },
  ])
})
