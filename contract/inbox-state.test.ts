import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Conversation } from './conversation.ts'
import type { FeedRow, InboxEvent } from './inbox-event.ts'
import { applyFeedRows, type InboxState, insertMessage, unreadCount } from './inbox-state.ts'
import { compareMessages, type Message } from './message.ts'

const empty: InboxState = {
  seq: 0,
  me: 'noura',
  members: [],
  numbers: {},
  conversations: {},
  reads: {},
  threads: {},
  unrecognisedTotal: 0,
}

function message(overrides: Partial<Message> = {}): Message {
  return {
    id: 'm1',
    conversationId: 'c1',
    numberId: 'n1',
    wamid: 'wamid.1',
    clientId: null,
    author: 'customer',
    memberId: null,
    source: 'live',
    content: { type: 'text', body: 'hello' },
    file: null,
    sentAtMs: 1_000,
    delivery: null,
    deliveryAtMs: null,
    error: null,
    quote: null,
    referral: null,
    forwarded: 'no',
    reactions: [],
    versions: [],
    deletedAtMs: null,
    ...overrides,
  }
}

function conversation(overrides: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    numberId: 'n1',
    contact: {
      id: 'p1',
      phone: '966500000001',
      userId: null,
      username: null,
      addressBookName: null,
      profileName: 'Layla',
      agentName: null,
    },
    last: null,
    lastAtMs: 1_000,
    inboundCount: 1,
    lastInboundAtMs: 1_000,
    owner: null,
    ...overrides,
  }
}

function rows(...events: InboxEvent[]): FeedRow[] {
  return events.map((event, index) => ({ seq: index + 1, atMs: 0, event }))
}

const arbitraryMessage = fc
  .record({ n: fc.nat(30), time: fc.nat(5), accepted: fc.boolean(), version: fc.nat(3) })
  .map(({ n, time, accepted, version }) =>
    message({
      id: `m${n}`,
      wamid: accepted ? `wamid.${n}` : null,
      sentAtMs: time * 1_000,
      content: { type: 'text', body: `${version}` },
    }),
  )

const arbitraryEvent: fc.Arbitrary<InboxEvent> = fc.oneof(
  arbitraryMessage.map((m) => ({ type: 'message.added' as const, message: m, conversation: conversation() })),
  arbitraryMessage.map((m) => ({ type: 'message.changed' as const, message: m, conversation: null })),
  fc.nat(9).map((n) => ({ type: 'conversation.changed' as const, conversation: conversation({ inboundCount: n }) })),
  fc.nat(9).map((n) => ({
    type: 'conversation.read' as const,
    conversationId: 'c1',
    memberId: n % 2 ? 'noura' : 'salem',
    inboundCount: n,
  })),
  fc.constant({ type: 'history.imported' as const, conversation: conversation(), count: 3 }),
)

const loaded: InboxState = { ...empty, threads: { c1: { messages: [], hasOlder: false, stale: false } } }

describe('applyFeedRows', () => {
  test('rows in one batch and one by one end in the same state', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 40 }), (events) => {
        const feed = rows(...events)
        const oneByOne = feed.reduce((state, row) => applyFeedRows(state, [row]), loaded)
        expect(applyFeedRows(loaded, feed)).toEqual(oneByOne)
      }),
    )
  })

  test('a row that was applied before changes nothing', () => {
    const feed = rows({ type: 'message.added', message: message(), conversation: conversation() })
    const once = applyFeedRows(loaded, feed)
    expect(applyFeedRows(once, feed)).toBe(once)
  })

  test('the state that went in is left as it was', () => {
    const before = structuredClone(loaded)
    applyFeedRows(loaded, rows({ type: 'message.added', message: message(), conversation: conversation() }))
    expect(loaded).toEqual(before)
  })

  test('a merge takes the other conversation and its thread away', () => {
    const both = applyFeedRows(
      { ...loaded, threads: { ...loaded.threads, c2: { messages: [], hasOlder: false, stale: false } } },
      rows(
        { type: 'conversation.changed', conversation: conversation() },
        { type: 'conversation.changed', conversation: conversation({ id: 'c2' }) },
      ),
    )
    expect(Object.keys(both.conversations)).toEqual(['c1', 'c2'])
    const merged = applyFeedRows(both, [
      { seq: 3, atMs: 0, event: { type: 'conversation.merged', conversation: conversation(), goneId: 'c2' } },
    ])
    expect(Object.keys(merged.conversations)).toEqual(['c1'])
    expect(merged.threads).toEqual({ c1: { messages: [], hasOlder: false, stale: true } })
  })
})

describe('unread', () => {
  test('reading never goes back, and belongs to one person', () => {
    const state = applyFeedRows(
      empty,
      rows(
        { type: 'conversation.changed', conversation: conversation({ inboundCount: 5 }) },
        { type: 'conversation.read', conversationId: 'c1', memberId: 'noura', inboundCount: 4 },
        { type: 'conversation.read', conversationId: 'c1', memberId: 'noura', inboundCount: 2 },
        { type: 'conversation.read', conversationId: 'c1', memberId: 'salem', inboundCount: 5 },
      ),
    )
    expect(unreadCount(state, conversation({ inboundCount: 5 }))).toBe(1)
  })
})

describe('insertMessage', () => {
  test('a thread is sorted and holds each message once, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(arbitraryMessage, { maxLength: 40 }), (messages) => {
        let thread: readonly Message[] = []
        for (const next of messages) thread = insertMessage({ messages: thread, hasOlder: false }, next)
        expect([...thread].sort(compareMessages)).toEqual(thread)
        expect(thread.map((m) => m.id).sort()).toEqual([...new Set(messages.map((m) => m.id))].sort())
      }),
    )
  })

  test('the accepted message takes the place of the one this browser sent', () => {
    const pending = message({ id: 'local', clientId: 'abc', wamid: null, delivery: 'queued' })
    const accepted = message({ id: 'm9', clientId: 'abc', wamid: 'wamid.9', delivery: 'accepted' })
    expect(insertMessage({ messages: [pending], hasOlder: false }, accepted)).toEqual([accepted])
  })

  test('what is older than the loaded page waits for that page, but a change of a loaded message does not', () => {
    const newer = message({ id: 'm2', wamid: 'wamid.2', sentAtMs: 9_000 })
    const older = message({ sentAtMs: 1_000 })
    expect(insertMessage({ messages: [newer], hasOlder: true }, older)).toEqual([newer])
    const deleted = { ...newer, deletedAtMs: 10_000 }
    expect(insertMessage({ messages: [newer], hasOlder: true }, deleted)).toEqual([deleted])
  })
})
