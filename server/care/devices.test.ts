import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DeviceBody, DevicesAnswer, LinkedDevice } from '../../contract/api/devices.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

const DAY_MS = 86_400_000

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

const path = (more = '') => `/api/v1/numbers/${workspace.number.id}/devices${more}`
const list = async () => (await server.call('GET', path())).body as DevicesAnswer
const states = async () => (await list()).devices.map(({ name, state }) => `${name}: ${state}`)
const add = (more: Partial<DeviceBody> = {}) =>
  server.call('POST', path(), { body: { name: 'Desk', kind: 'web', linkedAtMs: server.clock.nowMs(), ...more } })
const write = ({ id, name, kind, linkedAtMs, lastActiveAtMs, unlinkedAtMs }: LinkedDevice, more: object = {}) =>
  server.call('POST', path(`/${id}`), { body: { name, kind, linkedAtMs, lastActiveAtMs, unlinkedAtMs, ...more } })
const remove = (id: string, removed: boolean) => server.call('POST', path(`/${id}/removal`), { body: { removed } })

async function added(more: Partial<DeviceBody> = {}): Promise<LinkedDevice> {
  const answer = await add(more)
  expect(answer.status).toBe(201)
  return answer.body.device
}

describe('the register of linked devices', () => {
  test('keeps a device, changes it, and takes the change back', async () => {
    const desk = await added()
    expect(desk).toMatchObject({ state: 'linked', dropsAtMs: server.clock.nowMs() + 30 * DAY_MS })
    expect((await write(desk, { name: 'Front desk', kind: 'mac' })).body.device).toMatchObject({ kind: 'mac' })
    expect(await states()).toEqual(['Front desk: linked'])
    await write(desk)
    expect((await list()).devices).toEqual([desk])
  })

  test('takes a device off and brings it back as it was', async () => {
    const desk = await added()
    expect((await remove(desk.id, true)).status).toBe(204)
    expect((await list()).devices).toEqual([])
    expect((await remove(desk.id, false)).status).toBe(204)
    expect((await list()).devices).toEqual([desk])
  })

  test('has four places: a fifth is refused, also by linking again or bringing back', async () => {
    const four = [await added(), await added(), await added(), await added()]
    const fifth = await add()
    expect([fifth.status, fifth.body.error.code, fifth.body.error.details]).toEqual([422, 'too_many', { max: 4 }])
    const away = await added({ name: 'Old', unlinkedAtMs: server.clock.nowMs() })
    expect((await write(away, { unlinkedAtMs: null })).status).toBe(422)
    const first = four[0] as LinkedDevice
    await remove(first.id, true)
    expect((await write(away, { unlinkedAtMs: null })).status).toBe(200)
    expect((await remove(first.id, false)).status).toBe(422)
    expect((await list()).devices).toHaveLength(4)
    // A kind that coexistence does not know takes no place.
    expect((await added({ name: 'PC', kind: 'windows' })).state).toBe('unsupported')
  })

  test('warns of a device that is not used, until somebody says that it was', async () => {
    const desk = await added()
    server.clock.advanceMs(23 * DAY_MS)
    expect(await states()).toEqual(['Desk: fading'])
    server.clock.advanceMs(7 * DAY_MS)
    expect(await states()).toEqual(['Desk: dropped'])
    await write(desk, { lastActiveAtMs: server.clock.nowMs() })
    expect(await states()).toEqual(['Desk: linked'])
  })

  test('after an onboarding all that were linked are to be linked again, each by itself', async () => {
    const [desk] = [await added(), await added({ name: 'Tablet', kind: 'ipad' })]
    server.clock.advanceMs(DAY_MS)
    await db.owner.query('update business_number set connected_at = $2 where id = $1', [
      workspace.number.id,
      new Date(server.clock.nowMs()),
    ])
    expect(await states()).toEqual(['Desk: to_relink', 'Tablet: to_relink'])
    expect((await list()).allUnlinkedAtMs).toBe(server.clock.nowMs())
    await write(desk as LinkedDevice, { linkedAtMs: 'now' })
    expect(await states()).toEqual(['Desk: linked', 'Tablet: to_relink'])
  })

  test('a change of the phone unlinks them too', async () => {
    await added()
    server.clock.advanceMs(DAY_MS)
    await db.owner.query(
      `insert into number_state_change (workspace_id, number_id, state, reason, evidence, at)
       values ($1, $2, 'offboarded', 'device_changed', '{}', $3)`,
      [workspace.workspaceId, workspace.number.id, new Date(server.clock.nowMs())],
    )
    expect(await states()).toEqual(['Desk: to_relink'])
  })

  test.each([
    ['no name', { name: ' ' }],
    ['a kind that is none', { kind: 'toaster' as never }],
  ])('%s is refused', async (_name, wrong) => {
    expect((await add(wrong)).status).toBe(400)
  })

  test('of another workspace is not found', async () => {
    const desk = await added()
    const other = await createTestWorkspace(db)
    const stranger = await startApiServer({ db, workspaceId: other.workspaceId, graphUrl: 'http://127.0.0.1:1' })
    expect((await stranger.call('GET', path())).status).toBe(404)
    expect((await stranger.call('POST', path(`/${desk.id}/removal`), { body: { removed: true } })).status).toBe(404)
    await stranger.close()
    expect((await list()).devices).toHaveLength(1)
  })
})
