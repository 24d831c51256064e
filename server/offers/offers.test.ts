import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { putToken } from '../../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

let db: TestDatabase
let graph: GraphStub
let place: TestWorkspace
let server: ApiServer

beforeAll(async () => {
  db = await createTestDatabase()
  graph = await startGraphStub()
})
afterAll(async () => {
  await graph.close()
  await db.close()
})
beforeEach(async () => {
  place = await createTestWorkspace(db)
  await putToken(db, place)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: graph.url })
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

const list = async (kind: string, id = place.number.id) => server.call('GET', `/api/v1/numbers/${id}/${kind}`)
const flow = (id: string, status: string) => ({ id, name: `Form ${id}`, status, categories: ['OTHER'] })
const refusal = { status: 403, body: { error: { code: 200, message: 'Permissions error' } } }

test('flows: the published ones, asked for once a minute', async () => {
  graph.answer(() => ({
    body: { data: [flow('1', 'PUBLISHED'), flow('2', 'DRAFT')], paging: { next: 'https://more' } },
  }))
  const before = graph.calls.length
  const told = { offers: [{ id: '1', name: 'Form 1' }], catalogId: null, more: true, trouble: null }
  expect((await list('flows')).body).toEqual(told)
  expect((await list('flows')).body).toEqual(told)
  expect(graph.calls.slice(before).map(({ path }) => path)).toEqual([`/${place.number.wabaId}/flows`])
  server.clock.advanceMs(60_000)
  graph.answer(() => ({ body: { data: [] } }))
  expect((await list('flows')).body).toMatchObject({ offers: [], more: false, trouble: null })
})

test('products: those of the linked catalogue, with its id', async () => {
  const data = [
    { id: '9', retailer_id: 'p-1', name: 'Tea', price: '₹425.00' },
    { id: '8', retailer_id: 'p-2' },
    { id: '7' },
  ]
  graph.answer(({ path }) => ({ body: { data: path === '/44/products' ? data : [{ id: '44', name: 'Shop' }] } }))
  expect((await list('products')).body).toEqual({
    offers: [
      { id: 'p-1', name: 'Tea', price: '₹425.00' },
      { id: 'p-2', name: 'p-2' },
    ],
    ...{ catalogId: '44', more: false, trouble: null },
  })
})

test.each([
  ['no catalogue', 'products', { body: { data: [] } }, 'no_catalogue'],
  ['a token that may not', 'products', refusal, 'refused'],
  ['a token that may not', 'flows', refusal, 'refused'],
  ['no answer', 'flows', 'cut' as const, 'unreachable'],
])('%s is an answer, and is not kept: %s', async (_name, kind, answer, trouble) => {
  graph.answer(() => answer)
  expect((await list(kind)).body).toMatchObject({ offers: [], trouble })
  graph.answer(({ path }) => ({ body: { data: path.endsWith('/product_catalogs') ? [{ id: '44' }] : [] } }))
  expect((await list(kind)).body.trouble).toBeNull()
})

test('a number of nobody here has no lists', async () => {
  const theirs = await createTestWorkspace(db)
  for (const id of [theirs.number.id, 'x']) expect((await list('flows', id)).status).toBe(404)
})
