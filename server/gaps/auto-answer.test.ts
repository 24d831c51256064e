import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MessageContent } from '../../contract/message-content.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import {
  customer,
  LAYLA,
  message,
  project,
  type TestProjection,
  testProjection,
} from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { apiJobs } from '../jobs.ts'
import { ANSWER_AFTER_MS } from './answer-unreceived.ts'
import { READY_ANSWER } from './ready-answer.ts'

const ONCE = { attempt: 1, isLastAttempt: false }
const UNAVAILABLE: MessageContent = { type: 'unsupported', what: null, code: 131060, title: 'unavailable' }
const SETTING = { enabled: true, textAr: 'أعد الإرسال', textEn: 'Please send it again' }

let db: TestDatabase
let place: TestWorkspace
let server: ApiServer
let projection: TestProjection

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  projection = { ...testProjection(db), clock: server.clock }
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
    await db.owner.query('delete from auto_answer_setting')
  }
})

const path = () => `/api/v1/numbers/${place.number.id}/auto-answer`
const save = (setting: object) => server.call('POST', path(), { body: setting })
const run = () => apiJobs(server.deps).sweep_gaps?.({}, ONCE)
const announce = (wamid: string, more: Partial<Parameters<typeof message>[0]> = {}) =>
  project(projection, place, [message({ wamid, content: UNAVAILABLE, sentAtMs: server.clock.nowMs(), ...more })])
async function answers(): Promise<{ body: string; author: string }[]> {
  const { rows } = await db.owner.query(
    "select content ->> 'body' as body, author from message where workspace_id = $1 and wamid is null order by created_at",
    [place.workspaceId],
  )
  return rows
}

describe('the setting', () => {
  test('is off until somebody switches it on, with words that are ready', async () => {
    expect((await server.call('GET', path())).body).toEqual({ enabled: false, ...READY_ANSWER, answered: 0 })
    expect((await save(SETTING)).status).toBe(204)
    expect((await server.call('GET', path())).body).toEqual({ ...SETTING, answered: 0 })
    expect((await save({ ...SETTING, textEn: ' ' })).status).toBe(400)
    expect((await server.call('GET', `/api/v1/numbers/${crypto.randomUUID()}/auto-answer`)).status).toBe(404)
  })
})

describe('a customer whose message could not be received', () => {
  test('is told once, by a bot, through the ordinary queue', async () => {
    await save(SETTING)
    await announce('wamid.1')
    await run()
    // It may still follow.
    expect(await answers()).toEqual([])
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await run()
    expect(await answers()).toEqual([{ body: SETTING.textEn, author: 'bot' }])
    const waiting = await db.owner.query("select from message where author = 'bot' and delivery = 'queued'")
    expect(waiting.rowCount).toBe(1)
    await announce('wamid.2')
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await run()
    expect(await answers()).toHaveLength(1)
    expect((await server.call('GET', path())).body.answered).toBe(1)
  })

  test('is told in the language they write', async () => {
    await save(SETTING)
    await project(projection, place, [message({ wamid: 'wamid.0', text: 'أين طلبي؟', sentAtMs: server.clock.nowMs() })])
    await announce('wamid.1')
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await run()
    expect(await answers()).toEqual([{ body: SETTING.textAr, author: 'bot' }])
  })

  test('is not told when the message follows', async () => {
    await save(SETTING)
    await announce('wamid.1')
    await project(projection, place, [message({ wamid: 'wamid.1', sentAtMs: server.clock.nowMs() })])
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await run()
    expect(await answers()).toEqual([])
  })

  test.each([
    ['while it is off', async () => void (await save({ ...SETTING, enabled: false })), {}],
    ['for imported history', async () => void (await save(SETTING)), { via: 'history' as const }],
    [
      'for what is no message',
      async () => void (await save(SETTING)),
      {
        content: { type: 'unsupported', what: 'edit', code: 131051, title: null } as const,
      },
    ],
  ])('is not told %s', async (_when, prepare, more) => {
    await prepare()
    await announce('wamid.1', more)
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await run()
    expect(await answers()).toEqual([])
  })

  test('is not told of messages from before it was switched on', async () => {
    await announce('wamid.1')
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await save(SETTING)
    await run()
    expect(await answers()).toEqual([])
  })

  test('is not told once the reply window has closed', async () => {
    await save(SETTING)
    await announce('wamid.1')
    server.clock.advanceMs(24 * 3_600_000)
    await run()
    expect(await answers()).toEqual([])
  })

  test('is told once when two workers look at the same time, and each customer by themselves', async () => {
    await save(SETTING)
    await announce('wamid.1')
    await announce('wamid.2', { customer: customer({ phone: '447700900123', profileName: 'Ann' }) })
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await Promise.all([run(), run()])
    expect(await answers()).toHaveLength(2)
  })

  test('is not told again after two contacts proved to be one', async () => {
    await save(SETTING)
    await announce('wamid.1', { customer: customer({ userId: 'SA.1' }) })
    await announce('wamid.2')
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await run()
    expect(await answers()).toHaveLength(2)
    await project(projection, place, [
      message({
        wamid: 'wamid.3',
        customer: { ...LAYLA, userId: 'SA.1' },
        content: UNAVAILABLE,
        sentAtMs: server.clock.nowMs(),
      }),
    ])
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await run()
    expect(await answers()).toHaveLength(2)
  })

  test('is left to the partner who owns the thread', async () => {
    await save(SETTING)
    await announce('wamid.1')
    const now = server.clock.nowMs()
    const owner = { by: 'partner', role: null, note: null, sinceMs: now, seenAtMs: now + 1, idleAtMs: now + 86_400_000 }
    await db.owner.query('update conversation set owner = $2 where workspace_id = $1', [place.workspaceId, owner])
    server.clock.advanceMs(ANSWER_AFTER_MS)
    await run()
    expect(await answers()).toEqual([])
    await db.owner.query('update conversation set owner = null where workspace_id = $1', [place.workspaceId])
    await run()
    expect(await answers()).toHaveLength(1)
  })
})
