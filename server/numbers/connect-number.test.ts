import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, type StubAnswer, type StubCall, startGraphStub } from '../../test/support/graph-stub.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { apiJobs } from '../jobs.ts'
import { SILENT_AFTER_MS } from '../sync/sync-window.ts'

const PHONE = { phoneNumberId: '106540352242922', wabaId: '102290129340398' }
/** Meta's samples, shortened. */
const GOOD: Readonly<Record<string, StubAnswer>> = {
  'GET /oauth/access_token': { body: { access_token: 'EAAJB', token_type: 'bearer' } },
  'GET /debug_token': {
    body: {
      data: {
        is_valid: true,
        expires_at: 0,
        granular_scopes: [{ scope: 'whatsapp_business_management', target_ids: [PHONE.wabaId] }],
      },
    },
  },
  [`POST /${PHONE.wabaId}/subscribed_apps`]: { body: { success: true } },
  [`GET /${PHONE.phoneNumberId}`]: {
    body: {
      id: PHONE.phoneNumberId,
      display_phone_number: '+1 555-078-3881',
      verified_name: 'Example Shop',
      is_on_biz_app: true,
      platform_type: 'CLOUD_API',
      status: 'CONNECTED',
    },
  },
  [`POST /${PHONE.phoneNumberId}/smb_app_data`]: {
    body: { messaging_product: 'whatsapp', request_id: 'AbCdEf1234567890' },
  },
}

let db: TestDatabase
let workspace: TestWorkspace
let graph: GraphStub
let simulator: Server
let simulatorCalls: string[]
let server: ApiServer
let replayed: string[]

beforeAll(async () => {
  db = await createTestDatabase()
  graph = await startGraphStub()
  simulator = createServer((request, response) => {
    simulatorCalls.push(`${request.method} ${request.url}`)
    response.setHeader('content-type', 'application/json')
    if (request.url === '/control/state') {
      const loaded = simulatorCalls.includes('POST /control/scenarios')
      const numbers = loaded ? [{ phoneNumberId: PHONE.phoneNumberId, connection: 'app_only' }] : []
      return response.end(JSON.stringify({ numbers }))
    }
    response.end(JSON.stringify({ code: 'AQcode', businessId: '1', ...PHONE }))
  })
  await new Promise<void>((resolve) => simulator.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await graph.close()
  simulator.closeAllConnections()
  await new Promise((resolve) => simulator.close(resolve))
  await db.close()
})
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  simulatorCalls = []
  replayed = []
  graph.calls.length = 0
  graph.answer(answers(GOOD))
  server = await start(workspace.workspaceId)
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    for (const table of [
      'graphile_worker._private_jobs',
      'number_route',
      'number_secret',
      'sync',
      'number_state_change',
      'business_number',
    ]) {
      await db.owner.query(`delete from ${table}`)
    }
  }
})

const connect = (body: unknown = {}) => server.call('POST', '/api/v1/numbers/simulated', { body })

describe('connecting the simulated phone', () => {
  test('loads the shop, signs up, takes every step of Meta in order, and keeps the number', async () => {
    const { status, body } = await connect()
    expect(status).toBe(201)
    expect(simulatorCalls).toEqual([
      'GET /control/state',
      'POST /control/scenarios',
      'GET /control/state',
      'POST /control/onboard',
    ])
    expect(graph.calls.map(nameOf)).toEqual(Object.keys(GOOD).slice(0, 4))
    expect(graph.calls[0]?.query.get('code')).toBe('AQcode')
    expect(graph.calls[1]?.headers.authorization).toBe('Bearer app|secret-of-the-app')
    expect(graph.calls[2]?.headers.authorization).toBe('Bearer EAAJB')
    expect(body.number).toMatchObject({
      ...PHONE,
      displayPhone: '+1 555-078-3881',
      verifiedName: 'Example Shop',
      mode: 'coexistence',
      state: 'syncing',
      syncs: [
        { kind: 'contacts', state: 'not_asked' },
        { kind: 'history', state: 'not_asked', phases: [{ phase: 0 }, { phase: 1 }, { phase: 2 }] },
      ],
    })
    const route = await db.owner.query('select * from number_route where phone_number_id = $1', [PHONE.phoneNumberId])
    expect(route.rows).toMatchObject([{ workspace_id: workspace.workspaceId, number_id: body.number.id }])
    expect(await events()).toEqual([{ type: 'number.changed', number: body.number }])
    expect(replayed).toEqual([`${PHONE.phoneNumberId} ${PHONE.wabaId}`])
  })

  test('keeps the token sealed: it is nowhere in the clear, and opens for this row alone', async () => {
    const { body } = await connect()
    const { rows } = await db.owner.query('select sealed from number_secret where number_id = $1', [body.number.id])
    expect(rows[0].sealed.includes('EAAJB')).toBe(false)
    const context = (workspaceId: string) => `number_secret:access_token:${workspaceId}:${body.number.id}`
    expect(server.deps.sealer.open(rows[0].sealed, context(workspace.workspaceId))).toBe('EAAJB')
    expect(() => server.deps.sealer.open(rows[0].sealed, context('other'))).toThrow()
  })

  test('a second time is refused, and the code is not even asked for', async () => {
    await connect()
    graph.calls.length = 0
    const again = await connect()
    expect([again.status, again.body.error.code]).toEqual([409, 'number_exists'])
    expect(graph.calls).toEqual([])
  })

  test('twice at once connects once', async () => {
    const answers = await Promise.all([connect(), connect(), connect()])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409])
    expect(
      (await db.owner.query('select 1 from number_route where phone_number_id = $1', [PHONE.phoneNumberId])).rowCount,
    ).toBe(1)
  })

  test('a removed number comes back with its id, its threads and new syncs', async () => {
    const first = await connect()
    await db.owner.query("update business_number set state = 'removed' where id = $1", [first.body.number.id])
    await db.owner.query("update sync set state = 'used_up' where number_id = $1", [first.body.number.id])
    const second = await connect()
    expect([second.status, second.body.number.id]).toEqual([201, first.body.number.id])
    expect(second.body.number.syncs.map((sync: { state: string }) => sync.state)).toEqual(['not_asked', 'not_asked'])
  })

  test('a number of another workspace stays there', async () => {
    await connect()
    const other = await createTestWorkspace(db)
    const there = await start(other.workspaceId)
    const answer = await there.call('POST', '/api/v1/numbers/simulated', { body: {} })
    await there.close()
    expect([answer.status, answer.body.error.code]).toEqual([409, 'number_exists'])
    const mine = await db.owner.query('select workspace_id from number_route where phone_number_id = $1', [
      PHONE.phoneNumberId,
    ])
    expect(mine.rows).toEqual([{ workspace_id: workspace.workspaceId }])
    expect(
      (
        await db.owner.query('select 1 from business_number where workspace_id = $1 and phone_number_id = $2', [
          other.workspaceId,
          PHONE.phoneNumberId,
        ])
      ).rowCount,
    ).toBe(0)
  })
})

describe('a step that fails names itself, and leaves nothing', () => {
  const error = { status: 400, body: { error: { code: 100, message: 'Bad code', error_data: { details: 'used' } } } }
  test.each<[string, Record<string, StubAnswer>, number, object]>([
    ['exchange_code', { 'GET /oauth/access_token': error }, 502, { code: 100, title: 'Bad code', details: 'used' }],
    ['debug_token', { 'GET /debug_token': { body: { data: { is_valid: false } } } }, 502, { code: null }],
    [
      'debug_token',
      {
        'GET /debug_token': {
          body: {
            data: { is_valid: true, granular_scopes: [{ scope: 'whatsapp_business_management', target_ids: ['9'] }] },
          },
        },
      },
      502,
      { code: null },
    ],
    ['subscribe_app', { [`POST /${PHONE.wabaId}/subscribed_apps`]: error }, 502, { code: 100 }],
    [
      'read_number',
      {
        [`GET /${PHONE.phoneNumberId}`]: {
          body: { id: PHONE.phoneNumberId, is_on_biz_app: false, platform_type: 'CLOUD_API' },
        },
      },
      502,
      { code: null },
    ],
    ['read_number', { [`GET /${PHONE.phoneNumberId}`]: 'cut' }, 502, {}],
  ])('%s', async (step, changed, status, details) => {
    graph.answer(answers({ ...GOOD, ...changed }))
    const answer = await connect()
    expect(answer.status).toBe(status)
    expect(answer.body.error.details).toMatchObject({ step, ...details })
    expect(await events()).toEqual([])
    expect(
      (await db.owner.query('select 1 from number_route where phone_number_id = $1', [PHONE.phoneNumberId])).rowCount,
    ).toBe(0)
  })
})

describe('the two syncs', () => {
  test('are asked for once each, contacts first, however often the jobs run', async () => {
    const { body } = await connect()
    await runSyncs(body.number.id)
    await runSyncs(body.number.id)
    const asked = graph.calls.filter((call) => call.path.endsWith('/smb_app_data'))
    expect(asked.map((call) => call.body)).toEqual([
      { messaging_product: 'whatsapp', sync_type: 'smb_app_state_sync' },
      { messaging_product: 'whatsapp', sync_type: 'history' },
    ])
    expect(await syncs()).toMatchObject([
      { kind: 'contacts', state: 'asked', requestId: 'AbCdEf1234567890', askedAtMs: server.clock.nowMs() },
      { kind: 'history', state: 'asked', requestId: 'AbCdEf1234567890' },
    ])
    expect(await queued()).toEqual(['request_sync contacts', 'request_sync history'])
  })

  test.each([
    [2593107, 'used_up'],
    [2593108, 'too_late'],
  ])('refused by %i are %s for good', async (code, state) => {
    const { body } = await connect()
    graph.answer(
      answers({
        ...GOOD,
        [`POST /${PHONE.phoneNumberId}/smb_app_data`]: { status: 400, body: { error: { code, message: '' } } },
      }),
    )
    await runSyncs(body.number.id)
    await runSyncs(body.number.id)
    expect((await syncs()).map((sync: { state: string }) => sync.state)).toEqual([state, state])
    expect(graph.calls.filter((call) => call.path.endsWith('/smb_app_data'))).toHaveLength(2)
  })

  test('whose outcome is not known are not asked for again', async () => {
    const { body } = await connect()
    graph.answer(answers({ ...GOOD, [`POST /${PHONE.phoneNumberId}/smb_app_data`]: 'cut' }))
    await runSyncs(body.number.id)
    await runSyncs(body.number.id)
    expect(graph.calls.filter((call) => call.path.endsWith('/smb_app_data'))).toHaveLength(2)
    expect((await syncs()).map((sync: { state: string }) => sync.state)).toEqual(['asked', 'asked'])
  })

  test('that surely did not reach Meta are asked for again', async () => {
    const { body } = await connect()
    const busy = { status: 400, body: { error: { code: 80007, message: 'Rate' } } }
    graph.answer(answers({ ...GOOD, [`POST /${PHONE.phoneNumberId}/smb_app_data`]: busy }))
    await expect(runSyncs(body.number.id)).rejects.toThrow('could not take')
    expect((await syncs())[0]).toMatchObject({ state: 'not_asked', askedAtMs: null })
    graph.answer(answers(GOOD))
    await runSyncs(body.number.id)
    expect((await syncs()).map((sync: { state: string }) => sync.state)).toEqual(['asked', 'asked'])
  })

  test('that bring nothing for ten minutes are silent', async () => {
    const { body } = await connect()
    await runSyncs(body.number.id)
    const { sweep } = apiJobs(server.deps)
    server.clock.advanceMs(SILENT_AFTER_MS - 1)
    await sweep?.({}, { attempt: 1, isLastAttempt: false })
    expect((await syncs()).map((sync: { state: string }) => sync.state)).toEqual(['asked', 'asked'])
    server.clock.advanceMs(1)
    await sweep?.({}, { attempt: 1, isLastAttempt: false })
    expect((await syncs()).map((sync: { state: string }) => sync.state)).toEqual(['silent', 'silent'])
    expect((await events()).at(-1)).toMatchObject({
      type: 'number.changed',
      number: { syncs: [{ state: 'silent' }, { state: 'silent' }] },
    })
  })
})

test('without a simulator there is no simulated number', async () => {
  const meta = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: graph.url })
  const answer = await meta.call('POST', '/api/v1/numbers/simulated', { body: {} })
  await meta.close()
  expect(answer.status).toBe(404)
})

function start(workspaceId: string): Promise<ApiServer> {
  const simulatorUrl = `http://127.0.0.1:${(simulator.address() as AddressInfo).port}`
  const replayUnplaced = async (phoneNumberId: string, wabaId: string) =>
    void replayed.push(`${phoneNumberId} ${wabaId}`)
  return startApiServer({ db, workspaceId, graphUrl: graph.url, simulatorUrl, replayUnplaced })
}

function answers(table: Readonly<Record<string, StubAnswer>>): (call: StubCall) => StubAnswer | undefined {
  return (call) => table[nameOf(call)]
}

function nameOf(call: StubCall): string {
  return `${call.method} ${call.path}`
}

async function runSyncs(numberId: string): Promise<void> {
  const job = apiJobs(server.deps).request_sync
  for (const kind of ['contacts', 'history']) {
    await job?.({ workspaceId: workspace.workspaceId, numberId, kind }, { attempt: 1, isLastAttempt: false })
  }
}

async function syncs() {
  const { body } = await server.call('GET', '/api/v1/numbers')
  return body.numbers.find((one: { phoneNumberId: string }) => one.phoneNumberId === PHONE.phoneNumberId).syncs
}

async function events() {
  const { rows } = await db.owner.query('select event from feed where workspace_id = $1 order by seq', [
    workspace.workspaceId,
  ])
  return rows.map((row) => row.event)
}

async function queued(): Promise<string[]> {
  const { rows } = await db.owner.query(
    `select t.identifier || ' ' || (j.payload ->> 'kind') as job from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`,
  )
  return rows.map((row) => row.job)
}
