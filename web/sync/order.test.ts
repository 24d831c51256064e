import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Conversation } from '../../contract/conversation.ts'
import { orderAll, reorder } from './order.ts'

const times = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 40 })

test('putting changed conversations back in their place gives the same as sorting everything', () => {
  fc.assert(
    fc.property(
      times,
      fc.array(fc.tuple(fc.nat(45), fc.integer({ min: 0, max: 30 })), { maxLength: 8 }),
      (first, changes) => {
        const before = Object.fromEntries(
          first.map((lastAtMs, index) => [`c${index}`, conversation(`c${index}`, lastAtMs)]),
        )
        const after = { ...before }
        for (const [index, lastAtMs] of changes) after[`c${index}`] = conversation(`c${index}`, lastAtMs)
        const touched = new Set(changes.map(([index]) => `c${index}`))
        expect(reorder(orderAll(before), after, touched)).toEqual(orderAll(after))
      },
    ),
  )
})

test('a conversation that is gone leaves the list', () => {
  const before = { a: conversation('a', 2), b: conversation('b', 1) }
  expect(reorder(['a', 'b'], { b: before.b }, new Set(['a']))).toEqual(['b'])
})

function conversation(id: string, lastAtMs: number): Conversation {
  const contact = {
    id,
    phone: null,
    userId: null,
    username: null,
    addressBookName: null,
    profileName: null,
    agentName: null,
  }
  return { id, numberId: 'n', contact, last: null, lastAtMs, inboundCount: 0, lastInboundAtMs: null, owner: null }
}
