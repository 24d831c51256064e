import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace } from '../../test/support/workspace.ts'
import { inWorkspace, runLast, type Sql, together, transaction } from './db.ts'

let db: TestDatabase
let workspaceId: string

beforeAll(async () => {
  db = await createTestDatabase()
  workspaceId = (await createTestWorkspace(db)).workspaceId
})
afterAll(() => db.close())

const nameNow = async () =>
  (await db.owner.query('select name from workspace where id = $1', [workspaceId])).rows[0].name

describe('the last statement of a transaction', () => {
  test('takes what was done before it along, and gives its rows', async () => {
    const given = await inWorkspace(db.database, workspaceId, async (sql) => {
      await sql.query("update member set name = 'Noura' where workspace_id = $1 and role = 'owner'", [workspaceId])
      return runLast<{ name: string }>(sql, { text: "select name from member where role = 'owner'" })
    })
    expect(given).toEqual([{ name: 'Noura' }])
    const { rows } = await db.owner.query("select name from member where workspace_id = $1 and role = 'owner'", [
      workspaceId,
    ])
    expect(rows).toEqual([{ name: 'Noura' }])
  })

  test('takes everything back when it fails, and the connection is as good as before', async () => {
    const before = await nameNow()
    const failing = inWorkspace(db.database, workspaceId, async (sql) => {
      await sql.query("update workspace set name = 'Other' where id = $1", [workspaceId])
      return runLast(sql, { text: 'select 1 / 0' })
    })
    await expect(failing).rejects.toThrow('division by zero')
    expect(await nameNow()).toBe(before)
    const seen = await inWorkspace(db.database, workspaceId, (sql) => sql.query('select id from workspace'))
    expect(seen.rows).toContainEqual({ id: workspaceId })
  })
})

test('a workspace is a UUID, or no transaction begins, and nothing is done', async () => {
  let done = false
  const work = async () => {
    done = true
  }
  await expect(inWorkspace(db.database, "x'; drop table feed; --", work)).rejects.toThrow('is no workspace id')
  expect(done).toBe(false)
})

test('of statements sent together the first failure is told, after all of them', async () => {
  const done: string[] = []
  const slow = (sql: Sql) => sql.query('select pg_sleep(0.05)').finally(() => done.push('slow'))
  const failing = inWorkspace(db.database, workspaceId, (sql) =>
    together(
      sql.query('select 1 / 0').finally(() => done.push('failed')),
      slow(sql),
    ),
  ).finally(() => done.push('told'))
  await expect(failing).rejects.toThrow('division by zero')
  expect(done).toEqual(['failed', 'slow', 'told'])
})

test('what is sent along with a beginning that fails is not done, and the failure is told', async () => {
  const begin = (sql: Sql) => sql.query("begin; select set_config('wasl.workspace_id', 'x', true); select 1 / 0")
  const insert = (sql: Sql) =>
    sql.query("insert into delivery_queue (received_on, signature, received_at) values (now(), 'sent along', now())")
  await expect(transaction(db.database, begin, insert)).rejects.toThrow('division by zero')
  const { rows } = await db.owner.query("select from delivery_queue where signature = 'sent along'")
  expect(rows).toEqual([])
})
