import { describe, expect, test } from 'vitest'
import type { MessageContent } from './message-content.ts'
import {
  type EntryPoint,
  isFreeEntryPointOpen,
  isReplyWindowOpen,
  opensReplyWindow,
  REPLY_WINDOW_MS,
  windowLeftMs,
  windowOpenedAtMs,
} from './reply-window.ts'

const NOW = Date.UTC(2026, 10, 23, 9)

test('is closed while the customer has never written live', () => expect(isReplyWindowOpen(null, NOW)).toBe(false))

test('closes 24 hours after the message, to the millisecond', () => {
  expect(isReplyWindowOpen(NOW - REPLY_WINDOW_MS + 1, NOW)).toBe(true)
  expect(isReplyWindowOpen(NOW - REPLY_WINDOW_MS, NOW)).toBe(false)
})

test('is open when the message is stamped a little in the future', () => {
  expect(isReplyWindowOpen(NOW + 2_000, NOW)).toBe(true)
})

describe('what opens it', () => {
  const media = { mediaId: '1', mimeType: null, sha256: null }
  const unsupported = (code: number | null) => ({ type: 'unsupported', what: null, code, title: null }) as const
  test.each<[MessageContent]>([
    [{ type: 'text', body: 'Hi' }],
    [{ type: 'image', media }],
    [{ type: 'location', latitude: 1, longitude: 2 }],
    [{ type: 'contacts', cards: [] }],
    [{ type: 'order', catalogId: '1', items: [] }],
    [{ type: 'choice', from: 'button', choiceId: '1', title: 'Yes' }],
    [unsupported(131060)],
  ])('a customer’s %o does, live and from the customer alone', (content) => {
    expect(opensReplyWindow({ author: 'customer', source: 'live', content })).toBe(true)
    expect(opensReplyWindow({ author: 'customer', source: 'history', content })).toBe(false)
    expect(opensReplyWindow({ author: 'customer', source: 'standby', content })).toBe(false)
    for (const author of ['phone', 'agent', 'bot', 'api', 'campaign', 'unknown'] as const) {
      expect(opensReplyWindow({ author, source: 'live', content })).toBe(false)
    }
  })

  test('a customer’s call does, taken or not, though nobody wrote it; one of the business does not', () => {
    for (const outcome of ['ringing', 'answered', 'missed'] as const) {
      const content = { type: 'call', by: 'customer', outcome } as const
      expect(opensReplyWindow({ author: 'unknown', source: 'live', content })).toBe(true)
      expect(opensReplyWindow({ author: 'unknown', source: 'standby', content })).toBe(false)
      expect(opensReplyWindow({ author: 'unknown', source: 'live', content: { ...content, by: 'business' } })).toBe(
        false,
      )
    }
  })

  test('what cannot be read does not', () => {
    for (const code of [131051, null]) {
      expect(opensReplyWindow({ author: 'customer', source: 'live', content: unsupported(code) })).toBe(false)
    }
  })
})

describe('WhatsApp’s refusal', () => {
  test('closes it at once, until the customer writes again', () => {
    const facts = { lastInboundAtMs: NOW, windowRefusedAtMs: NOW + 1_000 }
    expect(windowOpenedAtMs(facts)).toBeNull()
    expect(windowLeftMs(facts, NOW + 2_000)).toBe(0)
    const again = { ...facts, lastInboundAtMs: NOW + 60_000 }
    expect(windowOpenedAtMs(again)).toBe(NOW + 60_000)
    expect(windowLeftMs(again, NOW + 60_000)).toBe(REPLY_WINDOW_MS)
  })

  test('closes nothing that was never open, and says no less than that', () => {
    expect(windowLeftMs({ lastInboundAtMs: null, windowRefusedAtMs: NOW }, NOW)).toBeNull()
    expect(windowLeftMs({ lastInboundAtMs: NOW, windowRefusedAtMs: null }, NOW + 1)).toBe(REPLY_WINDOW_MS - 1)
  })
})

describe('a free entry point', () => {
  const HOUR = 3_600_000
  const DAY = 24 * HOUR
  const entry = (facts: Partial<EntryPoint> = {}): EntryPoint => ({
    ...{ referredAtMs: NOW, answeredAtMs: NOW + HOUR, toldUntilMs: null },
    ...facts,
  })
  const before = { referredAtMs: Date.UTC(2026, 8, 27, 22), answeredAtMs: Date.UTC(2026, 8, 27, 23) }

  test.each<[string, EntryPoint | null, number, boolean]>([
    ['nobody came by an ad', null, NOW, false],
    ['the first answer opens it, and is within it', entry({ answeredAtMs: null }), NOW + DAY - 1, true],
    ['no answer came while the customer’s window was open', entry({ answeredAtMs: null }), NOW + DAY, false],
    ['the answer came too late', entry({ answeredAtMs: NOW + DAY }), NOW + DAY + 1, false],
    ['seven days from the answer, to the millisecond', entry(), NOW + HOUR + 7 * DAY - 1, true],
    ['and then no more', entry(), NOW + HOUR + 7 * DAY, false],
    ['72 hours for one answered before 28 September 2026', entry(before), before.answeredAtMs + 3 * DAY - 1, true],
    ['and then no more, though it is later', entry(before), before.answeredAtMs + 3 * DAY, false],
    ['Meta says a shorter time', entry({ toldUntilMs: NOW + 3 * DAY }), NOW + 3 * DAY, false],
    ['Meta says a longer time', entry({ toldUntilMs: NOW + 9 * DAY }), NOW + 8 * DAY, true],
    ['a message from before the customer came', entry(), NOW - 1, false],
  ])('%s', (_, facts, atMs, open) => expect(isFreeEntryPointOpen(facts, atMs)).toBe(open))

  test('leaves the reply window as it is', () => {
    expect(isFreeEntryPointOpen(entry(), NOW + 2 * DAY)).toBe(true)
    expect(isReplyWindowOpen(NOW, NOW + 2 * DAY)).toBe(false)
  })
})
