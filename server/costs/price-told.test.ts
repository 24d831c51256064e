import { describe, expect, test } from 'vitest'
import { type AccountTerms, accountTerms, authenticationOf, type PriceNotice } from './account-terms.ts'
import { CARDS } from './cards.ts'
import { priceTold, type TellingState, type ToldMessage, type ToldPricing } from './price-told.ts'
import { readCards } from './read-card.ts'

const NOBODY: AccountTerms = { reached: [], international: null, home: null }
const state = (more: Partial<TellingState> = {}): TellingState => ({
  ...{ cards: CARDS, currency: 'USD', terms: NOBODY, volumes: new Map(), conversations: new Set() },
  ...more,
})
const come = (pricing: ToldPricing, facts: Partial<ToldMessage> = {}): ToldMessage => ({
  ...{ atMs: Date.UTC(2026, 10, 3), day: '2026-11-03', country: 'SA', conversationRef: null },
  pricing: { model: 'PMP', type: 'regular', category: 'service', ...pricing },
  ...facts,
})

describe('what was charged is Meta’s word, how much is the card’s', () => {
  test.each<[string, ToldMessage, object]>([
    ['an answer beyond the free ones', come({}), { reason: 'regular', amount: 10_700 }],
    ['one of the free ones', come({ type: 'free_customer_service' }), { reason: 'free_tier', amount: 0 }],
    [
      'before October 2026 the same word was the window’s',
      come({ type: 'free_customer_service' }, { day: '2026-08-03' }),
      { reason: 'free_window', amount: 0 },
    ],
    [
      'after an ad',
      come({ type: 'free_entry_point', category: 'referral_conversion' }),
      { reason: 'free_entry_point', category: 'referral_conversion', amount: 0 },
    ],
    ['exempt', come({ subtype: 'paid_exempt' }), { reason: 'exempt', amount: 0 }],
    [
      'Canada is North America, as the United States are',
      come({ category: 'marketing' }, { country: 'CA' }),
      { amount: 25_000 },
    ],
    [
      'Meta writes it with hyphens',
      come({ category: 'authentication-international' }),
      { category: 'authentication_international', amount: 59_800 },
    ],
    ['a group', come({ category: 'group_utility' }), { category: 'utility', amount: 10_700 }],
    ['a customer of no country', come({}, { country: null }), { amount: 7_700 }],
    ['a kind that no card knows', come({ category: 'calls' }), { category: 'calls', amount: null }],
    ['free in words we do not know', come({ type: 'free_new', billable: false }), { reason: 'free_told', amount: 0 }],
    ['charged in words we do not know', come({ type: 'surge', billable: true }), { reason: 'regular', amount: 10_700 }],
    ['no card of that time', come({}, { day: '2020-01-01' }), { reason: 'regular', amount: null }],
  ])('%s', (_, message, price) => expect(priceTold(message, state())).toMatchObject(price))
})

test('of a conversation, until June 2025, one message is charged', () => {
  const going = state()
  const day = '2025-03-03'
  const cbp = (category: string, conversationRef: string | null, billable = true) =>
    priceTold(come({ model: 'CBP', type: null, category, billable }, { day, conversationRef }), going)
  expect(cbp('utility', 'a')).toMatchObject({ reason: 'regular', amount: 10_700 })
  expect(cbp('utility', 'a')).toMatchObject({ reason: 'open_conversation', amount: 0 })
  expect(cbp('marketing', 'b')).toMatchObject({ reason: 'regular', amount: 50_100 })
  expect(cbp('service', 'c', false)).toMatchObject({ reason: 'free_window', amount: 0 })
  expect(cbp('referral_conversion', 'd', false)).toMatchObject({ reason: 'free_entry_point' })
})

const tiered = readCards([
  {
    ...{
      id: 'tiers',
      currency: 'USD',
      effectiveFrom: '2026-10-01',
      era: 'service_charged',
      example: true,
      source: 'x',
    },
    rates: {
      SA: { utility: '0.0100', authentication: '0.0100', service: '0.0100' },
      AE: { utility: '0.0200' },
      other: { utility: '0.0300' },
    },
    tiers: {
      SA: {
        utility: [
          { from: 0, to: 2, amount: '0.0100' },
          { from: 3, to: 4, amount: '0.0090' },
          { from: 5, to: null, amount: '0.0080' },
        ],
      },
    },
  },
])

describe('volume tiers', () => {
  test('count what was charged in a month, market and category; the message that reaches a tier has its price', () => {
    const going = state({ cards: tiered })
    const amounts = (count: number, pricing: ToldPricing, facts: Partial<ToldMessage> = {}) =>
      Array.from({ length: count }, () => priceTold(come({ category: 'utility', ...pricing }, facts), going).amount)
    expect(amounts(2, {})).toEqual([10_000, 10_000])
    // What is free counts for no tier, and neither do other markets and categories.
    amounts(5, { type: 'free_entry_point' })
    amounts(5, {}, { country: 'AE' })
    amounts(5, { category: 'service' })
    expect(amounts(3, {})).toEqual([9_000, 9_000, 8_000])
    expect(amounts(1, {}, { day: '2026-12-01' }), 'a new month').toEqual([10_000])
  })

  test('Meta’s word that a tier is reached goes before our count, from its time on', () => {
    const reached: PriceNotice = {
      event: 'VOLUME_BASED_PRICING_TIER_UPDATE',
      data: {
        volume_tier_info: {
          ...{ tier_update_time: Date.UTC(2026, 10, 10) / 1000, pricing_category: 'UTILITY', tier: '5:MAX' },
          ...{ effective_month: '2026-11', region: 'SAUDI ARABIA' },
        },
      },
    }
    const going = state({ cards: tiered, terms: accountTerms([reached]) })
    const at = (day: number) =>
      priceTold(come({ category: 'utility' }, { atMs: Date.UTC(2026, 10, day) }), going).amount
    expect([at(9), at(10), at(11)]).toEqual([10_000, 8_000, 8_000])
  })
})

describe('authentication from abroad', () => {
  const told = (data: object): PriceNotice => ({
    event: 'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE',
    data: { auth_international_rate_eligibility: data },
  })
  const home: PriceNotice = { event: 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', data: { country: 'AE' } }
  const START = Date.UTC(2026, 9, 1)
  const LATER = Date.UTC(2026, 10, 1)
  const terms = accountTerms([
    home,
    told({ start_time: START / 1000, exception_countries: [{ country_code: 'ID', start_time: LATER / 1000 }] }),
  ])

  test.each<[string, string | null, number, string]>([
    ['from the day Meta told', 'SA', START, 'authentication_international'],
    ['not before it', 'SA', START - 1, 'authentication'],
    ['a country with a day of its own, before it', 'ID', LATER - 1, 'authentication'],
    ['and from it on', 'ID', LATER, 'authentication_international'],
    ['at home', 'AE', LATER, 'authentication'],
    ['nobody knows where', null, LATER, 'authentication'],
  ])('%s', (_, country, atMs, category) => expect(authenticationOf(terms, country, atMs)).toBe(category))

  test('not without a word of Meta’s, and a word that cannot be read changes nothing', () => {
    expect(authenticationOf(accountTerms([home, told({ start_time: 'soon' })]), 'SA', LATER)).toBe('authentication')
    expect(accountTerms([{ event: 'VOLUME_BASED_PRICING_TIER_UPDATE', data: {} }]).reached).toEqual([])
  })
})
