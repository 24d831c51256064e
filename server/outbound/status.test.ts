import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeliveryState } from '../../contract/message.ts'
import { DELIVERY_RANK, type DeliveryFact, mergeDelivery } from './status.ts'

const STATES = Object.keys(DELIVERY_RANK) as DeliveryState[]

const aFact: fc.Arbitrary<DeliveryFact> = fc.record({
  state: fc.constantFrom(...STATES),
  atMs: fc.integer({ min: 0, max: 3 }),
  error: fc.option(fc.record({ code: fc.constantFrom(1, 2), title: fc.constant('t'), details: fc.constant(null) })),
})

const merge = (facts: readonly DeliveryFact[]) => facts.reduce<DeliveryFact | null>(mergeDelivery, null)

test('facts in any order, any number of times, merge to the same', () => {
  fc.assert(
    fc.property(fc.array(aFact, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (facts, draws) => {
      const shuffled = [...facts, ...facts].map((fact) => ({ fact, key: draws.next().value as number }))
      const again = shuffled.sort((a, b) => a.key - b.key).map(({ fact }) => fact)
      expect(merge(again)).toEqual(merge(facts))
    }),
    { seed: 20261123 },
  )
})

test('no two states have the same rank, so that every pair is decided', () => {
  expect(new Set(Object.values(DELIVERY_RANK)).size).toBe(STATES.length)
})

test.each<[DeliveryState, DeliveryState]>([
  ['delivered', 'failed'],
  ['read', 'failed'],
  ['played', 'failed'],
  ['failed', 'sent'],
  ['read', 'delivered'],
  ['played', 'read'],
  ['delivered', 'sent'],
  ['sent', 'accepted'],
  ['accepted', 'unconfirmed'],
  ['sent', 'unconfirmed'],
  ['sent', 'cancelled'],
  ['delivered', 'expired'],
  ['failed', 'unconfirmed'],
  ['unconfirmed', 'sending'],
  ['sending', 'queued'],
])('%s beats %s', (winner, loser) => {
  const [a, b] = [winner, loser].map((state) => ({ state, atMs: 1, error: null })) as [DeliveryFact, DeliveryFact]
  expect(mergeDelivery(a, b)).toBe(a)
  expect(mergeDelivery(b, a)).toBe(a)
})

test('a status that comes twice keeps its first time', () => {
  const [first, second] = [1, 2].map((atMs) => ({ state: 'read', atMs, error: null })) as [DeliveryFact, DeliveryFact]
  expect(mergeDelivery(second, first)).toEqual(first)
})

test('an error goes with the failure it belongs to', () => {
  const error = { code: 131026, title: 'Undeliverable', details: null }
  const failed: DeliveryFact = { state: 'failed', atMs: 1, error }
  const delivered: DeliveryFact = { state: 'delivered', atMs: 2, error: null }
  expect(mergeDelivery(failed, { state: 'sent', atMs: 9, error: null })).toEqual(failed)
  expect(mergeDelivery(failed, delivered)).toEqual(delivered)
})
