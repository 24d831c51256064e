import { expect, test } from 'vitest'
import type { CaptureGap } from '../../../contract/api/gaps.ts'
import type { Message } from '../../../contract/message.ts'
import { firstUnreadOf, threadItems, withOutbox } from './thread-items.ts'

const DAY = 86_400_000
const dayOf = (ms: number) => String(Math.floor(ms / DAY))

test('a line before each day and before the first unread message, the beginning only when nothing is older', () => {
  const messages = [message('a', 1), message('b', DAY + 1), message('c', DAY + 2)]
  const options = { hasOlder: false, firstUnread: { messageId: 'c', count: 1 }, dayOf }
  expect(threadItems(messages, options).map((item) => item.kind)).toEqual([
    'beginning',
    'day',
    'message',
    'day',
    'message',
    'unread',
    'message',
  ])
  expect(threadItems(messages, { ...options, hasOlder: true })[0]?.kind).toBe('day')
})

test('messages of one author close in time are named once; another author or a pause begins anew', () => {
  const messages = [
    message('a', 0),
    message('b', 1_000),
    message('c', 2_000, { author: 'phone' }),
    message('d', 10 * 60_000, { author: 'phone' }),
  ]
  const items = threadItems(messages, { hasOlder: true, firstUnread: null, dayOf })
  expect(items.map((item) => item.kind === 'message' && item.continued)).toEqual([false, false, true, false, false])
})

test('a call is a line, as WhatsApp’s own are; what follows it is named anew', () => {
  const call = { type: 'call', by: 'customer', outcome: 'missed' } as const
  const messages = [message('a', 0), message('b', 1_000, { author: 'unknown', content: call }), message('c', 2_000)]
  const items = threadItems(messages, { hasOlder: true, firstUnread: null, dayOf })
  expect(items.map((item) => item.kind)).toEqual(['day', 'message', 'system', 'message'])
  expect(items.at(-1)).toMatchObject({ continued: false })
  expect(firstUnreadOf(messages, 1)?.messageId).toBe('c')
})

test('the unread ones are the last live messages of the customer; imported ones and ours do not count', () => {
  const messages = [
    message('a', 1),
    message('b', 2, { source: 'history' }),
    message('c', 3, { author: 'phone' }),
    message('d', 4),
  ]
  expect(firstUnreadOf(messages, 2)?.messageId).toBe('a')
  expect(firstUnreadOf(messages, 1)?.messageId).toBe('d')
  expect(firstUnreadOf(messages, 5)).toBeNull()
  expect(firstUnreadOf(messages, 0)).toBeNull()
})

test('what is being sent stands at the end until it is confirmed, and never twice', () => {
  const pending = message('x', 9, { clientId: 'x' })
  expect(withOutbox([message('a', 1)], [pending]).map((one) => one.id)).toEqual(['a', 'x'])
  const confirmed = message('server-id', 9, { clientId: 'x' })
  expect(withOutbox([confirmed], [pending]).map((one) => one.id)).toEqual(['server-id'])
  const key = (one: Message) => threadItems([one], { hasOlder: true, firstUnread: null, dayOf }).at(-1)?.key
  expect(key(confirmed)).toBe(key(pending))
})

test('what is missing stands where the thread begins, and between the messages around it', () => {
  const gap = (key: string, sinceMs: number, untilMs: number | null): CaptureGap => ({
    ...{ key, kind: 'disconnected', sinceMs, untilMs, count: null, evidence: {}, firstSeenAtMs: 0, lastSeenAtMs: 0 },
  })
  const gaps = { beginning: gap('history', 0, null), between: [gap('a', 2, 3), gap('b', 9, 20), gap('c', 30, null)] }
  const messages = [message('m1', 1), message('m2', 5)]
  const keys = (hasOlder: boolean) =>
    threadItems(messages, { hasOlder, firstUnread: null, dayOf, gaps }).map((item) => item.key)
  // The one that is over and that nothing follows is left out: nothing says that anything was missed.
  expect(keys(false)).toEqual(['beginning', 'gap history', 'day 0', 'm1', 'gap a', 'm2', 'gap c'])
  expect(keys(true)).toEqual(['day 0', 'm1', 'gap a', 'm2', 'gap c'])
})

function message(id: string, sentAtMs: number, more: Partial<Message> = {}): Message {
  return {
    id, conversationId: 'a', numberId: 'n', wamid: null, clientId: null, author: 'customer', memberId: null, source: 'live',
    content: { type: 'text', body: id }, file: null, sentAtMs, delivery: null, deliveryAtMs: null, error: null, quote: null, referral: null,
    forwarded: 'no', reactions: [], versions: [], deletedAtMs: null, ...more,
  } // biome-ignore format: one message, three lines
}
