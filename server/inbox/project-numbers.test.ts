import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboxEvent } from '../../contract/inbox-event.ts'
import { expectConverged, feedSince, freshBrowser } from '../../test/support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { dumpInbox } from '../../test/support/inbox-dump.ts'
import {
  customer,
  deletion,
  edit,
  LAYLA,
  MORNING_MS,
  message,
  ORIGIN,
  reaction,
  status,
  testProjection,
} from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { ChannelEvent, Customer } from '../whatsapp/channel-event.ts'
import { checkIntegrity } from './check-integrity.ts'
import { projectBatch } from './project-batch.ts'

/** Numbers of a batch are projected together: what comes of it must be what came of one after the other. */

const NUMBERS = 3
const RUNS = Number(process.env.WASL_TEST_RUNS ?? 30)
const SEED = Number(process.env.WASL_TEST_SEED ?? 20261129)

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** One customer in all ways in which Meta may name them, another, and one who changes number. */
const SHARED: readonly Customer[] = [
  customer({ phone: '966551234567', profileName: 'Layla' }),
  customer({ userId: 'SA.1', username: 'layla' }),
  customer({ phone: '966551234567', userId: 'SA.1', profileName: 'Layla H.' }),
  customer({ userId: 'SA.1', parentUserId: 'SA.ENT.1' }),
  customer({ phone: '5511987654321', profileName: 'Bruno' }),
  customer({ phone: '966550000009' }),
]
/** Customers of one number each. */
const apart = (on: number): readonly Customer[] => [
  customer({ phone: `96655000000${on}`, profileName: `First of ${on}` }),
  customer({ phone: `96655000001${on}`, userId: `SA.9${on}` }),
]

interface Told {
  readonly on: number
  readonly event: ChannelEvent
}

const at = fc.integer({ min: 0, max: 30 })

function eventsAmong(customersOf: (on: number) => readonly Customer[]): fc.Arbitrary<Told> {
  const given = { on: fc.nat(NUMBERS - 1), n: fc.nat(5), who: fc.nat(5), at, kind: fc.nat(11) }
  return fc.record(given).map(({ on, n, who, at, kind }): Told => {
    const people = customersOf(on)
    const person = people[who % people.length] as Customer
    // The same wamid on two numbers is two messages; on one number it is always the same.
    const author = people[n % people.length] as Customer
    const wamid = `wamid.M${n}`
    const out = n % 2 === 1 ? ({ direction: 'out', via: 'echo' } as const) : {}
    const quote = n > 1 ? { context: { wamid: `wamid.M${n - 1}`, productId: null } } : {}
    const event = (): ChannelEvent => {
      if (kind < 4) return message({ wamid, customer: author, at: n * 2, text: `Text ${n} on ${on}`, ...out, ...quote })
      if (kind === 4) return message({ wamid, customer: author, at: n * 2, ...out, via: 'history', phase: 0 })
      if (kind === 5)
        return edit({ wamid: `wamid.E${at}`, targetWamid: wamid, at, text: `Edit ${at}`, customer: author })
      if (kind === 6) return deletion({ wamid: `wamid.D${at}`, targetWamid: wamid, at, customer: author })
      if (kind === 7) return reaction({ wamid: `wamid.R${at}`, targetWamid: wamid, at, emoji: '👍', customer: author })
      if (kind === 8) return bookEntry(person, at)
      if (kind === 9) return chunk(at)
      return status({ wamid, status: kind === 10 ? 'delivered' : 'read', at, customer: person })
    }
    return { on, event: event() }
  })
}

function bookEntry(person: Customer, at: number): ChannelEvent {
  const bare = { ...person, profileName: null, username: null }
  const atMs = MORNING_MS + at * 1000
  const names = { fullName: `Book ${at}`, firstName: null }
  return { type: 'channel.contact', origin: ORIGIN, action: 'add', customer: bare, ...names, atMs }
}

function chunk(at: number): ChannelEvent {
  const counts = { progressPercent: at, threads: 1, messages: 10 }
  return { type: 'channel.history_chunk', origin: ORIGIN, phase: 0, chunkOrder: at % 3, ...counts }
}

interface Place extends TestWorkspace {
  /** In the order in which they are projected. */
  readonly numberIds: readonly string[]
}

async function placeOfNumbers(): Promise<Place> {
  const place = await createTestWorkspace(db)
  const numberIds = [place.number.id, ...Array.from({ length: NUMBERS - 1 }, () => randomUUID())].sort()
  for (const [index, id] of numberIds.entries()) {
    await db.owner.query(
      `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
       values ($1, $2, 'waba', $3, $3, $3, $4, 'coexistence', 'live', $5)
       on conflict (workspace_id, id) do update set verified_name = excluded.verified_name`,
      [place.workspaceId, id, `9665${index}`, `Shop ${index}`, new Date(MORNING_MS)],
    )
  }
  return { ...place, numberIds }
}

/** Tells `told` in batches of `size`, all numbers of a batch together or one after the other; gives the place. */
async function tell(told: readonly Told[], size: number, how: 'together' | 'apart', place: Place): Promise<Place> {
  const deps = testProjection(db)
  for (let from = 0; from < told.length; from += size) {
    const batch = told.slice(from, from + size)
    const parts = place.numberIds.flatMap((numberId, on) => {
      const facts = batch.filter((each) => each.on === on).map(({ event }) => ({ event, receivedAtMs: MORNING_MS }))
      return facts.length === 0 ? [] : [{ numberId, facts }]
    })
    const { workspaceId } = place
    // Together they may come in any order.
    if (how === 'together') await projectBatch(deps, { workspaceId, parts: parts.toReversed(), queueIds: [] })
    else for (const part of parts) await projectBatch(deps, { workspaceId, parts: [part], queueIds: [] })
  }
  return place
}

/** What was last learned of each contact, by which number. */
async function learned({ workspaceId }: Place): Promise<unknown[]> {
  const { rows } = await db.owner.query(
    `select distinct on (person, what) * from (
       select c.id, what, new, n.verified_name,
              (select string_agg(i.value, ' ' order by i.value) from identity i
                where i.workspace_id = $1 and i.contact_id = coalesce(k.merged_into, k.id)) as person
         from contact_change c join contact k on k.workspace_id = $1 and k.id = c.contact_id
         join business_number n on n.workspace_id = $1 and n.id = c.number_id
        where c.workspace_id = $1 and what in ('profile_name', 'address_book_name', 'username')) t
      order by person, what, id desc`,
    [workspaceId],
  )
  return rows.map(({ id: _, ...row }) => row)
}

/** An event without the ids, which differ from one place to the other. */
function plain({ type, ...event }: InboxEvent): string {
  const views = event as { message?: object; conversation?: { contact: object } | null }
  const hidden = { id: 0, conversationId: 0, numberId: 0, lastId: 0 }
  const { message, conversation } = views
  const contact = { ...conversation?.contact, ...hidden }
  return JSON.stringify({
    type,
    message: message && { ...message, ...hidden },
    conversation: conversation && { ...conversation, ...hidden, contact },
  })
}

const batches = (told: fc.Arbitrary<Told>) =>
  fc.tuple(fc.array(told, { minLength: 4, maxLength: 30 }), fc.integer({ min: 2, max: 12 }))

test('numbers projected together leave what they leave one after the other, customers whom they share too', {
  timeout: 300_000,
}, async () => {
  const world = batches(eventsAmong(() => SHARED))
  await fc.assert(
    fc.asyncProperty(world, async ([told, size]) => {
      const one = await tell(told, size, 'apart', await placeOfNumbers())
      const other = await placeOfNumbers()
      const browser = await freshBrowser(db, other)
      await tell(told, size, 'together', other)
      expect(await checkIntegrity(db.database, other.workspaceId)).toEqual([])
      expect(await dumpInbox(db.owner, other.workspaceId)).toEqual(await dumpInbox(db.owner, one.workspaceId))
      await expectConverged(db, other, browser)
    }),
    { numRuns: RUNS, seed: SEED },
  )
})

test('numbers that share no customer are told of by the same events, together or one after the other', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(batches(eventsAmong(apart)), async ([told, size]) => {
      const heard = async (how: 'together' | 'apart') => {
        const place = await tell(told, size, how, await placeOfNumbers())
        const events = (await feedSince(db, place, 0)).map(({ event }) => event)
        // A number is told of at the end of its transaction, so as often as there are transactions.
        return events.filter(({ type }) => type !== 'number.changed').map(plain)
      }
      expect((await heard('together')).sort()).toEqual((await heard('apart')).sort())
    }),
    { numRuns: RUNS, seed: SEED },
  )
})

test('what was learned of a known customer is kept with the number that it was learned by', async () => {
  const place = await placeOfNumbers()
  await tell([{ on: 0, event: message({ wamid: 'wamid.1', at: 1 }) }], 1, 'together', place)
  const told = [
    { on: 0, event: message({ wamid: 'wamid.2', at: 2, customer: { ...LAYLA, profileName: 'Older' } }) },
    { on: 1, event: message({ wamid: 'wamid.2', at: 3, customer: { ...LAYLA, profileName: 'Newer' } }) },
    { on: 2, event: bookEntry(LAYLA, 4) },
  ]
  await tell(told, 3, 'together', place)
  expect(await learned(place)).toMatchObject([
    { what: 'address_book_name', new: 'Book 4', verified_name: 'Shop 2' },
    { what: 'profile_name', new: 'Newer', verified_name: 'Shop 1' },
  ])
})

test('what one number learns of a customer decides whose conversation it is on another, in the same batch', async () => {
  const place = await placeOfNumbers()
  const [phone, both] = [customer({ phone: '966551234567' }), customer({ phone: '966551234567', userId: 'SA.1' })]
  const known = [0, 1].map((on) => ({
    on,
    event: message({ wamid: 'wamid.1', customer: customer({ userId: 'SA.1' }) }),
  }))
  await tell(known, 2, 'together', place)
  await tell(
    [
      { on: 0, event: message({ wamid: 'wamid.2', at: 1, customer: phone }) },
      { on: 1, event: message({ wamid: 'wamid.2', at: 1, customer: both }) },
    ],
    2,
    'together',
    place,
  )
  const { rows } = await db.owner.query(
    `select count(*)::int as messages, count(distinct v.contact_id)::int as contacts from message m
       join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id where m.workspace_id = $1
      group by v.id`,
    [place.workspaceId],
  )
  expect(rows).toEqual([
    { messages: 2, contacts: 1 },
    { messages: 2, contacts: 1 },
  ])
})
