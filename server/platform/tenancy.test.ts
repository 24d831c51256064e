import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { APP_ROLE, inWorkspace } from './db.ts'

/** Used before anybody has read a delivery, or what names the workspaces themselves: nothing of one business in them. And what keeps count of migrations. */
const OF_NO_WORKSPACE = [
  'workspace',
  'raw_delivery',
  'delivery_queue',
  'unplaced_delivery',
  'number_route',
  'kysely_migration',
  'kysely_migration_lock',
]

let db: TestDatabase
let mine: TestWorkspace
let theirs: TestWorkspace
let tables: { name: string; owner: string; enabled: boolean; forced: boolean; workspace: boolean }[]

beforeAll(async () => {
  db = await createTestDatabase()
  mine = await createTestWorkspace(db)
  theirs = await createTestWorkspace(db)
  const { rows } = await db.owner.query(
    `select c.relname as name, r.rolname as owner, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
            exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id') as workspace
       from pg_class c join pg_roles r on r.oid = c.relowner
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      order by c.relname`,
  )
  tables = rows
})
afterAll(() => db.close())

const ofAWorkspace = () => tables.filter(({ name }) => !OF_NO_WORKSPACE.includes(name))

describe('every table that belongs to a workspace', () => {
  test('has its workspace, and row-level security that is forced', () => {
    expect(ofAWorkspace().length).toBeGreaterThan(17)
    for (const { name, workspace, enabled, forced } of ofAWorkspace())
      expect([name, { workspace, enabled, forced }]).toEqual([name, { workspace: true, enabled: true, forced: true }])
  })

  test('has one rule, for everybody and for whatever is done: the workspace that is set', async () => {
    const { rows } = await db.owner.query(
      `select tablename, cmd, roles::text as roles, permissive, qual from pg_policies where schemaname = 'public' order by tablename`,
    )
    expect(rows.map(({ tablename }) => tablename)).toEqual(ofAWorkspace().map(({ name }) => name))
    for (const { tablename, cmd, roles, permissive, qual } of rows) {
      expect([tablename, cmd, roles, permissive]).toEqual([tablename, 'ALL', '{public}', 'PERMISSIVE'])
      expect(qual, tablename).toMatch(/^\(workspace_id = .*current_setting\('wasl\.workspace_id'/)
    }
  })

  test('begins each of its keys with the workspace', async () => {
    const { rows } = await db.owner.query(
      `select c.relname as name, i.indexrelid::regclass::text as key, a.attname as first
         from pg_index i join pg_class c on c.oid = i.indrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indisunique and c.relname = any($1)`,
      [ofAWorkspace().map(({ name }) => name)],
    )
    expect(rows.length).toBeGreaterThan(17)
    expect(rows.filter(({ first }) => first !== 'workspace_id')).toEqual([])
  })
})

test('Wasl works as a role that owns no table and may not pass row-level security', async () => {
  expect(tables.filter(({ owner }) => owner === APP_ROLE)).toEqual([])
  const { rows } = await db.owner.query('select rolsuper, rolbypassrls from pg_roles where rolname = $1', [APP_ROLE])
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }])
  const { rows: now } = await db.database.pool.query('select current_user')
  expect(now).toEqual([{ current_user: APP_ROLE }])
})

test('nothing is written for another workspace, nor read or changed of it', async () => {
  await inWorkspace(db.database, mine.workspaceId, async (sql) => {
    const members = await sql.query('select workspace_id from member')
    expect(new Set(members.rows.map((row) => row.workspace_id))).toEqual(new Set([mine.workspaceId]))
    const changed = await sql.query('update member set name = name where id = $1', [theirs.noura.id])
    expect(changed.rowCount).toBe(0)
  })
  const write = inWorkspace(db.database, mine.workspaceId, (sql) =>
    sql.query('insert into conversation_read values ($1, $2, $3, 1)', [
      theirs.workspaceId,
      theirs.noura.id,
      mine.noura.id,
    ]),
  )
  await expect(write).rejects.toThrow('row-level security')
})
