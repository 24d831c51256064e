import { describe, expect, test } from 'vitest'
import { FREE_SERVICE_MESSAGES } from '../../contract/costs.ts'
import { CARDS } from './cards.ts'
import { type DeliveredMessage, priceMessages } from './price-messages.ts'
import { millionthsOf, readCards } from './read-card.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 9, 5, 8)

const message = (facts: Partial<DeliveredMessage>): DeliveredMessage => ({
  numberId: 'n1',
  contactId: 'c1',
  country: 'SA',
  category: 'service',
  from: 'api',
  deliveredAtMs: START,
  day: '2026-10-05',
  inWindow: true,
  freeEntryPoint: false,
  reaction: false,
  ...facts,
})
const price = (messages: readonly DeliveredMessage[], exempt = false) =>
  priceMessages(messages, { cards: CARDS, currency: 'USD', exempt })
const total = (messages: readonly DeliveredMessage[]) => price(messages).reduce((sum, { amount }) => sum + amount, 0)
const times = (count: number, facts: Partial<DeliveredMessage>) => Array.from({ length: count }, () => message(facts))

describe('since October 2026', () => {
  test.each<[string, Partial<DeliveredMessage>, number, string]>([
    ['a marketing template', { category: 'marketing' }, 57_600, 'regular'],
    ['a utility template, though the window is open', { category: 'utility' }, 10_700, 'regular'],
    ['an authentication of a business from abroad', { category: 'authentication_international' }, 59_800, 'regular'],
    ['a country in a region', { category: 'marketing', country: 'JO' }, 39_200, 'regular'],
    ['a country of no list', { category: 'marketing', country: 'CU' }, 60_400, 'regular'],
    ['a hidden number', { category: 'utility', country: null }, 7_700, 'regular'],
    ['an answer written on the phone', { from: 'phone' }, 0, 'phone'],
    ['a reaction', { reaction: true }, 0, 'free_reaction'],
    ['a template within a free entry point', { category: 'marketing', freeEntryPoint: true }, 0, 'free_entry_point'],
    ['the first answer of the month', {}, 0, 'free_tier'],
  ])('%s', (_, facts, amount, reason) => {
    expect(price([message(facts)])).toEqual([{ amount, reason, cardId: 'usd-2026-10' }])
  })

  test('a thousand answers a month and number are free, the next is not, and the next month begins anew', () => {
    const october = price(times(FREE_SERVICE_MESSAGES + 1, {}))
    expect(october.at(-2)).toMatchObject({ amount: 0, reason: 'free_tier' })
    expect(october.at(-1)).toMatchObject({ amount: 10_700, reason: 'regular' })
    const prices = price([
      ...times(FREE_SERVICE_MESSAGES, {}),
      message({ day: '2026-11-01' }),
      message({ numberId: 'n2' }),
      message({}),
    ])
    expect(prices.slice(-3).map(({ reason }) => reason)).toEqual(['free_tier', 'free_tier', 'regular'])
  })

  test('who is exempt pays no answers, but templates', () => {
    const prices = price([...times(FREE_SERVICE_MESSAGES, {}), message({}), message({ category: 'utility' })], true)
    expect(prices.slice(-2)).toMatchObject([
      { amount: 0, reason: 'exempt' },
      { amount: 10_700, reason: 'regular' },
    ])
  })
})

describe('from July 2025 to September 2026', () => {
  const day = '2026-08-20'
  test.each<[string, Partial<DeliveredMessage>, number, string]>([
    ['an answer', {}, 0, 'free_window'],
    ['a utility template in the window', { category: 'utility' }, 0, 'free_window'],
    ['a utility template outside it', { category: 'utility', inWindow: false }, 10_700, 'regular'],
    ['marketing, by the card of July 2026', { category: 'marketing' }, 50_100, 'regular'],
    ['Kuwait had no row of its own', { category: 'marketing', country: 'KW' }, 34_100, 'regular'],
  ])('%s', (_, facts, amount, reason) => {
    expect(price([message({ day, ...facts })])).toEqual([{ amount, reason, cardId: 'usd-2026-07' }])
  })
})

describe('per conversation, before July 2025', () => {
  const day = '2025-03-03'
  const at = (hours: number, facts: Partial<DeliveredMessage>) =>
    message({ day, deliveredAtMs: START + hours * HOUR, category: 'utility', ...facts })
  test('the first template opens 24 hours, in its category and with its customer', () => {
    const prices = price([
      at(0, {}),
      at(1, {}),
      at(2, { category: 'marketing' }),
      at(3, { contactId: 'c2' }),
      at(24, {}),
    ])
    expect(prices.map(({ reason }) => reason)).toEqual([
      'regular',
      'open_conversation',
      'regular',
      'regular',
      'regular',
    ])
  })
  test('answers were free', () => {
    expect(price([at(0, { category: 'service' })])).toMatchObject([{ amount: 0, reason: 'free_window' }])
  })
})

test('before the first card nothing is claimed', () => {
  expect(price([message({ day: '2020-01-01' })])).toEqual([{ amount: 0, reason: 'regular', cardId: null }])
})

test('a month of mixed traffic, to the last decimal', () => {
  const month = [
    ...times(1_250, {}), // 250 charged at 0.0107
    ...times(300, { category: 'marketing' }), // 0.0576
    ...times(120, { category: 'utility', country: 'EG' }), // 0.0036
    ...times(40, { category: 'authentication', country: 'IN' }), // 0.0014
    ...times(500, { from: 'phone' }),
  ]
  expect(total(month)).toBe(2_675_000 + 17_280_000 + 432_000 + 56_000)
})

describe('a card as it is written', () => {
  test('amounts are exact', () => {
    expect(['0.0107', '1', '12.000001', '1.0000001', '-1', 'x'].map(millionthsOf)).toEqual([
      10_700,
      1_000_000,
      12_000_001,
      null,
      null,
      null,
    ])
  })
  test('47 markets in October 2026, 38 in July', () => {
    expect(CARDS.map(({ id, rates }) => [id, rates.size])).toEqual([
      ['usd-2024-11-example', 38],
      ['usd-2025-07-example', 38],
      ['usd-2026-07', 38],
      ['usd-2026-10', 47],
    ])
  })
  test('a bad one is refused', () => {
    const good = {
      id: 'x',
      currency: 'USD',
      effectiveFrom: '2026-10-01',
      era: 'per_message',
      example: true,
      source: 'https://x.example',
    }
    expect(() => readCards([{ ...good, rates: { SA: { marketing: '5 cents' } } }])).toThrow()
    expect(() => readCards([{ ...good, ratesOf: 'y' }])).toThrow('Rate card x has no prices')
  })
})
