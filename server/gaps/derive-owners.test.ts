import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OWNER_IDLE_AFTER_MS, threadOwnerNow } from '../../contract/thread-owner.ts'
import { deriveOwners } from './derive-owners.ts'
import { type OwnerSign, readOwnerSign } from './owner-signs.ts'

const pass = (atMs: number, from: string, to: string, note: string | null = null): OwnerSign => ({
  ...{ kind: 'handover', atMs, from, to, note },
})
const standby = (atMs: number, inbound = true): OwnerSign => ({ kind: 'standby', atMs, inbound })
const owner = (signs: OwnerSign[], lastInboundAtMs: number | null = null) =>
  deriveOwners(new Map([['a', { signs, lastInboundAtMs }]])).get('a')

describe('who owns a thread', () => {
  test('nobody, when nothing says so', () => {
    expect(owner([])).toBeNull()
  })

  test('a partner, when messages come on standby', () => {
    expect(owner([standby(5, false), standby(9), standby(7)])).toEqual({
      ...{ by: 'partner', role: null, note: null, sinceMs: 5, seenAtMs: 9, idleAtMs: 9 + OWNER_IDLE_AFTER_MS },
    })
  })

  test('the partner it was passed to, once something comes on standby; before that nobody knows whose the role is', () => {
    const passed = pass(5, 'customer_service', 'marketing', 'wants the offer')
    expect(owner([passed])).toMatchObject({ by: 'unknown', role: 'marketing' })
    expect(owner([passed, standby(8)], 4)).toMatchObject({
      by: 'partner',
      role: 'marketing',
      note: 'wants the offer',
      sinceMs: 5,
    })
  })

  test('the partner, when the customer had reached us just before: nobody hands a thread to themselves', () => {
    const passed = pass(5, 'customer_service', 'marketing')
    expect(owner([passed], 4)).toMatchObject({ by: 'partner', role: 'marketing' })
    // Of the same second nobody knows which was first, and a day later the thread was idle.
    expect(owner([passed], 5)).toMatchObject({ by: 'unknown' })
    expect(owner([pass(4 + OWNER_IDLE_AFTER_MS, 'customer_service', 'marketing')], 4)).toMatchObject({ by: 'unknown' })
  })

  test('us, when it comes back, and when Meta’s own agent gives way', () => {
    const signs = [pass(5, 'customer_service', 'marketing'), standby(8), pass(20, 'marketing', 'customer_service')]
    expect(owner(signs)).toMatchObject({ by: 'us', role: 'customer_service', sinceMs: 20 })
    expect(owner([pass(5, 'ai_agent', 'customer_service')])).toMatchObject({ by: 'us' })
    expect(owner([pass(5, 'customer_service', 'ai_agent')])).toMatchObject({ by: 'partner' })
  })

  test('what one thread teaches of a role holds in all threads of the number', () => {
    const threads = new Map([
      ['a', { signs: [pass(1, 'ctwa', 'utility'), standby(3)], lastInboundAtMs: null }],
      ['b', { signs: [pass(9, 'escalation', 'utility')], lastInboundAtMs: null }],
      ['c', { signs: [pass(5, 'marketing', 'escalation')], lastInboundAtMs: 7 }],
      ['d', { signs: [pass(6, 'escalation', 'ctwa')], lastInboundAtMs: null }],
    ])
    const by = [...deriveOwners(threads)].map(([key, one]) => [key, one?.by])
    expect(by).toEqual([['a', 'partner'], ['b', 'partner'], ['c', 'us'], ['d', 'partner']]) // biome-ignore format: a table
  })

  test('the order in which signs came makes no difference', () => {
    const sign = fc.oneof(
      fc.tuple(fc.nat(9), fc.boolean()).map(([at, inbound]) => standby(at + 1, inbound)),
      fc.tuple(fc.nat(9), fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b')).map(([at, x, y]) => pass(at + 1, x, y)),
    )
    fc.assert(
      fc.property(fc.array(sign), fc.option(fc.nat(12)), (signs, inbound) => {
        expect(owner(signs.toReversed(), inbound)).toEqual(owner(signs, inbound))
      }),
    )
  })
})

test('a thread is nobody’s after a day without the customer, and no longer theirs when the customer reaches us', () => {
  const theirs = owner([standby(1_000)]) ?? null
  expect(threadOwnerNow({ owner: theirs, lastInboundAtMs: 500 }, 2_000)).toMatchObject({ by: 'partner' })
  expect(threadOwnerNow({ owner: theirs, lastInboundAtMs: 1_500 }, 2_000)).toBeNull()
  expect(threadOwnerNow({ owner: theirs, lastInboundAtMs: 500 }, 1_000 + OWNER_IDLE_AFTER_MS)).toBeNull()
  expect(threadOwnerNow({ owner: null, lastInboundAtMs: 500 }, 600)).toBeNull()
})

describe('reading a notice', () => {
  test('a hand-over by phone or user id, with what was said', () => {
    const data = {
      sender: { phone_number: '+966 50 000 0181' },
      control_passed: {
        previous_owner_role: 'ai_agent',
        new_owner_role: 'customer_service',
        metadata: 'wants a person',
      },
    }
    expect(readOwnerSign({ kind: 'handover', atMs: 7, data })).toEqual({
      sign: pass(7, 'ai_agent', 'customer_service', 'wants a person'),
      customer: ['1966500000181'],
    })
    const taken = { sender: { user_id: 'SA.1' }, control_taken: { new_owner_role: 'escalation' } }
    expect(readOwnerSign({ kind: 'handover', atMs: 7, data: taken })).toMatchObject({
      sign: { from: null, to: 'escalation' },
      customer: ['2SA.1'],
    })
  })

  test('a message on standby; the mere count of them, and what names nobody, say nothing', () => {
    const customer = { phone: '966500000181', userId: null, parentUserId: null }
    const read = (data: unknown, atMs: number | null = 7) => readOwnerSign({ kind: 'standby', atMs, data })
    expect(read({ direction: 'in', customer })).toEqual({ sign: standby(7), customer: ['1966500000181'] })
    expect(read({ messages: 1 })).toBeNull()
    expect(read({ direction: 'in', customer }, null)).toBeNull()
    expect(read({ direction: 'in', customer: { ...customer, phone: null } })).toBeNull()
    expect(readOwnerSign({ kind: 'handover', atMs: 7, data: { sender: { user_id: 'SA.1' } } })).toBeNull()
  })
})
