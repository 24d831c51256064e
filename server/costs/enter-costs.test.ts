import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { TestClock } from '../platform/clock.ts'
import { readWorkspace } from '../platform/db.ts'
import { enterCosts } from './enter-costs.ts'
import { monthSpan } from './month-span.ts'
import { REPORT } from './report-store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2026, 10, 20, 9)

let db: TestDatabase
let workspace: TestWorkspace
let conversationId: string
let clock: TestClock
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  clock = new TestClock(START)
  workspace = await createTestWorkspace(db)
  conversationId = randomUUID()
  const contactId = randomUUID()
  const { workspaceId, number } = workspace
  await db.owner.query('insert into contact (workspace_id, id, phone, created_at) values ($1, $2, $3, $4)', [
    ...[workspaceId, contactId, '966551234567', new Date(START)],
  ])
  await db.owner.query(
    `insert into conversation (workspace_id, id, number_id, contact_id, last_at, inbound_count, created_at)
     values ($1, $2, $3, $4, $5, 1, $5)`,
    [workspaceId, conversationId, number.id, contactId, new Date(START)],
  )
})

interface Written {
  readonly author?: string
  readonly source?: string
  readonly at?: number
  readonly delivery?: string | null
  readonly content?: object
  readonly referral?: object | null
}

async function write(wamid: string, written: Written = {}): Promise<void> {
  const at = new Date(written.at ?? clock.nowMs())
  const content = written.content ?? { type: 'text', body: 'x' }
  await db.owner.query(
    `insert into message (workspace_id, id, number_id, conversation_id, wamid, author, source, sent_at, content, delivery,
                          referral, base_rank, content_rank, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 2, 10, $12)`,
    [
      ...[workspace.workspaceId, randomUUID(), workspace.number.id, conversationId, wamid, written.author ?? 'agent'],
      ...[written.source ?? 'live', at, content, written.delivery === undefined ? 'sent' : written.delivery],
      ...[written.referral ?? null, new Date(clock.nowMs())],
    ],
  )
}

async function tell(
  wamid: string,
  status: string,
  pricing: object | null,
  more: { at?: number; conversation?: object } = {},
) {
  await db.owner.query(
    `insert into message_status (workspace_id, number_id, wamid, status, at, pricing, conversation)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[workspace.workspaceId, workspace.number.id, wamid, status, new Date(more.at ?? clock.nowMs())],
      ...[pricing, more.conversation ?? null],
    ],
  )
}

const SERVICE = { model: 'PMP', billable: true, type: 'regular', category: 'service' }
const MARKETING = { ...SERVICE, category: 'marketing' }
const enter = () => enterCosts({ database: db.database, clock }, workspace.workspaceId)
const lines = async () =>
  (
    await db.owner.query(
      `select wamid, basis, category, reason, amount::int, estimate::int, estimate_reason as "estimateReason"
         from message_cost where workspace_id = $1 order by wamid`,
      [workspace.workspaceId],
    )
  ).rows

test('a message has first our estimate, then Meta’s word beside it', async () => {
  await write('in', { author: 'customer' })
  await write('a')
  await enter()
  const estimate = { estimate: 0, estimateReason: 'free_tier' }
  expect(await lines()).toEqual([
    { wamid: 'a', basis: 'estimate', category: 'service', reason: 'free_tier', amount: 0, ...estimate },
  ])
  await tell('a', 'delivered', SERVICE)
  await tell('a', 'read', SERVICE, { at: START + MINUTE })
  await enter()
  expect(await lines()).toEqual([
    { wamid: 'a', basis: 'meta', category: 'service', reason: 'regular', amount: 10_700, ...estimate },
  ])
})

test('what is entered is entered once, however often and by however many', async () => {
  await write('a')
  await tell('a', 'delivered', MARKETING)
  await db.owner.query(
    `insert into message_status (workspace_id, number_id, wamid, status, at, pricing)
     select $1, $2, 'stray' || n, 'delivered', $3, $4 from generate_series(1, 500) n`,
    [workspace.workspaceId, workspace.number.id, new Date(START), MARKETING],
  )
  const entered = await Promise.all([enter(), enter(), enter(), enter()])
  // Of one message the estimate was entered before.
  expect(entered.reduce((sum, one) => sum + one, 0)).toBe(502)
  expect(await enter()).toBe(0)
  const { rows } = await db.owner.query(
    'select market, charged from cost_volume where workspace_id = $1 order by market collate "C"',
    [workspace.workspaceId],
  )
  expect(rows).toEqual([
    { market: 'SA', charged: 1 },
    { market: 'other', charged: 500 },
  ])
})

test('what failed costs nothing, history and what waits have no line', async () => {
  await write('failed')
  await write('past', { source: 'history' })
  await write('waits', { delivery: 'queued' })
  await enter()
  expect((await lines()).map(({ wamid }) => wamid)).toEqual(['failed'])
  await db.owner.query(`update message set delivery = 'failed' where workspace_id = $1 and wamid = 'failed'`, [
    workspace.workspaceId,
  ])
  expect(await enter()).toBe(1)
  expect(await lines()).toEqual([])
})

test('an answer on the phone is free, with what it would have cost', async () => {
  await write('phone', { author: 'phone', delivery: null })
  await enter()
  expect(await lines()).toMatchObject([{ basis: 'phone', reason: 'phone', amount: 0, estimate: 10_700 }])
})

test('after an ad answers are estimated as free, from the first on and until Meta says', async () => {
  await write('in', { author: 'customer', referral: { sourceType: 'ad' } })
  clock.advanceMs(HOUR)
  await write('first')
  await tell('first', 'sent', null, {
    conversation: { originType: 'referral_conversion', expiresAtMs: START + 2 * HOUR },
  })
  await write('within', { at: START + HOUR + MINUTE })
  await write('after', { at: START + 3 * HOUR })
  await enter()
  expect((await lines()).map(({ wamid, reason }) => [wamid, reason])).toEqual([
    ['after', 'free_tier'],
    ['first', 'free_entry_point'],
    ['within', 'free_entry_point'],
  ])
})

test('a template is priced by its category; of one that is not known nothing is claimed', async () => {
  await db.owner.query(
    `insert into template (workspace_id, id, waba_id, name, language, created_at, version, review, meta_category)
     values ($1, $2, $3, 'offer', 'ar', $4, 1, 'submitted', 'MARKETING')`,
    [workspace.workspaceId, randomUUID(), workspace.number.wabaId, new Date(START)],
  )
  await write('a', { content: { type: 'template', name: 'offer', language: 'ar' } })
  await write('b', { content: { type: 'template', name: 'gone', language: 'ar' } })
  await enter()
  expect(await lines()).toMatchObject([
    { wamid: 'a', category: 'marketing', reason: 'regular', estimate: 57_600 },
    { wamid: 'b', category: 'template', reason: 'regular', estimate: null },
  ])
})

test('a status that comes days late is found within the hour, and an estimate is made at the time or not at all', async () => {
  await write('in', { author: 'customer' })
  await enter()
  await write('late', { at: START })
  clock.advanceMs(2 * DAY)
  await tell('late', 'delivered', SERVICE, { at: START + MINUTE })
  await enter()
  expect(await lines()).toMatchObject([{ wamid: 'late', basis: 'meta', amount: 10_700, estimate: null }])
  // Looked far back just now: for an hour only what is near is read.
  await tell('later', 'delivered', SERVICE, { at: START + 2 * MINUTE })
  expect(await enter()).toBe(0)
  clock.advanceMs(HOUR)
  expect(await enter()).toBe(1)
})

test('a month of the report is read by its index, whatever else there is', async () => {
  const { workspaceId, number } = workspace
  await db.owner.query(
    `insert into message_cost (workspace_id, number_id, wamid, author, country, at, basis, category, reason, amount, currency)
     select $1, $2, 'w' || n, 'agent', 'SA', $3::timestamptz - n * interval '1 minute', 'meta', 'service', 'regular', 10700, 'USD'
       from generate_series(1, 200000) n`,
    [workspaceId, number.id, new Date(START)],
  )
  await db.owner.query('analyze message_cost')
  const { fromMs, toMs } = monthSpan('2026-11', 'Asia/Riyadh')
  const { rows } = await readWorkspace(db.database, workspaceId, (sql) =>
    sql.query(`explain (format json) ${REPORT}`, [workspaceId, new Date(fromMs), new Date(toMs), 'Asia/Riyadh']),
  )
  const plan = JSON.stringify(rows[0])
  expect(plan).toContain('message_cost_time')
  expect(plan).not.toContain('Seq Scan')
})
