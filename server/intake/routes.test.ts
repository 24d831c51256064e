import fastify from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import {
  APP_SECRET,
  OLD_APP_SECRET,
  sign,
  startTestIntake,
  type TestIntake,
  VERIFY_TOKEN,
  webhook,
  wireText,
} from '../../test/support/webhooks.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { openDatabase } from '../platform/db.ts'
import { openGroupCommit } from './commit-deliveries.ts'
import { dropOldDays } from './delivery-store.ts'
import { intakeRoutes, WEBHOOK_PATH } from './routes.ts'

const MEGABYTE = 1024 * 1024
const DAY_MS = 86_400_000

let db: TestDatabase
let place: TestWorkspace
let intake: TestIntake

beforeAll(async () => {
  db = await createTestDatabase()
  // Once and before anything runs: a trigger that comes and goes takes locks against the sweeps of the queue.
  await db.owner.query(`create table refusal (code text);
    grant select on refusal to public;
    create function refuse() returns trigger language plpgsql as $$
      declare refused text := (select code from refusal);
      begin
        if refused is not null then raise exception 'refused' using errcode = refused; end if;
        return new;
      end $$;
    create trigger refuse before insert on raw_delivery for each row execute function refuse()`)
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  intake = await startTestIntake(db)
})
afterEach(async () => {
  await intake.settled()
  await intake.stop()
})

const text = (id: string, from = '966551234567') =>
  webhook(place.number, { value: { messages: [wireText({ id, from })] } })

async function stored(): Promise<{ raw: number; queued: number; messages: number }> {
  const { rows } = await db.owner.query(
    `select (select count(*) from raw_delivery)::int as raw, (select count(*) from delivery_queue)::int as queued,
            (select count(*) from message where workspace_id = $1)::int as messages`,
    [place.workspaceId],
  )
  return rows[0]
}

test('a signed webhook is stored byte for byte, answered, and becomes a message', async () => {
  const before = await stored()
  const body = Buffer.from(JSON.stringify(text('wamid.a')).replace('Good morning', 'Good \\u0645orning'))
  expect(await intake.post(body)).toBe(200)
  await intake.settled()
  expect(await stored()).toEqual({ raw: before.raw + 1, queued: 0, messages: 1 })
  const { rows } = await db.owner.query(
    'select body from raw_delivery order by received_at desc, body = $1 desc limit 1',
    [body],
  )
  expect(rows[0].body).toEqual(body)
})

test('a webhook signed with the secret that is being replaced is as good', async () => {
  const body = Buffer.from(JSON.stringify(text('wamid.old-secret')))
  expect(await intake.post(body, sign(body, OLD_APP_SECRET))).toBe(200)
})

test('wrong and missing signatures are refused and leave nothing behind', async () => {
  const before = await stored()
  const body = Buffer.from(JSON.stringify(text('wamid.forged')))
  for (const signature of [null, 'sha256=', sign(body, 'guess'), sign(Buffer.from('{}'))]) {
    expect(await intake.post(body, signature)).toBe(401)
  }
  await intake.settled()
  expect(await stored()).toEqual(before)
})

test('a body of 3 MB is taken, one above the cap is refused with 413', async () => {
  expect(await intake.post(Buffer.alloc(3 * MEGABYTE, 0x20))).toBe(200)
  expect(await intake.post(Buffer.alloc(4 * MEGABYTE + 1, 0x20))).toBe(413)
  await intake.settled()
})

test('every content type is read as raw bytes', async () => {
  const body = Buffer.from(JSON.stringify(text('wamid.typed')))
  for (const type of [
    'text/plain',
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'nonsense/type',
  ]) {
    const headers = { 'content-type': type, 'x-hub-signature-256': sign(body) }
    const answer = await intake.app.inject({ method: 'POST', url: WEBHOOK_PATH, payload: body, headers })
    expect(answer.statusCode).toBe(200)
  }
})

test('the handshake echoes the challenge to who knows the token, and refuses everybody else', async () => {
  const ask = (query: string) => intake.app.inject({ method: 'GET', url: `${WEBHOOK_PATH}?${query}` })
  const good = await ask(`hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${VERIFY_TOKEN}`)
  expect([good.statusCode, good.body]).toEqual([200, '1158201444'])
  expect((await ask('hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess')).statusCode).toBe(403)
  expect((await ask(`hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=${VERIFY_TOKEN}`)).statusCode).toBe(403)
  expect((await ask('hub.challenge=1')).statusCode).toBe(403)
})

test('the same webhook twice at once, 200 times, is stored 200 times', async () => {
  const before = await stored()
  const bodies = Array.from({ length: 200 }, (_, n) => text(`wamid.twice-${n}`, `96655${1_000_000 + n}`))
  const answers = await Promise.all(bodies.flatMap((body) => [intake.post(body), intake.post(body)]))
  expect(new Set(answers)).toEqual(new Set([200]))
  await intake.settled()
  expect(await stored()).toEqual({ raw: before.raw + 200, queued: 0, messages: 200 })
})

test('a redelivery, signed anew or not, adds no message', async () => {
  for (let n = 0; n < 50; n++) await intake.post(text(`wamid.again-${n}`))
  await intake.settled()
  for (let n = 0; n < 50; n++) {
    const body = Buffer.from(JSON.stringify(text(`wamid.again-${n}`)))
    expect(await intake.post(body)).toBe(200)
    expect(await intake.post(body, sign(body, OLD_APP_SECRET))).toBe(200)
  }
  await intake.settled()
  expect((await stored()).messages).toBe(50)
})

test('a chunk of history that comes again the same day, byte for byte, is read again and doubles nothing', async () => {
  const from = '966551234567'
  const message = { ...wireText({ id: 'wamid.past', from }), history_context: { status: 'READ' } }
  const threads = [{ id: from, messages: [message] }]
  const value = { history: [{ metadata: { phase: 0, chunk_order: 1, progress: 100 }, threads }] }
  const body = Buffer.from(JSON.stringify(webhook(place.number, { field: 'history', value })))
  const before = await stored()
  expect(await intake.post(body)).toBe(200)
  await intake.settled()
  // The number is removed and connected again: its import begins anew.
  await db.owner.query('delete from sync_chunk where workspace_id = $1', [place.workspaceId])
  expect(await Promise.all([intake.post(body), intake.post(body)])).toEqual([200, 200])
  await intake.settled()
  const { rows } = await db.owner.query('select phase, messages from sync_chunk where workspace_id = $1', [
    place.workspaceId,
  ])
  expect(rows).toEqual([{ phase: 0, messages: 1 }])
  expect(await stored()).toEqual({ raw: before.raw + 1, queued: 0, messages: 1 })
})

test('a day without its partition gets one', async () => {
  intake.projection.clock.advanceMs(400 * DAY_MS)
  expect(await intake.post(text('wamid.late'))).toBe(200)
  await intake.settled()
  expect((await stored()).messages).toBe(1)
})

test('old days are dropped with their bytes, but not while a delivery waits in one', async () => {
  const { clock } = intake.projection
  clock.advanceMs(500 * DAY_MS)
  expect(await intake.post(text('wamid.kept'))).toBe(200)
  await intake.settled()
  await db.owner.query(
    'insert into delivery_queue (received_on, signature, received_at) select received_on, signature, received_at from raw_delivery order by received_at desc limit 1',
  )
  await dropOldDays(db.database, clock.nowMs() + 31 * DAY_MS, 30)
  expect((await stored()).raw).toBe(1)
  await intake.settled()
  await dropOldDays(db.database, clock.nowMs() + 31 * DAY_MS, 30)
  expect((await stored()).raw).toBe(0)
})

test('what cannot be stored is answered with 503, never 200', async () => {
  await db.owner.query('alter table raw_delivery rename to raw_delivery_away')
  try {
    expect(await intake.post(text('wamid.unlucky'))).toBe(503)
    // The projector's sweep may have met the missing table too.
    expect(intake.failures.map(String)).toContainEqual(expect.stringMatching(/raw_delivery.* does not exist/))
  } finally {
    await db.owner.query('alter table raw_delivery_away rename to raw_delivery')
  }
  expect(await intake.post(text('wamid.unlucky'))).toBe(200)
  await intake.settled()
  expect((await stored()).messages).toBe(1)
})

test.each([
  ['the disk is full', '53100'],
  ['there are too many connections', '53300'],
  ['PostgreSQL is being shut down', '57P01'],
  ['the disk cannot be written', '58030'],
])('while %s (%s) the answer is 503, nothing is stored, and all is well afterwards', async (_name, code) => {
  const before = await stored()
  await db.owner.query('insert into refusal values ($1)', [code])
  try {
    expect(await intake.post(text('wamid.full'))).toBe(503)
    expect(await stored()).toEqual(before)
  } finally {
    await db.owner.query('delete from refusal')
  }
  expect(await intake.post(text('wamid.full'))).toBe(200)
  await intake.settled()
  expect((await stored()).messages).toBe(1)
})

test('while the database cannot be reached the answer is 503', async () => {
  const away = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing', max: 1, onError: () => {} })
  const failures: unknown[] = []
  const app = fastify()
  const onError = (error: unknown) => failures.push(error)
  const clock = intake.projection.clock
  const secrets = [APP_SECRET]
  await app.register(
    intakeRoutes({ database: away, clock, secrets, verifyToken: VERIFY_TOKEN, onStored: () => {}, onError }),
  )
  const body = Buffer.from(JSON.stringify(text('wamid.nowhere')))
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) }
  const answer = await app.inject({ method: 'POST', url: WEBHOOK_PATH, payload: body, headers })
  expect([answer.statusCode, answer.json().error.code]).toEqual([503, 'unavailable'])
  expect(failures.map(String)).toEqual([expect.stringContaining('ECONNREFUSED')])
  await app.close()
  await away.close()
})

test('deliveries that come during a commit share the next one', async () => {
  const batches: number[] = []
  const commits = openGroupCommit({
    database: db.database,
    clock: intake.projection.clock,
    onStored: (deliveries) => batches.push(deliveries.length),
    onError: (error) => intake.failures.push(error),
  })
  const delivery = (n: number) => ({ signature: Buffer.alloc(32, `group ${n}`), body: Buffer.from(`body ${n}`) })
  const first = commits.store(delivery(0))
  // A turn later the first commit is on its way.
  await new Promise((done) => setImmediate(done))
  const others = Array.from({ length: 40 }, (_, n) => commits.store(delivery(n + 1)))
  expect(await Promise.all([first, ...others])).toEqual(Array.from({ length: 41 }, () => true))
  await commits.drain()
  expect(batches).toEqual([1, 40])
})

test('bytes that wait for a commit are bounded: the rest is refused', async () => {
  const commits = openGroupCommit({
    database: db.database,
    clock: intake.projection.clock,
    onStored: () => {},
    onError: () => {},
  })
  const body = Buffer.alloc(4 * MEGABYTE)
  const answers = Array.from({ length: 20 }, (_, n) => commits.store({ signature: Buffer.alloc(32, n), body }))
  const stored = (await Promise.all(answers)).filter((each) => each)
  expect(stored).toHaveLength(16)
})
