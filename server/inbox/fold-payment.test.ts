import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Payment } from '../../contract/payment.ts'
import { foldPayments } from './fold-payment.ts'

const at = (state: Payment['state'], atMs: number): Payment => ({ state, atMs })

describe('what is told of a payment', () => {
  test.each<[string, Payment[], Payment | null]>([
    ['nothing', [], null],
    ['an attempt', [at('pending', 1)], at('pending', 1)],
    ['an attempt that failed', [at('pending', 1), at('failed', 2)], at('failed', 2)],
    ['another attempt after it', [at('pending', 1), at('failed', 2), at('pending', 3)], at('pending', 3)],
    ['begun and failed within a second', [at('pending', 1), at('failed', 1)], at('failed', 1)],
    ['paid, and an attempt that is told later', [at('paid', 2), at('pending', 3), at('failed', 4)], at('paid', 2)],
    ['paid, told twice', [at('paid', 2), at('paid', 5)], at('paid', 2)],
  ])('%s', (_name, told, payment) => {
    expect(foldPayments(told)).toEqual(payment)
  })

  test('is the same in any order and however often', () => {
    const one = fc.record(
      {
        state: fc.constantFrom<Payment['state']>('pending', 'paid', 'failed'),
        atMs: fc.integer({ min: 1, max: 5 }),
        transactionId: fc.constantFrom('order_1', 'order_2'),
        failure: fc.constantFrom('Declined', 'No money'),
      },
      { requiredKeys: ['state', 'atMs'] },
    )
    const world = fc.array(one, { maxLength: 8 }).chain((told) =>
      fc.record({
        told: fc.constant(told),
        again: fc.shuffledSubarray([...told, ...told], { minLength: told.length, maxLength: told.length * 2 }),
      }),
    )
    fc.assert(
      fc.property(world, ({ told, again }) => {
        const all = foldPayments(told)
        expect(foldPayments([...again, ...told.toReversed()])).toEqual(all)
        // Told bit by bit, too.
        const bit = (known: Payment | null, next: Payment) => foldPayments(known === null ? [next] : [known, next])
        expect(again.concat(told).reduce(bit, null)).toEqual(all)
      }),
    )
  })
})
