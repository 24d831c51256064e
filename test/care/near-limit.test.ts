import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HealthAnswer, SupportBundle } from '../../contract/api/care.ts'
import { apiJobs } from '../../server/jobs.ts'
import { inWorkspace } from '../../server/platform/db.ts'
import { askForSync } from '../../server/sync/request-sync.ts'
import { type ApiServer, startApiServer } from '../support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type GraphStub, startGraphStub } from '../support/graph-stub.ts'
import { putToken } from '../support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../support/workspace.ts'

const MINUTE_MS = 60_000
/** The jobs that ask Meta what nobody waits for at that moment. */
const RESTING = ['ask_meta', 'check_number', 'sync_templates', 'ask_history'] as const

let db: TestDatabase
let place: TestWorkspace
let graph: GraphStub
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
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: graph.url })
  await putToken(db, place)
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
    await db.owner.query('delete from number_route')
    // The sweep goes through every workspace: each test has one of its own.
    await db.owner.query('delete from number_secret')
  }
})

/** From now on every answer carries Meta's header with these figures. */
function says(percent: number, minutes = 0): void {
  const row = { type: 'whatsapp', call_count: percent, estimated_time_to_regain_access: minutes }
  const headers = { 'x-business-use-case-usage': JSON.stringify({ [place.number.wabaId]: [row] }) }
  const body = { id: place.number.phoneNumberId, platform_type: 'CLOUD_API', is_on_biz_app: true, data: [] }
  graph.answer(() => ({ headers, body }))
}

/** Runs a job as the queue does; gives how many calls Meta got of it. */
async function callsOf(name: string, more: object = {}): Promise<number> {
  const before = graph.calls.length
  const payload = { workspaceId: place.workspaceId, numberId: place.number.id, wabaId: place.number.wabaId, ...more }
  await apiJobs(server.deps)[name]?.(payload, { attempt: 1, isLastAttempt: false })
  return graph.calls.length - before
}

const at = (edge: string) => `/api/v1/numbers/${place.number.id}/${edge}`
async function line() {
  const { lines } = (await server.call('GET', at('health'))).body as HealthAnswer
  return lines.find(({ key }) => key === 'management')
}
const bundled = async () => ((await server.call('GET', at('support-bundle'))).body as SupportBundle).management

async function waiting(): Promise<{ key: string; minutes: number }[]> {
  const { rows } = await db.owner.query(
    `select split_part(key, ':', 1) as key, round(extract(epoch from run_at - now()) / 60)::integer as minutes
       from graphile_worker._private_jobs order by 1`,
  )
  return rows
}

describe('near the limit of management calls', () => {
  test.each(RESTING)('%s rests until Meta’s time, and is done then', async (name) => {
    // Longer than the hour after which the history of reports is due again.
    says(95, 90)
    expect(await callsOf(name)).toBeGreaterThan(0)
    server.clock.advanceMs(90 * MINUTE_MS - 1)
    expect(await callsOf(name)).toBe(0)
    says(3)
    server.clock.advanceMs(1)
    expect(await callsOf(name)).toBeGreaterThan(0)
    server.clock.advanceMs(90 * MINUTE_MS)
    expect(await callsOf(name)).toBeGreaterThan(0)
  })

  test('what a notice may have caused waits in the queue; what is old is found so by the next sweep', async () => {
    says(95, 30)
    await callsOf('check_number')
    await db.owner.query('delete from graphile_worker._private_jobs')
    for (const name of RESTING) expect(await callsOf(name)).toBe(0)
    expect(await waiting()).toEqual([
      { key: 'check_number', minutes: 30 },
      { key: 'sync_templates', minutes: 30 },
    ])
    const before = graph.calls.length
    await apiJobs(server.deps).sweep?.({}, { attempt: 1, isLastAttempt: false })
    expect(graph.calls.length).toBe(before)
    expect((await waiting()).map(({ key }) => key)).toEqual(['ask_meta', 'check_number', 'sync_templates'])
  })

  test('a refusal lets them rest too, whatever it tells', async () => {
    graph.answer(() => ({ status: 400, body: { error: { code: 80007, message: 'Rate limit' } } }))
    expect(await callsOf('sync_templates')).toBe(1)
    for (const name of RESTING) expect(await callsOf(name)).toBe(0)
  })

  test('what a person asks for is asked, and so is an import, which has a deadline', async () => {
    says(100, 60)
    await callsOf('check_number')
    const before = graph.calls.length
    expect((await server.call('POST', at('meta-answers'), { body: {} })).status).toBe(204)
    expect(graph.calls.length).toBeGreaterThan(before)
    await db.owner.query(
      `insert into sync (workspace_id, number_id, kind, state, deadline_at) values ($1, $2, 'history', 'not_asked', $3)`,
      [place.workspaceId, place.number.id, new Date(server.clock.nowMs() + 60 * MINUTE_MS)],
    )
    await inWorkspace(server.deps.database, place.workspaceId, (sql) =>
      askForSync(sql, place.workspaceId, { numberId: place.number.id, kind: 'history' }),
    )
    graph.answer(() => ({ body: { request_id: 'r' } }))
    expect(await callsOf('request_sync', { kind: 'history' })).toBe(1)
  })

  test('the health page and the support bundle tell the figures', async () => {
    expect(await line()).toMatchObject({ status: 'ok', reason: 'untold' })
    expect(await bundled()).toBeNull()
    says(41)
    await callsOf('check_number')
    const atMs = server.clock.nowMs()
    expect(await line()).toMatchObject({ status: 'ok', reason: 'free', values: { percent: 41 }, atMs })
    says(95, 30)
    await callsOf('check_number')
    const untilMs = atMs + 30 * MINUTE_MS
    expect(await line()).toMatchObject({ status: 'look', reason: 'resting', values: { percent: 95, untilMs } })
    expect(await bundled()).toEqual({
      percent: 95,
      restsUntil: new Date(untilMs).toISOString(),
      at: new Date(atMs).toISOString(),
    })
  })
})
