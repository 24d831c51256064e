import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { systemClock } from '../platform/clock.ts'
import { readWorkspace } from '../platform/db.ts'
import { uuidv7Ids } from '../platform/ids.ts'
import { createWorkspace } from './create-workspace.ts'
import { readMembers } from './member-store.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

test('two first starts at once make one workspace with an owner and two agents', async () => {
  const ids = uuidv7Ids(systemClock)
  const make = () => createWorkspace({ database: db.database, ids, nowMs: Date.UTC(2026, 10, 23) })
  const [first, second] = await Promise.all([make(), make()])
  expect(second).toBe(first)
  expect(await make(), 'and the next start finds it').toBe(first)
  const people = await readWorkspace(db.database, first, (sql) => readMembers(sql, first))
  expect(people.map((person) => [person.name, person.role])).toEqual([
    ['Noura Al-Harbi', 'owner'],
    ['Salem Al-Otaibi', 'agent'],
    ['Maya Haddad', 'agent'],
  ])
  const feeds = await db.owner.query('select seq from feed_counter')
  expect(feeds.rows).toEqual([{ seq: '0' }])
})
