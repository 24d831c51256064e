import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { message, project, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace } from '../../test/support/workspace.ts'
import { checkIntegrity } from './check-integrity.ts'
import { trimFeedJob } from './trim-feed.job.ts'

const DAY_MS = 86_400_000

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

test('the feed forgets what is older than fourteen days, without a hole and without going back', async () => {
  const place = await createTestWorkspace(db)
  const deps = testProjection(db)
  const seqs = async () => {
    const { rows } = await db.owner.query('select seq::int as seq from feed where workspace_id = $1 order by seq', [
      place.workspaceId,
    ])
    return rows.map(({ seq }) => seq)
  }
  const trim = trimFeedJob({ database: db.database, clock: deps.clock }) as () => Promise<void>
  await project(deps, place, [message({ wamid: 'wamid.1' }), message({ wamid: 'wamid.2' })])
  deps.clock.advanceMs(10 * DAY_MS)
  await project(deps, place, [message({ wamid: 'wamid.3' })])
  await trim()
  expect(await seqs()).toEqual([1, 2, 3])
  deps.clock.advanceMs(5 * DAY_MS)
  await trim()
  expect(await seqs()).toEqual([3])
  deps.clock.advanceMs(15 * DAY_MS)
  await trim()
  await project(deps, place, [message({ wamid: 'wamid.4' })])
  expect(await seqs()).toEqual([4])
  expect(await checkIntegrity(db.database, place.workspaceId)).toEqual([])
})
