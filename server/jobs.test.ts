import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts'
import { putToken } from '../test/support/inbox-rows.ts'
import { createTestWorkspace } from '../test/support/workspace.ts'
import { apiJobs } from './jobs.ts'

let db: TestDatabase
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
  const place = await createTestWorkspace(db)
  await putToken(db, place)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: 'http://127.0.0.1:1' })
})
afterAll(async () => {
  await server.close()
  await db.close()
})

test('a part of the rounds that fails is told, and keeps no other from its work', async () => {
  await db.owner.query('revoke select on sync from wasl_app')
  await apiJobs(server.deps).sweep?.({}, { attempt: 1, isLastAttempt: false })
  expect(new Set(server.errors.map(String))).toEqual(new Set(['error: permission denied for table sync']))
  const { rows } = await db.owner.query('select task_identifier as task from graphile_worker.jobs')
  expect(rows).toContainEqual({ task: 'sync_templates' })
})
