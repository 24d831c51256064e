import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BusinessNumber } from '../../contract/number.ts'
import { REMOVAL_REASONS } from '../../contract/state-reason.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, type StubAnswer, startGraphStub } from '../../test/support/graph-stub.ts'
import { putToken } from '../../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { writeSigns } from '../inbox/sync-write-store.ts'
import { apiJobs } from '../jobs.ts'
import { inWorkspace } from '../platform/db.ts'
import { CONFIRM_AFTER_MS } from './number-checks.ts'
import { LAG_AFTER_SIGNUP_MS } from './number-standing.ts'
import { OPENED_UNDO_MS } from './watch-numbers.ts'

const HOUR_MS = 60 * 60 * 1000
const ONCE = { attempt: 1, isLastAttempt: false }
const WELL = { is_on_biz_app: true, platform_type: 'CLOUD_API', status: 'CONNECTED' }
const NO_ACCESS: StubAnswer = {
  status: 403,
  body: { error: { code: 200, message: 'Permissions error', fbtrace_id: 'Tr4ce' } },
}

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
  await db.owner.query('update business_number set connected_at = $2 where id = $1', [
    place.number.id,
    new Date(server.clock.nowMs() - 2 * HOUR_MS),
  ])
  graph.calls.length = 0
  says({})
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
    await db.owner.query('delete from number_route')
    // The sweep goes through every workspace: each test has one of its own.
    await db.owner.query('delete from number_secret')
  }
})

describe('an answer that differs', () => {
  test.each([
    ['the access is gone', NO_ACCESS, 'removed', 'access_lost'],
    ['the phone is not there', { is_on_biz_app: false }, 'offboarded', 'not_on_phone'],
    ['it is not in the API', { platform_type: 'NOT_APPLICABLE' }, 'offboarded', 'not_in_api'],
    ['Meta has suspended it', { status: 'DISCONNECTED' }, 'offboarded', 'suspended'],
    ['it is banned', { status: 'BANNED' }, 'disabled', 'banned'],
    ['it is restricted', { status: 'RESTRICTED' }, 'restricted', 'restricted_by_meta'],
  ] as const)('is the state when it is given twice, a minute apart: %s', async (_name, answer, state, reason) => {
    says(answer)
    await check()
    expect(await number()).toMatchObject({ state: 'live' })
    await check()
    expect(await number()).toMatchObject({ state: 'live' })
    server.clock.advanceMs(CONFIRM_AFTER_MS)
    await check()
    expect(await number()).toMatchObject({ state, stateReason: reason, stateSinceMs: server.clock.nowMs() })
    expect(await changes()).toMatchObject([{ state, reason, evidence: { by: 'graph' } }])
  })

  test('queues the second question, a minute away', async () => {
    says({ status: 'DISCONNECTED' })
    await check()
    const { rows } = await db.owner.query(
      'select key, extract(epoch from run_at - now())::int as seconds from graphile_worker._private_jobs',
    )
    expect(rows).toHaveLength(1)
    expect(rows[0].key).toBe(`check_number:${place.number.id}`)
    expect(rows[0].seconds).toBeGreaterThan(50)
  })

  test('and is taken back is a false alarm: nothing has changed', async () => {
    says({ status: 'DISCONNECTED' })
    await check()
    server.clock.advanceMs(CONFIRM_AFTER_MS)
    says({})
    await check()
    server.clock.advanceMs(CONFIRM_AFTER_MS)
    says({ status: 'DISCONNECTED' })
    await check()
    expect(await number()).toMatchObject({ state: 'live' })
    expect(await changes()).toEqual([])
  })

  test('in another way than before counts once again', async () => {
    says({ status: 'DISCONNECTED' })
    await check()
    server.clock.advanceMs(CONFIRM_AFTER_MS)
    says({ status: 'BANNED' })
    await check()
    expect(await number()).toMatchObject({ state: 'live' })
  })

  test('brings a number back that was thought to be gone', async () => {
    await setState('offboarded')
    await twice()
    expect(await number()).toMatchObject({ state: 'live', stateReason: 'confirmed' })
  })

  test('is asked for again when Graph does not tell, and changes nothing', async () => {
    graph.answer(() => 'cut')
    await expect(check()).rejects.toThrow('does not tell')
    expect(await number()).toMatchObject({ state: 'live', checkedAtMs: null })
  })
})

describe('just after a good signup', () => {
  beforeEach(async () => {
    await db.owner.query('update business_number set connected_at = $2 where id = $1', [
      place.number.id,
      new Date(server.clock.nowMs()),
    ])
  })

  test('health data that lag are not taken for offboarding', async () => {
    says({ status: 'DISCONNECTED', is_on_biz_app: false })
    await twice()
    expect(await number()).toMatchObject({ state: 'live', checkedAtMs: null })
    server.clock.advanceMs(LAG_AFTER_SIGNUP_MS)
    await twice()
    expect(await number()).toMatchObject({ state: 'offboarded' })
  })

  test('unless a notice says so too', async () => {
    await hint({ event: 'ACCOUNT_OFFBOARDED' })
    says({ status: 'DISCONNECTED' })
    await twice()
    expect(await number()).toMatchObject({ state: 'offboarded', stateReason: 'device_changed' })
  })
})

describe('a notice', () => {
  test('that names the account alone asks every number of it', async () => {
    const second = await putSecond()
    await job('check_account', { workspaceId: place.workspaceId, wabaId: place.number.wabaId })
    const { rows } = await db.owner.query('select key from graphile_worker._private_jobs order by key')
    expect(rows.map(({ key }) => key)).toEqual([place.number.id, second].sort().map((id) => `check_number:${id}`))
  })

  test('that Graph contradicts changes nothing', async () => {
    await hint({ event: 'PARTNER_REMOVED', disconnection_info: { reason: 'CHANGE_NUMBER', initiated_by: 'USER' } })
    await twice()
    expect(await number()).toMatchObject({ state: 'live' })
    expect(await changes()).toEqual([])
  })

  test.each(REMOVAL_REASONS)('gives the reason of a removal and who began it: %s', async (reason) => {
    const initiated_by = reason.endsWith('_inactivity') ? 'SYSTEM' : 'USER'
    await hint({ event: 'PARTNER_REMOVED', disconnection_info: { reason: reason.toUpperCase(), initiated_by } })
    says(NO_ACCESS)
    await twice()
    expect(await number()).toMatchObject({ state: 'removed', stateReason: reason })
    expect(await changes()).toMatchObject([
      {
        evidence: {
          by: 'graph',
          errorCode: 200,
          traceId: 'Tr4ce',
          notice: 'PARTNER_REMOVED',
          initiatedBy: initiated_by,
        },
      },
    ])
  })

  test('that comes after the state gives it its reason, at once', async () => {
    says(NO_ACCESS)
    await twice()
    await hint({ event: 'PARTNER_REMOVED', disconnection_info: { reason: 'BUSINESS_DOWNGRADE', initiated_by: 'USER' } })
    await check()
    expect(await number()).toMatchObject({ state: 'removed', stateReason: 'business_downgrade' })
  })

  test('of another number of the account, or of the connection before this one, explains nothing', async () => {
    await hint({
      event: 'PARTNER_REMOVED',
      phone_number: '966500000000',
      disconnection_info: { reason: 'CHANGE_NUMBER' },
    })
    await hint({ event: 'PARTNER_REMOVED', disconnection_info: { reason: 'CHANGE_NUMBER' } }, -4 * HOUR_MS)
    says(NO_ACCESS)
    await twice()
    expect(await number()).toMatchObject({ state: 'removed', stateReason: 'access_lost' })
  })
})

describe('a number at risk', () => {
  test('is one whose payment method fails, at once, until Graph says otherwise', async () => {
    const failing = { health_status: { entities: [{ entity_type: 'WABA', errors: [{ error_code: 141006 }] }] } }
    says(failing)
    await check()
    expect(await number()).toMatchObject({ state: 'at_risk', stateReason: 'payment_failing' })
    await sweep()
    expect(await number()).toMatchObject({ state: 'at_risk' })
    says({})
    await check()
    expect(await number()).toMatchObject({ state: 'live' })
  })

  test('is one whose phone was silent for ten days; the owner’s word ends that', async () => {
    await setSign(server.clock.nowMs())
    server.clock.advanceMs(10 * 24 * HOUR_MS - 1)
    await sweep()
    expect(await number()).toMatchObject({ state: 'live' })
    server.clock.advanceMs(1)
    await sweep()
    expect(await number()).toMatchObject({ state: 'at_risk', stateReason: 'phone_silent' })
    const { status, body } = await server.call('POST', `/api/v1/numbers/${place.number.id}/opened`)
    expect(status).toBe(200)
    expect(body.number).toMatchObject({ state: 'live', lastSignMs: server.clock.nowMs(), lastSignKind: 'opened' })
    const { body: history } = await server.call('GET', `/api/v1/numbers/${place.number.id}/states`)
    expect(history.changes).toMatchObject([
      { state: 'live', reason: 'risk_over', evidence: { by: 'time' } },
      { state: 'at_risk', reason: 'phone_silent', evidence: { by: 'time' } },
    ])
  })

  test('is at risk again when that word is taken back, though it was said twice', async () => {
    const openedPath = `/api/v1/numbers/${place.number.id}/opened`
    const lastEcho = server.clock.nowMs()
    await setSign(lastEcho)
    server.clock.advanceMs(11 * 24 * HOUR_MS)
    await sweep()
    await server.call('POST', openedPath)
    server.clock.advanceMs(1_000)
    await server.call('POST', openedPath)
    expect((await number()).state).toBe('live')
    const { status, body } = await server.call('DELETE', openedPath)
    expect(status).toBe(200)
    expect(body.number).toMatchObject({ state: 'at_risk', stateReason: 'phone_silent' })
    expect(await number()).toMatchObject({ lastSignMs: lastEcho, lastSignKind: 'echo' })
    expect(await server.call('DELETE', openedPath)).toMatchObject({
      status: 409,
      body: { error: { code: 'changed_meanwhile' } },
    })
  })

  test('stays as its phone shows it: what came after the word, or long after, is not taken back', async () => {
    const openedPath = `/api/v1/numbers/${place.number.id}/opened`
    await setSign(server.clock.nowMs() - HOUR_MS)
    await server.call('POST', openedPath)
    server.clock.advanceMs(60_000)
    const echoMs = server.clock.nowMs()
    await inWorkspace(server.deps.database, place.workspaceId, (sql) =>
      writeSigns(sql, place.workspaceId, [{ numberId: place.number.id, kind: 'echo', atMs: echoMs }]),
    )
    expect(await number()).toMatchObject({ lastSignMs: echoMs, lastSignKind: 'echo' })
    expect((await server.call('DELETE', openedPath)).status).toBe(409)
    await server.call('POST', openedPath)
    server.clock.advanceMs(OPENED_UNDO_MS + 1)
    expect((await server.call('DELETE', openedPath)).status).toBe(409)
    expect(await number()).toMatchObject({ lastSignKind: 'opened' })
  })

  test('is one whose token ends within a week; once it has ended, twice, the number waits for a new one', async () => {
    const endsMs = server.clock.nowMs() + 8 * 24 * HOUR_MS
    await db.owner.query('update business_number set token_expires_at = $2 where id = $1', [
      place.number.id,
      new Date(endsMs),
    ])
    await sweep()
    expect(await number()).toMatchObject({ state: 'live' })
    server.clock.advanceMs(24 * HOUR_MS)
    await sweep()
    expect(await number()).toMatchObject({ state: 'at_risk', stateReason: 'token_ending', tokenExpiresAtMs: endsMs })
    server.clock.advanceMs(7 * 24 * HOUR_MS)
    says({ status: 401, body: { error: { code: 190, message: 'Session has expired' } } })
    await twice()
    expect(await number()).toMatchObject({ state: 'offboarded', stateReason: 'token_expired' })
  })
})

describe('the sweep', () => {
  test('asks a number some hours after its last answer, and a removed one too, so that no state gets stale', async () => {
    await check()
    await sweep()
    expect(await waiting()).toBe(0)
    server.clock.advanceMs(4 * HOUR_MS)
    await sweep()
    expect(await waiting()).toBe(1)
    await db.owner.query('delete from graphile_worker._private_jobs')
    await setState('removed')
    await sweep()
    expect(await waiting()).toBe(0)
    server.clock.advanceMs(24 * HOUR_MS)
    await sweep()
    expect(await waiting()).toBe(1)
  })

  test('leaves alone a number that has no token', async () => {
    await db.owner.query('delete from number_secret where number_id = $1', [place.number.id])
    server.clock.advanceMs(48 * HOUR_MS)
    await sweep()
    expect(await waiting()).toBe(0)
  })
})

test('only somebody of the workspace says that a phone was opened, and only of one that is there', async () => {
  const path = `/api/v1/numbers/${place.number.id}/opened`
  expect((await server.call('POST', path, { as: randomUUID() })).status).toBe(401)
  expect((await server.call('POST', `/api/v1/numbers/${randomUUID()}/opened`)).status).toBe(404)
  await db.owner.query("update business_number set mode = 'api_only' where id = $1", [place.number.id])
  expect((await server.call('POST', path)).status).toBe(404)
})

function says(answer: StubAnswer | Record<string, unknown>): void {
  const asIs = typeof answer === 'string' || 'body' in answer
  const body = { id: place.number.phoneNumberId, ...WELL, ...(answer as object) }
  graph.answer(() => (asIs ? (answer as StubAnswer) : { body }))
}

async function job(task: string, payload: object): Promise<void> {
  await apiJobs(server.deps)[task]?.(payload, ONCE)
}
const check = () => job('check_number', { workspaceId: place.workspaceId, numberId: place.number.id })
const sweep = () => job('sweep', {})

async function twice(): Promise<void> {
  await check()
  server.clock.advanceMs(CONFIRM_AFTER_MS)
  await check()
}

async function number(): Promise<BusinessNumber> {
  const { body } = await server.call('GET', '/api/v1/numbers')
  return body.numbers.find((one: BusinessNumber) => one.id === place.number.id)
}

async function changes() {
  const { rows } = await db.owner.query(
    'select state, reason, evidence from number_state_change where workspace_id = $1 order by id',
    [place.workspaceId],
  )
  return rows
}

async function waiting(): Promise<number> {
  const { rowCount } = await db.owner.query("select from graphile_worker._private_jobs where key like 'check_number:%'")
  return rowCount ?? 0
}

async function hint(data: Record<string, unknown>, agoMs = 0): Promise<void> {
  const at = new Date(server.clock.nowMs() + agoMs)
  await db.owner.query(
    `insert into notice (workspace_id, digest, waba_id, kind, field, event, at, received_at, data)
     values ($1, decode(replace($2, '-', ''), 'hex'), $3, 'account', 'account_update', $4, $5, $6, $7)`,
    [
      place.workspaceId,
      randomUUID(),
      place.number.wabaId,
      data.event,
      at,
      new Date(server.clock.nowMs()),
      JSON.stringify(data),
    ],
  )
}

async function setState(state: string): Promise<void> {
  await db.owner.query('update business_number set state = $2 where id = $1', [place.number.id, state])
}

async function setSign(atMs: number): Promise<void> {
  await db.owner.query("update business_number set last_sign_at = $2, last_sign_kind = 'echo' where id = $1", [
    place.number.id,
    new Date(atMs),
  ])
}

/** A second number of the same account. */
async function putSecond(): Promise<string> {
  const id = randomUUID()
  await db.owner.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     select workspace_id, $2, waba_id, phone_number_id || '9', phone || '9', display_phone, verified_name, mode, state, connected_at
       from business_number where id = $1`,
    [place.number.id, id],
  )
  return id
}
