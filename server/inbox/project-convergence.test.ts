import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboxEventType } from '../../contract/inbox-event.ts'
import { expectConverged, feedSince, freshBrowser } from '../../test/support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import {
  call,
  customer,
  deletion,
  edit,
  LAYLA,
  MORNING_MS,
  message,
  ORIGIN,
  project,
  reaction,
  status,
  testProjection,
} from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { ChannelEvent } from '../whatsapp/channel-event.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** Tells `events` to a browser that holds everything, by the feed alone, and compares it with one that loads anew. */
async function converge(
  before: readonly ChannelEvent[],
  events: readonly ChannelEvent[],
  reads = 0,
): Promise<InboxEventType[]> {
  const place = await createTestWorkspace(db)
  const deps = testProjection(db)
  if (before.length > 0) await project(deps, place, before)
  if (reads > 0) await markRead(place, reads)
  const old = await freshBrowser(db, place)
  deps.published.clear()
  await project(deps, place, events)
  const published = (deps.published.get(place.workspaceId) ?? []).map(({ seq, atMs, eventJson }) => ({
    seq,
    atMs,
    event: JSON.parse(eventJson),
  }))
  expect(published, 'what browsers are told at once is what the feed says').toEqual(await feedSince(db, place, old.seq))
  return expectConverged(db, place, old)
}

async function markRead({ workspaceId, noura }: TestWorkspace, count: number): Promise<void> {
  await db.owner.query(
    `insert into conversation_read select workspace_id, $2, id, least($3, inbound_count) from conversation where workspace_id = $1`,
    [workspaceId, noura.id, count],
  )
}

const omar = customer({ userId: 'SA.77', username: 'omar' })
const HELLO = message({ wamid: 'wamid.1', at: 1, text: 'Hello' })
const image = { type: 'image', media: { mediaId: '9', mimeType: 'image/jpeg', sha256: null } } as const

const CASES: readonly [string, readonly ChannelEvent[], readonly ChannelEvent[], readonly InboxEventType[]][] = [
  ['a first message', [], [HELLO], ['message.added']],
  ['a second message', [HELLO], [message({ wamid: 'wamid.2', at: 2 })], ['message.added']],
  ['an older message', [HELLO], [message({ wamid: 'wamid.0', at: 0 })], ['message.added']],
  [
    'an echo, the first sign of the phone for long',
    [HELLO],
    [message({ wamid: 'wamid.2', at: 2, via: 'echo', direction: 'out' })],
    ['message.added', 'number.changed'],
  ],
  ['an edit', [HELLO], [edit({ wamid: 'wamid.e', targetWamid: 'wamid.1', text: 'Hullo', at: 3 })], ['message.changed']],
  ['a deletion', [HELLO], [deletion({ wamid: 'wamid.d', targetWamid: 'wamid.1', at: 3 })], ['message.changed']],
  [
    'a reaction',
    [HELLO],
    [reaction({ wamid: 'wamid.r', targetWamid: 'wamid.1', emoji: '👍', at: 3 })],
    ['message.changed'],
  ],
  [
    'a status',
    [message({ wamid: 'wamid.1', via: 'echo', direction: 'out' })],
    [status({ wamid: 'wamid.1', status: 'read', at: 4 })],
    ['message.changed'],
  ],
  [
    'an edit before its message',
    [edit({ wamid: 'wamid.e', targetWamid: 'wamid.1', text: 'Hullo', at: 3 })],
    [HELLO],
    ['message.added'],
  ],
  ['the same message again', [HELLO], [HELLO], []],
  ['a call that rings', [HELLO], [call({ wamid: 'wacid.1', at: 5 })], ['message.added']],
  [
    'the end of a call',
    [call({ wamid: 'wacid.1', at: 5 })],
    [call({ wamid: 'wacid.1', at: 9, outcome: 'answered', seconds: 84 })],
    ['message.changed'],
  ],
  [
    'the beginning of a call that is over: it moves up, and the window with it',
    [
      call({ wamid: 'wacid.1', at: 60, outcome: 'missed' }),
      message({ wamid: 'wamid.2', at: 30, via: 'echo', direction: 'out' }),
    ],
    [call({ wamid: 'wacid.1', at: 20 })],
    ['message.changed'],
  ],
  [
    'a quote',
    [HELLO],
    [message({ wamid: 'wamid.2', at: 2, context: { wamid: 'wamid.1', productId: null } })],
    ['message.added'],
  ],
  [
    'a quoted message that comes after its quote',
    [message({ wamid: 'wamid.2', at: 2, context: { wamid: 'wamid.1', productId: null } })],
    [HELLO],
    ['message.added', 'message.changed'],
  ],
  [
    'an edit of a quoted message',
    [HELLO, message({ wamid: 'wamid.2', at: 2, context: { wamid: 'wamid.1', productId: null } })],
    [edit({ wamid: 'wamid.e', targetWamid: 'wamid.1', text: 'Hullo', at: 3 })],
    ['message.changed', 'message.changed'],
  ],
  [
    'history below live messages',
    [HELLO],
    [message({ wamid: 'wamid.0', at: 0, via: 'history' })],
    ['history.imported'],
  ],
  [
    'a live copy of an imported message',
    [message({ wamid: 'wamid.1', at: 1, via: 'history' })],
    [HELLO],
    ['message.added'],
  ],
  [
    'a live copy of an imported message whose phone ran ahead: it moves up, and is the last one no more',
    [message({ wamid: 'wamid.1', at: 60, via: 'history' }), message({ wamid: 'wamid.2', at: 30 })],
    [HELLO],
    ['message.added'],
  ],
  [
    'the same, with a quote of it and a message that came meanwhile',
    [message({ wamid: 'wamid.1', at: 60, via: 'history' })],
    [HELLO, message({ wamid: 'wamid.2', at: 30, context: { wamid: 'wamid.1', productId: null } })],
    ['message.added', 'message.added'],
  ],
  ['an imported copy of a live message', [HELLO], [message({ wamid: 'wamid.1', at: 5, via: 'history' })], []],
  [
    'the file of an imported placeholder',
    [message({ wamid: 'wamid.1', via: 'history', content: { type: 'media_placeholder' } })],
    [message({ wamid: 'wamid.1', via: 'history_media', content: image })],
    ['message.changed'],
  ],
  [
    'a new name',
    [HELLO],
    [
      {
        type: 'channel.contact',
        origin: ORIGIN,
        action: 'add',
        customer: LAYLA,
        fullName: 'Layla from Jeddah',
        firstName: null,
        atMs: MORNING_MS,
      },
    ],
    ['conversation.changed', 'number.changed'],
  ],
  [
    'a change of number',
    [HELLO],
    [
      {
        type: 'channel.customer_changed',
        origin: ORIGIN,
        wamid: 'wamid.s',
        atMs: MORNING_MS + 9_000,
        what: 'number',
        before: LAYLA,
        after: customer({ phone: '966559999999' }),
        body: 'Layla changed number',
      },
    ],
    ['message.added'],
  ],
  [
    'two contacts that prove to be one',
    [HELLO, message({ wamid: 'wamid.7', at: 7, customer: omar })],
    [message({ wamid: 'wamid.8', at: 8, customer: customer({ phone: LAYLA.phone, userId: 'SA.77' }) })],
    ['conversation.changed', 'conversation.merged', 'message.added'],
  ],
  [
    'a chunk of history',
    [],
    [
      message({ wamid: 'wamid.0', via: 'history' }),
      {
        type: 'channel.history_chunk',
        origin: ORIGIN,
        phase: 0,
        chunkOrder: 1,
        progressPercent: 40,
        threads: 1,
        messages: 1,
      },
    ],
    ['history.imported', 'number.changed'],
  ],
  [
    'a declined history',
    [],
    [{ type: 'channel.history_declined', origin: ORIGIN, code: 2593109, title: 'History sync is turned off' }],
    ['number.changed'],
  ],
  [
    'something unknown',
    [],
    [{ type: 'channel.unrecognised', origin: ORIGIN, field: 'news', reason: 'unknown field', wire: {} }],
    ['unrecognised.counted'],
  ],
]

test.each(CASES)('feed and snapshot agree after %s', async (_name, before, events, types) => {
  expect(await converge(before, events)).toEqual(types)
})

test('a merge adds up what each member has read', async () => {
  const before = [HELLO, message({ wamid: 'wamid.2', at: 2 }), message({ wamid: 'wamid.7', at: 7, customer: omar })]
  const tie = message({ wamid: 'wamid.8', at: 8, customer: customer({ phone: LAYLA.phone, userId: 'SA.77' }) })
  expect(await converge(before, [tie], 1)).toContain('conversation.read')
})

test('feed and snapshot agree after any two batches', { timeout: 120_000 }, async () => {
  const all = CASES.flatMap(([, before, events]) => [...before, ...events])
  const some = fc.subarray(all, { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(some, some, async (before, events) => {
      await converge(before, events, 1)
    }),
    { numRuns: 25, seed: 20261123 },
  )
})
