import { expect, test } from 'vitest'
import type { Message } from '../../../contract/message.ts'
import { listChip } from '../conversations/reply-window.ts'
import { heldIn, phoneAnsweredSince, writingOf } from './composer-state.ts'

const HOUR_MS = 3_600_000

test('one may write for 24 hours after the customer last wrote live', () => {
  const at = (hours: number) => writingOf({ lastInboundAtMs: 0 }, { state: 'live' }, hours * HOUR_MS)
  expect(at(1)).toEqual({ kind: 'open', leftMs: 23 * HOUR_MS })
  expect(at(24)).toEqual({ kind: 'closed', everWrote: true })
  expect(writingOf({ lastInboundAtMs: null }, { state: 'syncing' }, 0)).toEqual({ kind: 'closed', everWrote: false })
  const refused = { lastInboundAtMs: 0, windowRefusedAtMs: HOUR_MS }
  expect(writingOf(refused, { state: 'live' }, 2 * HOUR_MS)).toEqual({ kind: 'closed', everWrote: true })
  expect(writingOf({ lastInboundAtMs: 0 }, { state: 'offboarded' }, 1)).toEqual({ kind: 'not_sending' })
})

test('the list marks a window only when it matters', () => {
  expect(listChip({ lastInboundAtMs: 0 }, 10 * HOUR_MS)).toBeNull()
  expect(listChip({ lastInboundAtMs: 0 }, 23 * HOUR_MS)).toEqual({ kind: 'closing', leftMs: HOUR_MS })
  expect(listChip({ lastInboundAtMs: 0 }, 25 * HOUR_MS)).toEqual({ kind: 'closed' })
  expect(listChip({ lastInboundAtMs: null }, 25 * HOUR_MS)).toBeNull()
})

test('a draft waits when the phone has answered since it was begun', () => {
  const messages = [said('a', 'customer'), said('b', 'phone'), said('c', 'customer'), said('d', 'phone')]
  expect(phoneAnsweredSince(messages, 'c')).toBe(true)
  expect(phoneAnsweredSince(messages, 'd')).toBe(false)
  expect(phoneAnsweredSince(messages, null)).toBe(false)
  expect(phoneAnsweredSince([said('a', 'customer'), said('b', 'phone', 'history')], 'a')).toBe(false)
})

function said(id: string, author: Message['author'], source: Message['source'] = 'live'): Message {
  return { id, author, source } as Message
}

test('what waits for its number is counted: ours, and not yet with WhatsApp', () => {
  const held = { delivery: 'queued', clientId: 'a', wamid: null } as const
  expect(
    heldIn([held, { ...held, clientId: null }, { ...held, wamid: 'wamid.1' }, { ...held, delivery: 'read' }]),
  ).toBe(1)
})
