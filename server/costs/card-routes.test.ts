import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { tellByMail } from '../mail/send-mail.job.ts'
import { countCosts } from './count-costs.ts'

const HEAD = 'Market,Currency,Marketing,Utility,Authentication,Authentication-International,Service'
const csv = [HEAD, 'Saudi Arabia,$US,0.06,0.0107,0.0107,0.0598,0.0107', 'Other,$US,0.0604,0.0077,0.0077,,0.0077'].join(
  '\n',
)
const tiersCsv = [
  'Market,Currency,Utility,,,',
  ',,From,To,Rate type,Rate',
  'Saudi Arabia,USD,0,100,List rate,0.0107',
  ',USD,101,--,Tier rate,0.0100',
].join('\n')
const body = { fileName: 'rates.csv', csv, effectiveFrom: '2027-01-01' }

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
})
afterAll(async () => {
  expect(server.errors).toEqual([])
  await server.close()
  await db.close()
})

const preview = (more: object = {}) =>
  server.call('POST', '/api/v1/costs/cards/preview', { body: { ...body, ...more } })
const take = (more: object = {}, as?: string) =>
  server.call('POST', '/api/v1/costs/cards', { body: { ...body, ...more }, ...(as === undefined ? {} : { as }) })
const imported = async () =>
  (await server.call('GET', '/api/v1/costs/cards')).body.cards.filter((card: { imported: unknown }) => card.imported)
const cardOf = async (month: string) => (await server.call('GET', `/api/v1/costs?month=${month}`)).body.card
const remove = async (id: string, as?: string) =>
  (
    await fetch(`${server.url}/api/v1/costs/cards/${id}`, {
      method: 'DELETE',
      ...(as === undefined ? {} : { headers: { cookie: `wasl_member=${as}` } }),
    })
  ).status

test('before it is taken, a list shows what it would change against the one in force', async () => {
  const { body: shown } = await preview()
  expect(shown).toMatchObject({
    ...{ faults: [], currency: 'USD', era: 'service_charged', markets: 2, tiered: 0 },
    comparedWith: { effectiveFrom: '2026-10-01', imported: false },
  })
  const of = (market: string) => shown.differences.filter((one: { market: string }) => one.market === market)
  expect(of('SA')).toEqual([{ market: 'SA', category: 'marketing', before: 57_600, after: 60_000 }])
  // India is not on the list any more: it would pay what all others pay, and abroad there is no price for them.
  expect(of('IN')).toContainEqual({ market: 'IN', category: 'marketing', before: 11_800, after: 60_400 })
  expect(of('IN')).toContainEqual({
    market: 'IN',
    category: 'authentication_international',
    before: 30_400,
    after: null,
  })
  expect(of('other')).toEqual([])
  expect(await imported()).toEqual([])
})

test('a list with a fault is refused whole, and says where', async () => {
  const wrong = { csv: `${csv}\nAtlantis,$US,1,1,1,1,1` }
  expect((await preview(wrong)).body).toMatchObject({ faults: [{ line: 4, code: 'unknown_market' }], faultsTotal: 1 })
  const { status, body: answer } = await take(wrong)
  expect([status, answer.error.code]).toEqual([422, 'card_refused'])
  expect(answer.error.details.faults).toMatchObject([{ line: 4 }])
  expect(await imported()).toEqual([])
})

test('taken it holds from its day on, removed the one before holds again', async () => {
  const { status, body: taken } = await take({ tiersCsv })
  expect(status).toBe(201)
  expect(await imported()).toEqual([
    {
      ...{ id: taken.id, currency: 'USD', effectiveFrom: '2027-01-01', era: 'service_charged', example: false },
      ...{ markets: 2, tiered: 1 },
      imported: { fileName: 'rates.csv', atMs: server.clock.nowMs(), memberName: workspace.noura.name },
    },
  ])
  expect(await cardOf('2027-01')).toMatchObject({ id: taken.id, source: 'rates.csv', imported: true })
  expect(await cardOf('2026-12')).toMatchObject({ id: 'usd-2026-10', imported: false })
  expect(await remove(taken.id)).toBe(204)
  expect(await cardOf('2027-01')).toMatchObject({ id: 'usd-2026-10' })
  expect(await remove(taken.id)).toBe(404)
})

test('what has come since its first day is reckoned anew, tier by tier, and back again when it is removed', async () => {
  const { workspaceId, number } = workspace
  const pricing = { model: 'PMP', billable: true, type: 'regular', category: 'utility' }
  await db.owner.query(
    `insert into message_cost (workspace_id, number_id, wamid, country, at, basis, category, reason, amount, currency, pricing,
                               estimate, estimate_reason)
     select $1, $2, 'w' || n, 'SA', $3::timestamptz + n * interval '1 hour', 'meta', 'utility', 'regular', 10700, 'USD', $4,
            10700, 'regular'
       from generate_series(1, 150) n`,
    [workspaceId, number.id, new Date(Date.UTC(2027, 0, 5)), pricing],
  )
  const january = async () => (await server.call('GET', '/api/v1/costs?month=2027-01')).body
  const count = () =>
    countCosts({ database: db.database, clock: server.clock, ids: server.deps.ids, tellByMail }, workspaceId)
  await count()
  expect(await january()).toMatchObject({ total: 150 * 10_700, recounting: false })
  const { id } = (await take({ tiersCsv })).body
  expect(await january()).toMatchObject({ recounting: true })
  await count()
  expect(await january()).toMatchObject({
    total: 100 * 10_700 + 50 * 10_000,
    recounting: false,
    // What was estimated stays what it was when somebody sent by it.
    differing: { messages: 50, amount: -50 * 700 },
  })
  await remove(id)
  await count()
  expect(await january()).toMatchObject({ total: 150 * 10_700, differing: { messages: 0 } })
})

test('of two for one day the later one holds; tiers alone keep the prices in force', async () => {
  const first = (await take()).body.id
  const second = (await take({ csv: undefined, tiersCsv })).body.id
  expect(await cardOf('2027-02')).toMatchObject({ id: second })
  expect((await imported()).map((card: { markets: number }) => card.markets)).toEqual([2, 2])
  expect(await remove(second)).toBe(204)
  expect(await cardOf('2027-02')).toMatchObject({ id: first })
  await remove(first)
})

test.each<[string, object, string]>([
  ['tiers of a currency without prices', { csv: undefined, tiersCsv: tiersCsv.replaceAll('USD', 'CLP') }, 'no_base'],
  ['prices and tiers of two currencies', { tiersCsv: tiersCsv.replaceAll('USD', 'CLP') }, 'other_currency'],
  ['no currency at all', { csv: 'Market,Marketing\nOther,1' }, 'no_currency'],
])('%s', async (_, more, code) => {
  expect((await preview(more)).body.faults).toMatchObject([{ code }])
})

test('only the owner takes and removes, only with a day and a file', async () => {
  expect((await take({}, workspace.salem.id)).body.error.code).toBe('owner_only')
  expect((await take({ csv: undefined })).status).toBe(400)
  expect((await take({ effectiveFrom: '2027-02-30' })).status).toBe(400)
  expect((await take({ csv: 'x'.repeat(100_001) })).status).toBe(400)
  const { id } = (await take()).body
  expect(await remove(id, workspace.salem.id)).toBe(403)
  expect(await remove('nonsense')).toBe(404)
  await remove(id)
})
