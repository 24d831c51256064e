import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { startTestIntake, type TestIntake, webhook, wireText } from '../../test/support/webhooks.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { tellByMail } from '../mail/send-mail.job.ts'
import { countCosts } from './count-costs.ts'

const SAUDI = '966551234567'
const MARKETING = 57_600
const ANSWER = 10_700

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer
let intake: TestIntake
let conversationId: string
beforeAll(async () => {
  db = await createTestDatabase()
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  intake = await startTestIntake(db)
  const at = server.clock.nowMs() / 1000 - 3600
  await say({ messages: [wireText({ id: 'wamid.in', from: SAUDI, at })] })
  conversationId = (await server.call('GET', '/api/v1/conversations')).body.conversations[0].id
})
afterAll(async () => {
  expect([...server.errors, ...intake.failures]).toEqual([])
  await intake.stop()
  await server.close()
  await db.close()
})

async function say(value: object): Promise<void> {
  await intake.post(webhook(workspace.number, { value }))
  await intake.settled()
}

/** So many messages to Saudi Arabia are delivered and charged. */
async function deliver(count: number, prefix: string, category = 'marketing'): Promise<void> {
  const timestamp = String(server.clock.nowMs() / 1000 - 60)
  const pricing = { billable: true, pricing_model: 'PMP', category, type: 'regular' }
  const ids = Array.from({ length: count }, (_, index) => `wamid.${prefix}${index}`)
  const echoes = ids.map((id) => ({
    from: workspace.number.phone,
    to: SAUDI,
    id,
    timestamp,
    type: 'text',
    text: { body: 'x' },
  }))
  await intake.post(webhook(workspace.number, { field: 'smb_message_echoes', value: { message_echoes: echoes } }))
  await say({ statuses: ids.map((id) => ({ id, status: 'delivered', timestamp, recipient_id: SAUDI, pricing })) })
}

const count = () =>
  countCosts({ database: db.database, clock: server.clock, ids: server.deps.ids, tellByMail }, workspace.workspaceId)
const budgets = async () => (await server.call('GET', '/api/v1/costs/budgets')).body.budgets
const put = (body: object, as?: string) =>
  server.call('POST', '/api/v1/costs/budgets', { body, ...(as === undefined ? {} : { as }) })
const estimate = async (category = 'service') =>
  (await server.call('GET', `/api/v1/conversations/${conversationId}/estimate?category=${category}`)).body
const mails = async () =>
  (
    await db.owner.query('select cause, subject from mail where workspace_id = $1 order by written_at, cause', [
      workspace.workspaceId,
    ])
  ).rows

test('before sending: price, free answers left, and where an answer is free', async () => {
  expect(await estimate()).toEqual({
    category: 'service',
    currency: 'USD',
    amount: 0,
    reason: 'free_tier',
    freeLeft: 1000,
    phoneLink: `https://wa.me/${SAUDI}`,
    stopped: false,
  })
  expect(await estimate('marketing')).toMatchObject({ amount: MARKETING, reason: 'regular' })
  expect((await server.call('GET', `/api/v1/conversations/${workspace.number.id}/estimate`)).status).toBe(404)
})

test('alarms are raised once each, by mail too, and a hard stop is told before sending', async () => {
  await server.call('POST', '/api/v1/mail', {
    body: {
      ...{ host: '127.0.0.1', port: 2525, security: 'none', username: null, from: 'wasl@shop.example' },
      ...{ recipients: ['noura@shop.example'], language: 'en' },
    },
  })
  expect((await put({ numberId: null, amount: 10 * MARKETING, hardStop: true })).status).toBe(204)
  expect(await budgets()).toMatchObject([{ numberId: null, spent: 0, passedPercent: null, hardStop: true }])
  await deliver(8, 'a')
  await count()
  await count()
  expect(await budgets()).toMatchObject([{ spent: 8 * MARKETING, passedPercent: 80 }])
  expect(await mails()).toMatchObject([{ subject: 'WhatsApp: the month’s costs have reached 80% of the budget' }])
  expect(await estimate('marketing')).toMatchObject({ stopped: false })
  await deliver(2, 'b')
  await count()
  expect(await budgets()).toMatchObject([{ passedPercent: 100 }])
  expect(await mails()).toHaveLength(2)
  expect(await estimate('marketing')).toMatchObject({ stopped: true })
  expect(await estimate()).toMatchObject({ stopped: false, amount: 0 })
})

test('a budget of another number stops nothing here; a new one is counted at once; taken away it is gone', async () => {
  await put({ numberId: null, amount: null, hardStop: false })
  await put({ numberId: workspace.noura.id, amount: 1, hardStop: true })
  expect(await estimate('marketing')).toMatchObject({ stopped: false })
  await put({ numberId: workspace.number.id, amount: 1, hardStop: true })
  expect(await estimate('marketing')).toMatchObject({ stopped: true })
  await put({ numberId: workspace.number.id, amount: null, hardStop: true })
  await put({ numberId: workspace.noura.id, amount: null, hardStop: true })
  expect(await budgets()).toEqual([])
})

test('an answer that would cost is held back when the budget is spent, until a member confirms it', async () => {
  const send = (more: object) =>
    server.call('POST', `/api/v1/conversations/${conversationId}/messages`, {
      body: { clientId: randomUUID(), content: { type: 'text', body: 'Yes, we are open' }, ...more },
    })
  await put({ numberId: null, amount: 1, hardStop: true })
  expect((await send({})).status, 'free answers are left').toBe(201)
  await db.owner.query('update cost_month set free_used = 1000 where workspace_id = $1', [workspace.workspaceId])
  expect(await estimate()).toMatchObject({ stopped: true, reason: 'regular', freeLeft: 0 })
  expect((await send({})).body.error.code).toBe('budget_spent')
  expect((await send({ costConfirmed: true })).status).toBe(201)
  await put({ numberId: null, amount: null, hardStop: true })
})

test('a hard stop lets through what it pays for and no more, before anything is counted and after', async () => {
  const send = () =>
    server.call('POST', `/api/v1/conversations/${conversationId}/messages`, {
      body: { clientId: randomUUID(), content: { type: 'text', body: 'Yes, we are open' } },
    })
  await count()
  // By now a thousand answers are delivered, by Meta's word.
  await db.owner.query(
    `insert into message_cost (workspace_id, number_id, wamid, at, basis, category, reason, amount, currency)
     select $1, $2, 'free' || n, $3, 'meta', 'service', 'free_tier', 0, 'USD' from generate_series(1, 1000) n`,
    [workspace.workspaceId, workspace.number.id, new Date(server.clock.nowMs())],
  )
  await put({ numberId: null, amount: 1_000_000_000, hardStop: true })
  await count()
  const [{ spent }] = await budgets()
  await put({ numberId: null, amount: spent + 2 * ANSWER, hardStop: true })
  const statuses = [(await send()).status, (await send()).status, (await send()).status]
  expect(statuses).toEqual([201, 201, 422])
  expect(await budgets()).toMatchObject([{ spent: spent + 2 * ANSWER }])
  // The two wait to be sent, and are counted all the same.
  await count()
  expect(await budgets()).toMatchObject([{ spent: spent + 2 * ANSWER, passedPercent: 100 }])
  expect((await send()).body.error.code).toBe('budget_spent')
  await put({ numberId: null, amount: null, hardStop: true })
})

test('once Meta has charged an answer the free ones are used up, whoever sent those that Wasl has not seen', async () => {
  await db.owner.query('delete from message_cost where workspace_id = $1', [workspace.workspaceId])
  await deliver(1, 'c')
  await count()
  expect(await estimate()).toMatchObject({ freeLeft: 1000, reason: 'free_tier' })
  await deliver(1, 'd', 'service')
  await count()
  expect(await estimate()).toMatchObject({ freeLeft: 0, reason: 'regular', amount: ANSWER })
})

test('only the owner sets a budget, and only a sensible one', async () => {
  expect((await put({ numberId: null, amount: 5, hardStop: false }, workspace.salem.id)).body.error.code).toBe(
    'owner_only',
  )
  expect((await put({ numberId: null, amount: 0, hardStop: false })).status).toBe(400)
})
