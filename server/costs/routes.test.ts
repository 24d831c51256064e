import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CostSum } from '../../contract/api/costs.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { startTestIntake, type TestIntake, webhook, wireText } from '../../test/support/webhooks.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { tellByMail } from '../mail/send-mail.job.ts'
import { countCosts } from './count-costs.ts'

const AT = Date.UTC(2026, 10, 20, 9) / 1000
const SAUDI = '966551234567'

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer
let intake: TestIntake
beforeAll(async () => {
  db = await createTestDatabase()
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  intake = await startTestIntake(db)
  await say(
    ['messages', { messages: [wireText({ id: 'wamid.in', from: SAUDI, at: AT })] }],
    ['smb_message_echoes', { message_echoes: [echo('wamid.phone')] }],
    ['messages', { statuses: [status('wamid.a', 'sent', 1, 'marketing', 'regular')] }],
    ['messages', { statuses: [status('wamid.a', 'delivered', 2, 'marketing', 'regular')] }],
    ['messages', { statuses: [status('wamid.a', 'read', 3, 'marketing', 'regular')] }],
    ['messages', { statuses: [status('wamid.b', 'read', 4, 'service', 'free_customer_service')] }],
    ['messages', { statuses: [status('wamid.c', 'delivered', 5, 'service', 'regular')] }],
    ['messages', { statuses: [status('wamid.d', 'delivered', 6, 'bananas', 'regular')] }],
    ['messages', { statuses: [status('wamid.e', 'sent', 7, 'utility', 'regular')] }],
  )
  await count()
})
afterAll(async () => {
  expect([...server.errors, ...intake.failures]).toEqual([])
  await intake.stop()
  await server.close()
  await db.close()
})

async function say(...changes: [string, object][]): Promise<void> {
  for (const [field, value] of changes) await intake.post(webhook(workspace.number, { field, value }))
  await intake.settled()
}

function echo(id: string): object {
  return { from: workspace.number.phone, to: SAUDI, id, timestamp: String(AT + 60), type: 'text', text: { body: 'x' } }
}

function status(id: string, word: string, minute: number, category: string, type: string): object {
  const pricing = { billable: type === 'regular', pricing_model: 'PMP', category, type }
  return { id, status: word, timestamp: String(AT + minute * 60), recipient_id: SAUDI, pricing }
}

const count = () =>
  countCosts({ database: db.database, clock: server.clock, ids: server.deps.ids, tellByMail }, workspace.workspaceId)
const costs = (month: string, as?: string) =>
  server.call('GET', `/api/v1/costs?month=${month}`, as === undefined ? {} : { as })
const keys = (sums: readonly CostSum[]) => sums.map(({ key, messages }) => [key, messages])

test('a message is charged once, on the day it came, as what Meta says, at the rate of the card', async () => {
  const { body } = await costs('2026-11')
  expect(keys(body.by.day)).toEqual([['2026-11-20', 4]])
  expect(keys(body.by.number)).toEqual([[workspace.number.id, 4]])
  expect(body.by.kind).toEqual([
    { key: 'marketing regular', messages: 1, charged: 1, amount: 60_400 },
    { key: 'service regular', messages: 1, charged: 1, amount: 7_700 },
    { key: 'bananas regular', messages: 1, charged: 1, amount: 0 },
    { key: 'service free_tier', messages: 1, charged: 0, amount: 0 },
  ])
  expect(body).toMatchObject({ unpriced: 1, currency: 'USD', card: { id: 'usd-2026-10', example: false } })
  expect(body.freeUsed).toEqual([{ numberId: workspace.number.id, messages: 1 }])
})

test('the phone’s answers cost nothing, and are counted', async () => {
  const { body } = await costs('2026-11')
  expect(body.phone).toEqual([{ numberId: workspace.number.id, messages: 1, wouldHaveCost: 0 }])
})

test('a month without messages is empty, one without a card says so', async () => {
  expect((await costs('2026-10')).body).toMatchObject({ by: { day: [] }, total: 0, card: { id: 'usd-2026-10' } })
  expect((await costs('2024-01')).body).toMatchObject({ by: { day: [] }, card: null })
})

test('the report as a file: what a customer or a template is called runs in no spreadsheet', async () => {
  await db.owner.query(`update message_cost set template = '=1+1' where workspace_id = $1 and wamid = 'wamid.a'`, [
    workspace.workspaceId,
  ])
  const { body, headers } = await server.call('GET', '/api/v1/costs/export.csv?month=2026-11&language=ar')
  expect(headers.get('content-disposition')).toBe('attachment; filename="costs-2026-11.csv"')
  const lines = (body as string).trimEnd().split('\r\n')
  expect(lines[0]).toContain('المبلغ')
  expect(lines).toHaveLength(1 + 5)
  const [line] = lines.filter((one) => one.includes('marketing'))
  expect(line).toBe(`2026-11-20,${workspace.number.phone},meta,marketing,regular,,,'=1+1,1,0.060400,0.000000,0,0,USD`)
})

test('the owner sets time zone and exemption; days and months follow when they are reckoned anew', async () => {
  const settings = { currency: 'USD', timeZone: 'Pacific/Kiritimati', exempt: true }
  const set = (body: object, as?: string) =>
    server.call('POST', '/api/v1/costs/settings', { body, ...(as === undefined ? {} : { as }) })
  expect((await set(settings, workspace.salem.id)).body.error.code).toBe('owner_only')
  expect((await set({ ...settings, timeZone: 'Mars/Base' })).status).toBe(400)
  expect((await set(settings)).status).toBe(204)
  expect((await costs('2026-11')).body).toMatchObject({
    timeZone: 'Pacific/Kiritimati',
    exempt: true,
    recounting: true,
  })
  await count()
  const { body } = await costs('2026-11')
  expect(body).toMatchObject({ recounting: false, total: 68_100 })
  expect(keys(body.by.day)).toEqual([['2026-11-20', 4]])
})

test('what came in one month and was read in the next is counted in the first alone', async () => {
  const late = status('wamid.f', 'delivered', 60 * 24 * 10, 'utility', 'regular')
  const read = status('wamid.f', 'read', 60 * 24 * 12, 'utility', 'regular')
  await say(['smb_message_echoes', { message_echoes: [echo('wamid.f')] }])
  await say(['messages', { statuses: [read] }])
  await count()
  expect(keys((await costs('2026-12')).body.by.day)).toEqual([['2026-12-02', 1]])
  await say(['messages', { statuses: [late] }])
  await count()
  expect((await costs('2026-12')).body.by.day).toEqual([])
  expect(keys((await costs('2026-11')).body.by.day)).toEqual([
    ['2026-11-20', 4],
    ['2026-11-30', 1],
  ])
  expect((await eras('2026-12'))[0].messages).toBe(0)
  expect((await eras('2026-11'))[0].messages).toBe(1)
})

test('templates have list prices in the number’s own country', async () => {
  const { status, body } = await server.call('GET', `/api/v1/costs/prices?numberId=${workspace.number.id}`)
  expect([status, body]).toEqual([
    200,
    { currency: 'USD', country: 'SA', amounts: { MARKETING: 57_600, UTILITY: 10_700, AUTHENTICATION: 10_700 } },
  ])
  const nobody = '018f0000-0000-7000-8000-000000000000'
  expect((await server.call('GET', `/api/v1/costs/prices?numberId=${nobody}`)).status).toBe(404)
})

const eras = async (month: string) => (await server.call('GET', `/api/v1/costs/eras?month=${month}`)).body.eras

test('the same month under each of Meta’s models', async () => {
  const { body } = await server.call('GET', '/api/v1/costs/eras?month=2026-11')
  expect(body.eras.map((one: { era: string }) => one.era)).toEqual(['conversation', 'per_message', 'service_charged'])
})

test('a month that is none is refused', async () => {
  expect((await costs('2026-13')).status).toBe(400)
})
