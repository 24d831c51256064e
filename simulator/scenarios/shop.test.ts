import { describe, expect, test } from 'vitest'
import type { ScenarioAct } from '../scenario.ts'
import { shopScenario } from './shop.ts'
import { continueShop } from './shop-continue.ts'

const DAY_MS = 86_400_000
const nowMs = Date.UTC(2026, 10, 23, 13, 30)
const shop = shopScenario({ seed: 1, nowMs })
const past = shop.acts.filter((act) => act.atOffsetMs < 0)
const live = shop.acts.filter((act) => act.atOffsetMs >= 0)

type Send = Extract<ScenarioAct, { do: 'send' }>
const sends = (acts: readonly ScenarioAct[]) => acts.filter((act): act is Send => act.do === 'send')
const texts = sends(shop.acts).flatMap((act) => ('body' in act.message ? [act.message.body] : []))

describe('the shop', () => {
  test('is the same for the same seed and another for another', () => {
    expect(shopScenario({ seed: 1, nowMs })).toEqual(shop)
    expect(shopScenario({ seed: 2, nowMs }).acts).not.toEqual(shop.acts)
  })

  test('has hundreds of customers and thousands of messages', () => {
    expect(shop.customers.length).toBeGreaterThanOrEqual(320)
    expect(sends(past).length).toBeGreaterThanOrEqual(6000)
    expect(new Set(sends(past).map((act) => act.customer)).size).toBeGreaterThanOrEqual(320)
  })

  test('acts come in order, from 180 days ago to minutes before connecting', () => {
    const offsets = shop.acts.map((act) => act.atOffsetMs)
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
    expect(offsets[0]).toBeGreaterThanOrEqual(-180 * DAY_MS)
    expect(past.at(-1)?.atOffsetMs).toBeGreaterThan(-10 * 60_000)
  })

  test('every phase of history holds messages', () => {
    const between = (from: number, to: number) =>
      past.filter((act) => act.atOffsetMs >= from && act.atOffsetMs < to).length
    expect(between(-DAY_MS, 0)).toBeGreaterThan(100)
    expect(between(-90 * DAY_MS, -DAY_MS)).toBeGreaterThan(2000)
    expect(between(-180 * DAY_MS, -90 * DAY_MS)).toBeGreaterThan(1000)
  })

  test('quotes, reactions, edits and deletions are about messages of the same chat that came before', () => {
    const seen = new Map<string, Send>()
    for (const act of shop.acts) {
      const target = act.do === 'send' ? act.quoteKey : 'targetKey' in act ? act.targetKey : undefined
      if (target !== undefined) expect(seen.get(target)?.customer, `${act.do} of ${target}`).toBe(act.customer)
      if (act.do === 'send') {
        expect(seen.has(act.key), `key ${act.key} twice`).toBe(false)
        seen.set(act.key, act)
      }
    }
  })

  test('authors correct their own messages, within 15 minutes', () => {
    const byKey = new Map(sends(shop.acts).map((act) => [act.key, act]))
    const corrections = shop.acts.filter((act) => act.do === 'edit' || act.do === 'delete')
    expect(corrections.length).toBeGreaterThan(20)
    for (const act of corrections) {
      const target = byKey.get(act.targetKey)
      expect(target?.by).toBe(act.by)
      expect(act.atOffsetMs - (target?.atOffsetMs ?? 0)).toBeLessThan(15 * 60_000)
    }
  })

  test('holds every kind of message and of act, in the past and live', () => {
    for (const acts of [past, live]) {
      expect(new Set(acts.map((act) => act.do))).toEqual(new Set(['send', 'react', 'edit', 'delete']))
      const types = new Set(sends(acts).map((act) => act.message.type))
      for (const type of ['text', 'image', 'audio', 'document', 'order', 'unsupported'] as const)
        expect(types).toContain(type)
      expect(sends(acts).some((act) => act.quoteKey !== undefined)).toBe(true)
      expect(sends(acts).some((act) => act.referral !== undefined)).toBe(true)
    }
    const all = new Set(sends(past).map((act) => act.message.type))
    for (const type of ['video', 'sticker', 'location', 'contacts'] as const) expect(all).toContain(type)
  })

  test('customers are of many kinds, and no two share a number, a user id or a username', () => {
    expect(
      shop.customers.filter((customer) => customer.phone === null && customer.username && customer.userId).length,
    ).toBeGreaterThanOrEqual(3)
    expect(shop.customers.some((customer) => customer.userId === null)).toBe(true)
    expect(shop.customers.some((customer) => customer.addressBookName === null)).toBe(true)
    for (const prefix of ['9665', '9715', '201', '965', '447', '3519', '91']) {
      expect(
        shop.customers.some((customer) => customer.phone?.startsWith(prefix)),
        prefix,
      ).toBe(true)
    }
    for (const field of ['key', 'phone', 'userId', 'username'] as const) {
      const values = shop.customers.map((customer) => customer[field]).filter((value) => value !== null)
      expect(new Set(values).size, field).toBe(values.length)
    }
  })

  test('speaks Arabic and English, and leaves no slot unfilled', () => {
    expect(texts.filter((text) => /\p{Script=Arabic}/u.test(text)).length).toBeGreaterThan(3000)
    expect(texts.filter((text) => /^[^\p{Script=Arabic}]+$/u.test(text)).length).toBeGreaterThan(1000)
    expect(texts.filter((text) => /[{}|~]|undefined|NaN/.test(text))).toEqual([])
  })

  test('customers write by day, in Riyadh', () => {
    const begun = sends(past).filter(
      (act) => act.by === 'customer' && act.key.endsWith('.1') && act.atOffsetMs < -2 * DAY_MS,
    )
    const hours = begun.map((act) => new Date(nowMs + act.atOffsetMs + 3 * 3_600_000).getUTCHours())
    const share = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length / hours.length
    expect(share(2, 7)).toBeLessThan(0.05)
    expect(share(16, 24)).toBeGreaterThan(0.5)
  })

  test('goes on live every 2 to 20 seconds for half an hour, with an album at once and messages left for the inbox', () => {
    const gaps = live.slice(1).map((act, index) => act.atOffsetMs - (live[index]?.atOffsetMs ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(20_000)
    expect(live.at(-1)?.atOffsetMs).toBeGreaterThan(28 * 60_000)
    expect(live.at(-1)?.atOffsetMs).toBeLessThan(30 * 60_000)
    expect(gaps.filter((gap) => gap < 1000).length).toBeGreaterThanOrEqual(9)
    const answered = new Set(live.filter((act) => act.by === 'phone').map((act) => act.customer))
    expect(live.some((act) => act.by === 'customer' && !answered.has(act.customer))).toBe(true)
  })
})

describe('what comes after the script', () => {
  test('is the same for the same batch, follows the last act and differs from batch to batch', () => {
    const first = continueShop({ seed: 1, batch: 1, fromOffsetMs: 1_800_000, nowMs })
    expect(continueShop({ seed: 1, batch: 1, fromOffsetMs: 1_800_000, nowMs })).toEqual(first)
    const second = continueShop({ seed: 1, batch: 2, fromOffsetMs: first.at(-1)?.atOffsetMs ?? 0, nowMs })
    expect(first[0]?.atOffsetMs).toBeGreaterThan(1_800_000)
    expect(second[0]?.atOffsetMs).toBeGreaterThan(first.at(-1)?.atOffsetMs ?? 0)
    const keys = [...sends(first), ...sends(second), ...sends(shop.acts)].map((act) => act.key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('makes sense whatever the batch: everybody known, nothing empty', () => {
    const known = new Set(shop.customers.map((customer) => customer.key))
    for (let batch = 1; batch <= 60; batch++) {
      const acts = continueShop({ seed: 1, batch, fromOffsetMs: 0, nowMs })
      expect(acts.length).toBeGreaterThan(4)
      for (const act of acts) expect(known).toContain(act.customer)
    }
  })
})
