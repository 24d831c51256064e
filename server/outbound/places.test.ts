import { expect, test } from 'vitest'
import { REPLY_WINDOW_MS } from '../../contract/reply-window.ts'
import { needsPlace, Places } from './places.ts'

const TEMPLATE = { type: 'template', name: 'offer', language: 'en' } as const
const TEXT = { type: 'text', body: 'Hello' } as const
const NOW = 10 * REPLY_WINDOW_MS

test.each([
  ['a template to one who never wrote', TEMPLATE, null, null, true],
  ['a template in the window', TEMPLATE, NOW - 1, null, false],
  ['a template as the window ends', TEMPLATE, NOW - REPLY_WINDOW_MS, null, true],
  ['a template in a window that WhatsApp says is closed', TEMPLATE, NOW - 2, NOW - 1, true],
  ['an answer', TEXT, NOW - 1, null, false],
])('a place is needed by what is sent outside the reply window: %s', (_, content, lastInboundAtMs, refused, needs) => {
  const facts = { lastInboundAtMs, windowRefusedAtMs: refused }
  expect(needsPlace({ message: { id: 'm', content }, ...facts }, NOW)).toBe(needs)
})

const seeker = (contact: string, message = `to ${contact}`) => ({
  ...{ message: { id: message, content: TEMPLATE }, contact: { id: contact } },
  lastInboundAtMs: null,
})

test('each new customer takes a place while there are some; who has one goes on', () => {
  const places = new Places({ held: new Set(['a']), unused: 1, freeAtMs: 5 })
  expect(['a', 'b', 'b', 'a'].map((one) => places.take(seeker(one)))).toEqual([true, true, true, true])
  expect(places.wereShort).toBe(false)
  expect(places.take(seeker('c'))).toBe(false)
  expect([places.wereShort, places.freeAtMs]).toEqual([true, 5])
  expect([...places.takers]).toEqual([
    ['a', 'to a'],
    ['b', 'to b'],
  ])
  expect([places.isNew('a'), places.isNew('b')]).toEqual([false, true])
})
