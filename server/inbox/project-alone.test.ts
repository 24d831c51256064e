import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { putConversation, putMessage } from '../../test/support/inbox-rows.ts'
import { project, status, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace } from '../../test/support/workspace.ts'
import { inProjection } from './append.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

test('a status that waited for its send to be settled finds it, and asks nobody to stand back', async () => {
  const place = await createTestWorkspace(db)
  const { workspaceId } = place
  const conversationId = await putConversation(db, place)
  const id = await putMessage(db, place, conversationId, { wamid: null, author: 'agent', delivery: 'sending' })
  const settling = Promise.withResolvers<void>()
  const bystander = Promise.withResolvers<void>()
  const settled = inProjection(db.database, workspaceId, async (sql) => {
    const values = [workspaceId, id, 'wamid.own']
    await sql.query('update message set wamid = $3 where workspace_id = $1 and id = $2', values)
    await settling.promise
  })
  // Whoever has joined the projections keeps those out who would be alone.
  const joined = inProjection(db.database, workspaceId, () => bystander.promise)
  const projected = project(testProjection(db), place, [
    status({ wamid: 'wamid.own', status: 'sent', callbackData: id, at: 5 }),
  ])
  await vi.waitUntil(waitsForARow)
  settling.resolve()
  await Promise.all([settled, projected])
  bystander.resolve()
  await joined
  const { rows } = await db.owner.query('select id, delivery from message where wamid = $1', ['wamid.own'])
  expect(rows).toEqual([{ id, delivery: 'sent' }])
})

async function waitsForARow(): Promise<boolean> {
  const { rows } = await db.owner.query(
    `select from pg_locks where not granted and locktype = 'transactionid' and pid in
       (select pid from pg_stat_activity where datname = current_database())`,
  )
  return rows.length > 0
}
