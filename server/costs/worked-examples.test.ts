import { describe, expect, test } from 'vitest'
import type { PriceReason } from '../../contract/costs.ts'
import { CARDS } from './cards.ts'
import { type DeliveredMessage, type Price, priceMessages } from './price-messages.ts'
import { priceTold, type TellingState, type ToldPricing } from './price-told.ts'

/** A month of mixed traffic in each of Meta's models, with the arithmetic written out: price times messages, in dollars. */

const HOUR = 3_600_000

const one = (facts: Partial<DeliveredMessage>): DeliveredMessage => ({
  ...{ numberId: 'n1', contactId: 'c1', country: 'SA', category: 'service', from: 'api', deliveredAtMs: 0 },
  ...{ day: '2026-10-15', inWindow: true, freeEntryPoint: false, reaction: false },
  ...facts,
})
const many = (count: number, facts: Partial<DeliveredMessage>) => Array.from({ length: count }, () => one(facts))
const priced = (messages: readonly DeliveredMessage[], exempt = false) =>
  priceMessages(messages, { cards: CARDS, currency: 'USD', exempt })
/** In dollars, exactly: amounts are whole millionths. */
const dollars = (prices: readonly Price[]) => prices.reduce((sum, { amount }) => sum + amount, 0) / 1_000_000

/** The same month, whatever the model. */
const traffic = (day: string): DeliveredMessage[] =>
  [
    ...many(60, { freeEntryPoint: true }),
    ...many(15, { freeEntryPoint: true, category: 'marketing' as const }),
    ...many(1_300, {}),
    ...many(400, { numberId: 'n2', country: 'IN' }),
    ...many(250, { category: 'marketing', inWindow: false }),
    ...many(40, { category: 'marketing', country: 'US', inWindow: false }),
    ...many(120, { category: 'utility', country: 'EG' }),
    ...many(30, { category: 'utility', country: 'JO', inWindow: false }),
    ...many(7, { category: 'utility', country: 'CU', inWindow: false }),
    ...many(2_000, { category: 'authentication', country: 'IN', inWindow: false }),
    ...many(10, { category: 'authentication_international', country: 'AE', inWindow: false }),
    ...many(500, { from: 'phone' }),
    ...many(25, { reaction: true }),
  ].map((message, index) => ({ ...message, day, contactId: `c${index}`, deliveredAtMs: index }))

describe('since October 2026: per message, the answers too', () => {
  const total =
    300 * 0.0107 + // 1,300 answers of the first number, less its 1,000 free ones; those after an ad do not count
    // 400 answers of the second number are all among its own 1,000
    250 * 0.0576 + // marketing, Saudi Arabia
    40 * 0.025 + // marketing, United States: North America
    120 * 0.0036 + // utility, Egypt, charged in the window too
    30 * 0.0091 + // utility, Jordan: rest of the Middle East
    7 * 0.0077 + // utility, Cuba: all other countries
    2_000 * 0.0014 + // authentication, India
    10 * 0.051 // authentication from abroad, Emirates
  test('22.6789 dollars', () => {
    expect(total).toBeCloseTo(22.6789, 10)
    expect(dollars(priced(traffic('2026-10-15')))).toBe(22.6789)
  })

  test('exempt from the price of answers, 3.21 less, to the last day of 2027', () => {
    expect(dollars(priced(traffic('2026-10-15'), true))).toBe(19.4689)
    expect(dollars(priced(traffic('2027-12-31'), true))).toBe(19.4689)
    expect(dollars(priced(traffic('2028-01-01'), true))).toBe(22.6789)
  })

  test('by Meta’s word, message by message, the same total', () => {
    const messages = traffic('2026-10-15').filter(({ from, reaction }) => from === 'api' && !reaction)
    const state: TellingState = {
      ...{ cards: CARDS, currency: 'USD', terms: { reached: [], international: null, home: null } },
      ...{ volumes: new Map(), conversations: new Set() },
    }
    const told = priced(messages).map(({ reason }, index) => {
      const { country, day, category } = messages[index] as DeliveredMessage
      const pricing = META_SAYS(reason, category)
      return priceTold({ atMs: index, day, country, pricing, conversationRef: null }, state)
    })
    expect(told.reduce((sum, { amount }) => sum + (amount ?? 0), 0)).toBe(22_678_900)
    expect(told.map(({ reason }) => reason)).toEqual(priced(messages).map(({ reason }) => reason))
  })
})

const META_SAYS = (reason: PriceReason, category: string): ToldPricing => {
  const model = 'PMP'
  if (reason === 'free_entry_point') return { model, billable: false, type: reason, category: 'referral_conversion' }
  if (reason === 'free_tier') return { model, billable: false, type: 'free_customer_service', category }
  return { model, billable: true, type: 'regular', category: category.replace('_', '-') }
}

describe('from July 2025 to September 2026: per template, answers free', () => {
  const total =
    250 * 0.0501 + // marketing, Saudi Arabia, by the card of July 2026
    40 * 0.025 + // marketing, United States
    // 120 of utility to Egypt are free in the window
    30 * 0.0091 + // utility, Jordan, outside it
    7 * 0.0077 + // utility, Cuba
    2_000 * 0.0014 + // authentication, India
    10 * 0.051 // authentication from abroad, Emirates
  test('17.1619 dollars', () => {
    expect(total).toBeCloseTo(17.1619, 10)
    expect(dollars(priced(traffic('2026-08-15')))).toBe(17.1619)
  })

  test('volume tiers, by the example card: over both numbers, anew each month, charged messages alone', () => {
    const india = { country: 'IN', day: '2025-11-20', category: 'utility', inWindow: false } as const
    const messages = [
      ...many(3_000, india),
      ...many(800, { ...india, inWindow: true }),
      ...many(3_200, { ...india, numberId: 'n2' }),
      ...many(1_500, { ...india, category: 'authentication' }),
      ...many(10, { ...india, day: '2025-12-01' }),
    ]
    const written =
      1_000 * 0.0014 + // the first tier of utility
      4_000 * 0.0013 + // 1,001 to 5,000
      1_200 * 0.0012 + // from 5,001 on; the 800 in the window count for none
      1_000 * 0.0014 + // the first tier of authentication
      500 * 0.0012 + // from 1,001 on
      10 * 0.0014 // December begins anew
    expect(written).toBeCloseTo(10.054, 10)
    expect(dollars(priced(messages))).toBe(10.054)
  })
})

describe('to June 2025: per conversation of 24 hours, by the example card', () => {
  const at = (hours: number, facts: Partial<DeliveredMessage>) =>
    one({ day: '2025-03-10', deliveredAtMs: hours * HOUR, category: 'utility', ...facts })
  const messages = [
    // Saudi Arabia: two conversations of utility, the second since 24 hours are over; one of marketing beside them.
    ...[at(8, {}), at(10, {}), at(31.99, {}), at(32, {}), at(12, { category: 'marketing' })],
    // Egypt: answers are free and open nothing that is charged.
    at(9, { contactId: 'c2', country: 'EG', category: 'service' }),
    at(9, { contactId: 'c2', country: 'EG' }),
    at(10, { contactId: 'c2', country: 'EG', category: 'service' }),
    at(11, { contactId: 'c2', country: 'EG', category: 'marketing' }),
    at(30, { contactId: 'c2', country: 'EG', category: 'marketing' }),
    // Somebody who came by an ad: everything is free.
    at(9, { contactId: 'c3', freeEntryPoint: true }),
    at(80, { contactId: 'c3', freeEntryPoint: true, category: 'marketing' }),
    // The same customer on the second number is another conversation.
    at(9, { numberId: 'n2' }),
    // India: authentication, three codes within the day.
    ...[1, 2, 3].map((hour) => at(hour, { contactId: 'c4', country: 'IN', category: 'authentication' })),
  ]
  const total =
    2 * 0.0107 + // utility, Saudi Arabia
    1 * 0.0501 + // marketing, Saudi Arabia
    1 * 0.0036 + // utility, Egypt
    1 * 0.0644 + // marketing, Egypt: the second lies within 24 hours of the first
    1 * 0.0107 + // utility on the second number
    1 * 0.0014 // authentication, India
  test('0.1516 dollars', () => {
    expect(total).toBeCloseTo(0.1516, 10)
    expect(dollars(priced(messages))).toBe(0.1516)
  })
})
