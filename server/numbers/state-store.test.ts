import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { inWorkspace } from '../platform/db.ts'
import { readNumber } from './number-store.ts'
import { changeState, endSyncing, type StateChange } from './state-store.ts'

const NOON = new Date(Date.UTC(2026, 10, 24, 12))
const EVENING = new Date(Date.UTC(2026, 10, 24, 18))

let db: TestDatabase
let place: TestWorkspace

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
})

const change = (to: Pick<StateChange, 'state' | 'reason'>, at: Date) =>
  inWorkspace(db.database, place.workspaceId, (sql) =>
    changeState(sql, place.workspaceId, place.number.id, { ...to, evidence: { by: 'graph' } }, at),
  )
const number = () =>
  inWorkspace(db.database, place.workspaceId, (sql) => readNumber(sql, place.workspaceId, place.number.id))
const history = async () => {
  const { rows } = await db.owner.query(
    'select state, reason, evidence, at from number_state_change where workspace_id = $1 order by id',
    [place.workspaceId],
  )
  return rows
}

describe('a state', () => {
  test('is set with its reason, and the change is kept with what showed it', async () => {
    expect(await change({ state: 'offboarded', reason: 'not_on_phone' }, NOON)).toBe(true)
    expect(await number()).toMatchObject({
      state: 'offboarded',
      stateReason: 'not_on_phone',
      stateSinceMs: NOON.getTime(),
    })
    expect(await history()).toEqual([
      { state: 'offboarded', reason: 'not_on_phone', evidence: { by: 'graph' }, at: NOON },
    ])
  })

  test('that is there already for that reason writes nothing', async () => {
    await change({ state: 'offboarded', reason: 'not_on_phone' }, NOON)
    expect(await change({ state: 'offboarded', reason: 'not_on_phone' }, EVENING)).toBe(false)
    expect(await history()).toHaveLength(1)
  })

  test('with another reason is since when it began, and has one more line', async () => {
    await change({ state: 'offboarded', reason: 'not_on_phone' }, NOON)
    expect(await change({ state: 'offboarded', reason: 'device_changed' }, EVENING)).toBe(true)
    expect(await number()).toMatchObject({ stateReason: 'device_changed', stateSinceMs: NOON.getTime() })
    expect(await history()).toHaveLength(2)
  })

  test('of a number that nothing has changed yet is since it was connected', async () => {
    expect(await number()).toMatchObject({ state: 'live', stateReason: null, stateSinceMs: Date.UTC(2026, 10, 23, 9) })
  })
})

describe('the import', () => {
  const end = () =>
    inWorkspace(db.database, place.workspaceId, (sql) => endSyncing(sql, place.workspaceId, place.number.id, EVENING))

  test('makes a number live when history is in or not waited for, once', async () => {
    await change({ state: 'syncing', reason: 'connected' }, NOON)
    await end()
    expect(await number()).toMatchObject({ state: 'syncing' })
    await db.owner.query(
      "insert into sync (workspace_id, number_id, kind, state, updated_at) values ($1, $2, 'history', 'declined', $3)",
      [place.workspaceId, place.number.id, NOON],
    )
    await end()
    await end()
    expect(await number()).toMatchObject({ state: 'live', stateReason: 'history_ended' })
    expect(await history()).toHaveLength(2)
  })

  test('lifts nothing but an import: a number that was removed meanwhile stays removed', async () => {
    await db.owner.query(
      "insert into sync (workspace_id, number_id, kind, state, updated_at) values ($1, $2, 'history', 'complete', $3)",
      [place.workspaceId, place.number.id, NOON],
    )
    await change({ state: 'removed', reason: 'change_number' }, NOON)
    await end()
    expect(await number()).toMatchObject({ state: 'removed' })
  })
})
