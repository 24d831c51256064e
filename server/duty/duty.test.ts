import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AddDutyBody, DUTIES_MAX } from '../../contract/api/duty.ts'
import { type Duty, likelyHolders } from '../../contract/duty.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

const HOUR_MS = 3_600_000

let db: TestDatabase
let place: TestWorkspace
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  return () => server.close()
})

const weekly = (more: object = {}): AddDutyBody => ({
  memberId: place.salem.id,
  timeZone: 'Asia/Riyadh',
  weekly: { weekdays: [0, 1, 2, 3, 4, 5, 6], fromMinute: 0, toMinute: 0 },
  sinceMs: server.clock.nowMs() - HOUR_MS,
  untilMs: null,
  ...more,
})
const path = () => `/api/v1/numbers/${place.number.id}/duties`
const add = (body: unknown) => server.call('POST', path(), { body })
const duties = async (): Promise<readonly Duty[]> => (await server.call('GET', path())).body.duties
const end = (id: string, how: string | null) => server.call('POST', `/api/v1/duties/${id}/end`, { body: { end: how } })
const holders = async (atMs: number) => likelyHolders(await duties(), atMs)

describe('the roster of a number', () => {
  test('is empty at first, and tells who holds the phone once it is filled', async () => {
    const nowMs = server.clock.nowMs()
    expect(await duties()).toEqual([])
    const made = await add(weekly())
    expect([made.status, made.body.duty]).toEqual([201, (await duties())[0]])
    expect(made.body.duty).toMatchObject({ ...weekly(), numberId: place.number.id, endedAtMs: null })
    const once = { memberId: place.maya.id, timeZone: 'UTC', weekly: null, sinceMs: nowMs, untilMs: nowMs + HOUR_MS }
    expect((await add(once)).status).toBe(201)
    expect([await holders(nowMs - 1), await holders(nowMs)]).toEqual([[place.salem.id], [place.maya.id]])
  })

  test('keeps what it said of the time before when an entry is ended; both can be taken back', async () => {
    const nowMs = server.clock.nowMs()
    const { id } = (await add(weekly())).body.duty
    expect((await end(id, 'now')).status).toBe(204)
    expect([await holders(nowMs - 1), await holders(nowMs)]).toEqual([[place.salem.id], []])
    expect((await end(id, 'mistake')).status).toBe(204)
    expect(await holders(nowMs - 1)).toEqual([])
    expect((await end(id, null)).status).toBe(204)
    expect(await holders(nowMs)).toEqual([place.salem.id])
  })

  test.each([
    ['a place that is none', { timeZone: 'Nowhere/Else' }],
    ['no day', { weekly: { weekdays: [], fromMinute: 0, toMinute: 0 } }],
    ['an hour that is none', { weekly: { weekdays: [1], fromMinute: 0, toMinute: 1440 } }],
    ['once, to before it begins', { weekly: null, untilMs: 1 }],
    ['once, without an end', { weekly: null }],
  ])('%s is refused', async (_name, more) => {
    expect((await add(weekly(more))).status).toBe(400)
  })

  test('takes members and numbers of this workspace only', async () => {
    const other = await createTestWorkspace(db)
    expect((await add(weekly({ memberId: other.salem.id }))).status).toBe(404)
    const { id } = (await add(weekly())).body.duty
    const there = await startApiServer({ db, workspaceId: other.workspaceId, graphUrl: 'http://127.0.0.1:1' })
    const answers = await Promise.all([
      there.call('GET', path()),
      there.call('POST', path(), { body: weekly({ memberId: other.salem.id }) }),
      there.call('POST', `/api/v1/duties/${id}/end`, { body: { end: 'now' } }),
    ])
    await there.close()
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect((await duties())[0]?.endedAtMs).toBeNull()
  })

  test('has a limit, and what was ended does not count', async () => {
    for (let count = 0; count < DUTIES_MAX; count++) await add(weekly())
    const more = await add(weekly())
    expect([more.status, more.body.error.code]).toEqual([422, 'too_many'])
    await end((await duties())[0]?.id ?? '', 'now')
    expect((await add(weekly())).status).toBe(201)
  })
})
