import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { dumpInbox } from '../../test/support/inbox-dump.ts'
import {
  call,
  customer,
  deletion,
  edit,
  MORNING_MS,
  message,
  ORIGIN,
  project,
  reaction,
  status,
  testProjection,
} from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { ChannelEvent, Customer } from '../whatsapp/channel-event.ts'
import { checkIntegrity } from './check-integrity.ts'

/** Generated worlds; each is told twice, in two orders. `WASL_TEST_RUNS` and `WASL_TEST_SEED` ask for more, or others. */
const RUNS = Number(process.env.WASL_TEST_RUNS ?? 40)
const SEED = Number(process.env.WASL_TEST_SEED ?? 20261123)

/** History has the time of the phone's clock: ahead of WhatsApp's by so much that its copies overtake later messages. */
const PHONE_AHEAD_S = 7

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** Ways in which Meta may name two people, before and after one of them changed number. */
const NAMES: readonly Customer[] = [
  customer({ phone: '966551234567', profileName: 'Layla' }),
  customer({ userId: 'SA.1', username: 'layla' }),
  customer({ phone: '966551234567', userId: 'SA.1', profileName: 'Layla H.' }),
  customer({ phone: '5511987654321', profileName: 'Bruno' }),
  customer({ phone: '551187654321', userId: 'BR.2', parentUserId: 'BR.ENT.2' }),
  customer({ phone: '966550000009' }),
]

const who = fc.integer({ min: 0, max: NAMES.length - 1 })
const at = fc.integer({ min: 0, max: 30 })
const target = fc.integer({ min: 0, max: 5 }).map((n) => `wamid.M${n}`)
const emoji = fc.constantFrom('👍', '❤️', null)

/** One message is the same whenever it comes, by whichever road: what differs is the road. */
const aMessage = fc
  .record({ wamid: target, road: fc.integer({ min: 0, max: 4 }) })
  .map(({ wamid, road }): ChannelEvent => {
    const n = Number(wamid.slice(-1))
    const person = NAMES[n] as Customer
    const base = { wamid, customer: person, at: n * 2, text: `Text ${n}` }
    const quote = n > 0 ? { context: { wamid: `wamid.M${n - 1}`, productId: null } } : {}
    const out = n % 2 === 1 ? ({ direction: 'out' } as const) : {}
    const media = {
      content: { type: 'image', media: { mediaId: `m${n}`, mimeType: 'image/jpeg', sha256: null } },
    } as const
    if (road === 0) return message({ ...base, ...quote, ...out, via: n % 2 === 1 ? 'echo' : 'live' })
    if (road === 1)
      return message({
        ...base,
        ...out,
        via: 'history',
        at: n * 2 + PHONE_AHEAD_S,
        phase: 0,
        historyStatus: n % 2 === 1 ? 'delivered' : null,
      })
    if (road === 2)
      return message({
        ...base,
        ...out,
        via: 'history',
        at: n * 2 + PHONE_AHEAD_S,
        content: { type: 'media_placeholder' },
      })
    if (road === 3) return message({ ...base, ...out, ...media, via: 'history_media', at: n * 2 + PHONE_AHEAD_S })
    return message({
      ...base,
      ...out,
      ...quote,
      content: { type: 'unsupported', what: null, code: 131060, title: 'Unavailable' },
    })
  })

/** A call of each second person: that it rings, and later that it is over. */
const aCall = fc.record({ who, over: fc.boolean() }).map(({ who: n, over }): ChannelEvent => {
  const by = n % 2 === 0 ? ('customer' as const) : ('business' as const)
  const base = { wamid: `wacid.C${n}`, customer: NAMES[n] as Customer, by, at: n * 5 }
  return over ? call({ ...base, at: n * 5 + 4, outcome: n > 2 ? 'answered' : 'missed' }) : call(base)
})

const anAct = fc.oneof(
  fc
    .record({ target, at, n: at })
    .map(({ target, at, n }) =>
      edit({ wamid: `wamid.E${target}${at}-${n}`, targetWamid: target, at: at + n, text: `Edit ${n}` }),
    ),
  fc
    .record({ target, at })
    .map(({ target, at }) => deletion({ wamid: `wamid.D${target}${at}`, targetWamid: target, at })),
  fc.record({ target, at, emoji, out: fc.boolean() }).map(({ target, at, emoji, out }) =>
    reaction({
      wamid: `wamid.R${target}${at}${out}${emoji}`,
      targetWamid: target,
      at,
      emoji,
      direction: out ? 'out' : 'in',
    }),
  ),
)

const aStatus = fc
  .record({ target, at, state: fc.constantFrom('sent', 'delivered', 'read', 'played', 'failed'), who })
  .map(({ target, at, state, who }) =>
    status({
      wamid: target,
      status: state as 'sent',
      at,
      customer: NAMES[who] as Customer,
      errors: state === 'failed' ? [{ code: 131026, title: 'Undeliverable', details: null }] : [],
    }),
  )

const aContact = fc.record({ who, at, add: fc.boolean() }).map(
  ({ who, at, add }): ChannelEvent => ({
    type: 'channel.contact',
    origin: ORIGIN,
    action: add ? 'add' : 'remove',
    customer: { ...(NAMES[who] as Customer), profileName: null, username: null },
    fullName: add ? `Book ${who} ${at}` : null,
    firstName: null,
    atMs: MORNING_MS + at * 1000,
  }),
)

const aMove = fc.record({ at, back: fc.boolean() }).map(({ at, back }): ChannelEvent => {
  const [before, after] = [NAMES[5], customer({ phone: '966550000010', userId: 'SA.3' })] as [Customer, Customer]
  return {
    type: 'channel.customer_changed',
    origin: ORIGIN,
    wamid: `wamid.S${at}${back}`,
    atMs: MORNING_MS + at * 1000,
    what: 'number',
    before: back ? after : before,
    after: back ? before : after,
    body: 'The customer changed number',
  }
})

const aChunk = fc.record({ phase: fc.integer({ min: 0, max: 2 }), order: fc.integer({ min: 0, max: 2 }) }).map(
  ({ phase, order }): ChannelEvent => ({
    type: 'channel.history_chunk',
    origin: ORIGIN,
    phase,
    chunkOrder: order,
    progressPercent: phase * 30 + order * 20,
    threads: 1 + order,
    messages: 10 + phase,
  }),
)

const anOddity = fc.constantFrom<ChannelEvent>(
  { type: 'channel.history_declined', origin: ORIGIN, code: 2593109, title: 'History sync is turned off' },
  {
    type: 'channel.notice',
    origin: ORIGIN,
    kind: 'quality',
    field: 'phone_number_quality_update',
    event: 'ONBOARDING',
    atMs: 1,
    data: { a: 1 },
  },
  { type: 'channel.unrecognised', origin: ORIGIN, field: 'new_field', reason: 'unknown field', wire: { x: [1, null] } },
  { type: 'channel.error', origin: ORIGIN, code: 130429, title: 'Rate limit hit', details: null },
  message({ wamid: 'wamid.G1', groupId: 'group-1' }),
  message({ wamid: 'wamid.B1', via: 'standby' }),
)

const world = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: aMessage },
      { weight: 4, arbitrary: anAct },
      { weight: 3, arbitrary: aStatus },
      aCall,
      aContact,
      aMove,
      aChunk,
      anOddity,
    ),
    {
      minLength: 4,
      maxLength: 24,
    },
  )
  .chain((events) =>
    fc.record({
      events: fc.constant(events),
      // Told a second time: all of it in another order, some of it twice, in batches of another size.
      again: fc
        .shuffledSubarray([...events, ...events], { minLength: events.length })
        .map((some) => [...some, ...events.filter((event) => !some.includes(event))]),
      size: fc.integer({ min: 1, max: 8 }),
      sizeAgain: fc.integer({ min: 1, max: 8 }),
    }),
  )

async function tell(events: readonly ChannelEvent[], size: number): Promise<TestWorkspace> {
  const place = await createTestWorkspace(db)
  const deps = testProjection(db)
  for (let from = 0; from < events.length; from += size) await project(deps, place, events.slice(from, from + size))
  return place
}

test('a message that comes live and as history is the same whichever came first, and however far the phone runs ahead', async () => {
  const live = message({ wamid: 'wamid.1', at: 10, context: { wamid: 'wamid.0', productId: null } })
  const imported = message({ wamid: 'wamid.1', at: 90, via: 'history', phase: 0 })
  const later = message({ wamid: 'wamid.2', at: 20 })
  const dumps: unknown[] = []
  for (const order of [
    [live, imported, later],
    [imported, later, live],
    [later, imported, imported, live, imported],
  ]) {
    const place = await tell(order, 1)
    dumps.push(await dumpInbox(db.owner, place.workspaceId))
    const { rows } = await db.owner.query(
      `select v.last_wamid, v.inbound_count, extract(epoch from m.sent_at)::int - $2 as at, m.source
         from conversation v join message m on m.conversation_id = v.id and m.wamid = 'wamid.1' where v.workspace_id = $1`,
      [place.workspaceId, MORNING_MS / 1000],
    )
    expect(rows).toEqual([{ last_wamid: 'wamid.2', inbound_count: 2, at: 10, source: 'live' }])
  }
  expect(dumps[1]).toEqual(dumps[0])
  expect(dumps[2]).toEqual(dumps[0])
})

test('any order and any duplication of facts ends in the same state, with nothing in the air', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ events, again, size, sizeAgain }) => {
      const one = await tell(events, size)
      const other = await tell(again, sizeAgain)
      expect(await checkIntegrity(db.database, one.workspaceId)).toEqual([])
      expect(await checkIntegrity(db.database, other.workspaceId)).toEqual([])
      expect(await dumpInbox(db.owner, other.workspaceId)).toEqual(await dumpInbox(db.owner, one.workspaceId))
    }),
    { numRuns: RUNS, seed: SEED },
  )
})
