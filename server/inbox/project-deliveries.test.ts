import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { metadata, startTestIntake, type TestIntake, webhook, wireText } from '../../test/support/webhooks.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { ensureDays, insertDeliveries } from '../intake/delivery-store.ts'
import { readWebhook } from '../whatsapp/normalise.ts'
import { checkIntegrity } from './check-integrity.ts'

let db: TestDatabase
let place: TestWorkspace
let intake: TestIntake

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  intake = await startTestIntake(db)
})
afterEach(async () => {
  await intake.settled()
  await intake.stop()
  expect(await checkIntegrity(db.database, place.workspaceId)).toEqual([])
  await db.owner.query('delete from unplaced_delivery')
})

const live = (...messages: object[]) => webhook(place.number, { value: { messages } })

async function counts(): Promise<{ threads: number; messages: number }> {
  const { rows } = await db.owner.query(
    `select (select count(*) from conversation where workspace_id = $1)::int as threads,
            (select count(*) from message where workspace_id = $1)::int as messages`,
    [place.workspaceId],
  )
  return rows[0]
}

async function unplaced() {
  const { rows } = await db.owner.query('select reason, phone_number_id from unplaced_delivery order by reason')
  return rows.map(({ reason, phone_number_id }) => `${reason} ${phone_number_id ?? '-'}`)
}

test('an album of ten at once makes one thread and ten messages', async () => {
  const from = '966551230001'
  const album = Array.from({ length: 10 }, (_, n) => live(wireText({ id: `wamid.album-${n}`, from })))
  expect(new Set(await Promise.all(album.map((body) => intake.post(body))))).toEqual(new Set([200]))
  await intake.settled()
  expect(await counts()).toEqual({ threads: 1, messages: 10 })
})

test('a delivery that sweep and intake both bring is projected once, and holds nothing up', async () => {
  const body = Buffer.from(JSON.stringify(live(wireText({ id: 'wamid.twice', from: '966551230003' }))))
  const signature = createHash('sha256').update(body).digest()
  const nowMs = intake.projection.clock.nowMs()
  await ensureDays(db.database, nowMs)
  const stored = await insertDeliveries(db.database, nowMs, [{ signature, body }])
  intake.projector.offer([...stored, ...stored])
  await intake.settled()
  expect(await counts()).toEqual({ threads: 1, messages: 1 })
})

test('a first message and one 214 ms later, projected by two processes at once, make one thread', async () => {
  const other = await startTestIntake(db)
  const from = '966551230002'
  await Promise.all([
    intake.post(live(wireText({ id: 'wamid.first', from }))),
    other.post(live(wireText({ id: 'wamid.second', from }))),
  ])
  await Promise.all([intake.settled(), other.settled()])
  await other.stop()
  expect(await counts()).toEqual({ threads: 1, messages: 2 })
})

test('the same messages, taken in and projected by two processes at once, are there once and told once', async () => {
  const other = await startTestIntake(db)
  const from = (n: number) => `9665512400${10 + (n % 10)}`
  // The threads are there already: nothing but the key of messages keeps the two apart.
  for (let n = 0; n < 10; n++) await intake.post(live(wireText({ id: `wamid.before-${n}`, from: from(n) })))
  await intake.settled()
  const bodies = Array.from({ length: 100 }, (_, n) => live(wireText({ id: `wamid.both-${n}`, from: from(n) })))
  // Other bytes, so that neither is a redelivery of the other.
  await Promise.all(bodies.flatMap((body) => [intake.post(body), other.post(JSON.stringify(body, null, 1))]))
  await Promise.all([intake.settled(), other.settled()])
  await other.stop()
  expect(await counts()).toEqual({ threads: 10, messages: 110 })
  const { rows } = await db.owner.query(
    "select count(*)::int as told from feed where workspace_id = $1 and event ->> 'type' = 'message.added'",
    [place.workspaceId],
  )
  expect(rows).toEqual([{ told: 110 }])
})

test('three messages in one change, and three changes in two entries, are all there', async () => {
  const of = (n: number) => wireText({ id: `wamid.many-${n}`, from: '966551230003' })
  await intake.post(live(of(0), of(1), of(2)))
  const value = (...messages: object[]) => ({ ...metadata(place.number), messages })
  await intake.post({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: place.number.wabaId,
        changes: [
          { field: 'messages', value: value(of(3)) },
          { field: 'messages', value: value(of(4)) },
        ],
      },
      { id: place.number.wabaId, changes: [{ field: 'messages', value: value(of(5)) }] },
    ],
  })
  await intake.settled()
  expect(await counts()).toEqual({ threads: 1, messages: 6 })
})

test('echoes, history and the address book are stored, none of them dropped', async () => {
  const customer = '966551230004'
  const business = place.number.phone
  const echo = {
    from: business,
    to: customer,
    id: 'wamid.echo',
    timestamp: '1795420810',
    type: 'text',
    text: { body: 'We are open' },
  }
  const past = {
    ...wireText({ id: 'wamid.past', from: customer, at: 1_790_000_000 }),
    history_context: { status: 'READ' },
  }
  const history = [
    { metadata: { phase: 1, chunk_order: 1, progress: 55 }, threads: [{ id: customer, messages: [past] }] },
  ]
  const book = [
    {
      type: 'contact',
      contact: { full_name: 'Huda Salem', first_name: 'Huda', phone_number: customer },
      action: 'add',
      metadata: { timestamp: '1795420000' },
    },
  ]
  await intake.post(webhook(place.number, { field: 'smb_message_echoes', value: { message_echoes: [echo] } }))
  await intake.post(webhook(place.number, { field: 'history', value: { history } }))
  await intake.post(webhook(place.number, { field: 'smb_app_state_sync', value: { state_sync: book } }))
  await intake.settled()
  expect(await counts()).toEqual({ threads: 1, messages: 2 })
  const { rows } = await db.owner.query(
    `select m.author, m.source, m.delivery, c.address_book_name, v.inbound_count, v.last_inbound_at from message m
       join conversation v on v.id = m.conversation_id join contact c on c.id = v.contact_id where m.workspace_id = $1 order by m.sent_at`,
    [place.workspaceId],
  )
  const thread = { delivery: null, address_book_name: 'Huda Salem', inbound_count: 0, last_inbound_at: null }
  expect(rows).toEqual([
    { author: 'customer', source: 'history', ...thread },
    { author: 'phone', source: 'live', ...thread },
  ])
})

test('3,000 senders at once are each filed under their own name', { timeout: 60_000 }, async () => {
  const senders = Array.from({ length: 3_000 }, (_, n) => String(966_500_000_000 + n * 7))
  const answers = await Promise.all(
    senders.map((from) => intake.post(live(wireText({ id: `wamid.of-${from}`, from, body: `I am ${from}` })))),
  )
  expect(answers.every((status) => status === 200)).toBe(true)
  await intake.settled()
  const { rows } = await db.owner.query(
    `select c.phone, m.wamid, m.content ->> 'body' as body from message m join conversation v on v.id = m.conversation_id
       join contact c on c.id = v.contact_id where m.workspace_id = $1`,
    [place.workspaceId],
  )
  expect(rows).toHaveLength(3_000)
  expect(rows.filter(({ phone, wamid, body }) => wamid !== `wamid.of-${phone}` || body !== `I am ${phone}`)).toEqual([])
})

test('what is not JSON, no webhook, or for a number nobody knows is kept, shown and counted', async () => {
  const stranger = { phoneNumberId: '404', wabaId: '405', phone: '966500000000' }
  expect(await intake.post('{"object":')).toBe(200)
  expect(await intake.post({ hello: 'world' })).toBe(200)
  expect(
    await intake.post(
      webhook(stranger, { value: { messages: [wireText({ id: 'wamid.lost', from: '966551230005' })] } }),
    ),
  ).toBe(200)
  await intake.settled()
  expect(await unplaced()).toEqual(['not_a_webhook -', 'not_json -', 'unknown_number 404'])
  const last = JSON.parse(intake.projection.published.get(place.workspaceId)?.at(-1)?.eventJson ?? '{}')
  expect(last).toEqual({ type: 'unrecognised.counted', total: 3 })
})

const LATER = { phoneNumberId: '1000000000505', wabaId: '1000000000506', phone: '966500000001' }

async function connect(number: typeof LATER): Promise<void> {
  await db.owner.query(
    'insert into number_route (phone_number_id, waba_id, workspace_id, number_id) values ($1, $2, $3, $4)',
    [number.phoneNumberId, number.wabaId, place.workspaceId, place.number.id],
  )
}

async function disconnect(number: typeof LATER): Promise<void> {
  await db.owner.query('delete from number_route where phone_number_id = $1', [number.phoneNumberId])
}

test('what came for a number, or its account, before it was connected is there once it is, once', async () => {
  const other = { phoneNumberId: '1000000000507', wabaId: '1000000000508', phone: '966500000002' }
  const text = (id: string) => ({ value: { messages: [wireText({ id, from: '966551230006' })] } })
  const early = webhook(LATER, text('wamid.early')) as { entry: object[] }
  // One delivery for two numbers nobody knows; the one that is noted is the other.
  const shared = { ...early, entry: [...(webhook(other, text('wamid.other')) as typeof early).entry, ...early.entry] }
  const account = {
    id: LATER.wabaId,
    time: 1,
    changes: [{ field: 'account_update', value: { event: 'PARTNER_ADDED' } }],
  }
  await intake.post(shared)
  await intake.post({ object: 'whatsapp_business_account', entry: [account] })
  await intake.settled()
  expect(await unplaced()).toEqual([`unknown_number ${other.phoneNumberId}`, 'unknown_number -'])
  await connect(LATER)
  expect(await intake.projector.replayUnplaced(LATER.phoneNumberId, LATER.wabaId)).toBe(2)
  await intake.settled()
  expect([await unplaced(), await counts()]).toEqual([
    [`unknown_number ${other.phoneNumberId}`],
    { threads: 1, messages: 1 },
  ])
  const { rows } = await db.owner.query('select event from notice where workspace_id = $1', [place.workspaceId])
  expect(rows).toEqual([{ event: 'PARTNER_ADDED' }])
  expect(await intake.projector.replayUnplaced(LATER.phoneNumberId, LATER.wabaId)).toBe(1)
  await intake.settled()
  expect(await counts()).toEqual({ threads: 1, messages: 1 })
  await disconnect(LATER)
})

test('a number that is connected while its first delivery is set aside does not lose it', async () => {
  // The trigger connects the number after the projector has read the routes, and before the delivery stands aside.
  await db.owner.query(`create function connect_meanwhile() returns trigger language plpgsql security definer as $$
    begin
      insert into number_route (phone_number_id, waba_id, workspace_id, number_id)
      values ('${LATER.phoneNumberId}', '${LATER.wabaId}', '${place.workspaceId}', '${place.number.id}') on conflict do nothing;
      return new;
    end $$`)
  await db.owner.query(
    'create trigger meanwhile before insert on unplaced_delivery for each row execute function connect_meanwhile()',
  )
  await intake.post(webhook(LATER, { value: { messages: [wireText({ id: 'wamid.race', from: '966551230006' })] } }))
  await intake.settled()
  await intake.settled()
  expect([await unplaced(), await counts()]).toEqual([[], { threads: 1, messages: 1 }])
  await db.owner.query('drop function connect_meanwhile cascade')
  await disconnect(LATER)
})

test('a delivery that fails by itself stops nobody, is tried again, and is set aside in the end', async () => {
  await intake.stop()
  intake = await startTestIntake(db, {
    readWebhook(payload) {
      const reading = readWebhook(payload)
      // Stands for a fault of ours: a time that PostgreSQL cannot hold.
      const isPoison = JSON.stringify(payload).includes('poison')
      if (!isPoison || reading.kind !== 'webhook') return reading
      return { ...reading, events: reading.events.map((event) => ({ ...event, sentAtMs: 1e30 }) as typeof event) }
    },
  })
  const good = Array.from({ length: 20 }, (_, n) => live(wireText({ id: `wamid.good-${n}`, from: '966551230007' })))
  await Promise.all(
    [...good.slice(0, 10), live(wireText({ id: 'wamid.poison', from: '966551230008' })), ...good.slice(10)].map(
      (body) => intake.post(body),
    ),
  )
  await intake.settled()
  expect(await counts()).toEqual({ threads: 1, messages: 20 })
  for (let attempt = 2; attempt <= 5; attempt++) {
    expect(await unplaced()).toEqual([])
    intake.projection.clock.advanceMs(60_000)
    await intake.settled()
  }
  expect(await unplaced()).toEqual(['failed -'])
  expect(intake.failures).toHaveLength(5)
  expect(await intake.projector.lagMs()).toBe(0)
})

test('characters that PostgreSQL cannot hold lose only themselves', async () => {
  const raw = JSON.stringify(live(wireText({ id: 'wamid.nul', from: '966551230009', body: 'a_b' }))).replace(
    'a_b',
    'a\\u0000b\\ud83d c',
  )
  await intake.post(raw)
  await intake.settled()
  const { rows } = await db.owner.query("select content ->> 'body' as body from message where workspace_id = $1", [
    place.workspaceId,
  ])
  expect(rows).toEqual([{ body: 'a\ufffdb\ufffd c' }])
})

test('the age of what waits is told, and is nothing when nothing waits', async () => {
  expect(await intake.projector.lagMs()).toBe(0)
  await intake.projector.stop()
  await intake.post(live(wireText({ id: 'wamid.waits', from: '966551230010' })))
  intake.projection.clock.advanceMs(4_000)
  expect(await intake.projector.lagMs()).toBe(4_000)
  await intake.stop()
  intake = await startTestIntake(db)
  await intake.settled()
  expect(await counts()).toEqual({ threads: 1, messages: 1 })
})
