import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace } from '../../test/support/workspace.ts'
import { inWorkspace, outsideWorkspaces } from './db.ts'
import { addJob } from './jobs.ts'
import { migrateDatabase } from './migrate.ts'
import { Refusal } from './refusal.ts'
import { dumpSchema } from './schema-dump.ts'

const DAY = Date.UTC(2026, 10, 23)
let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

test('a second migration changes nothing', async () => {
  const before = await dumpSchema(db.owner)
  await migrateDatabase({ url: db.url, nowMs: DAY })
  expect(await dumpSchema(db.owner)).toBe(before)
})

test('schema.sql is what the migrations make', async () => {
  const committed = await readFile(new URL('../../schema.sql', import.meta.url), 'utf8')
  expect(committed, 'run `bin/wasl schema > schema.sql`').toBe(await dumpSchema(db.owner))
})

test('two starters at once both succeed', async () => {
  await db.owner.query('drop schema public cascade; create schema public; drop schema graphile_worker cascade')
  await Promise.all([1, 2].map(() => migrateDatabase({ url: db.url, nowMs: DAY })))
  const { rows } = await db.owner.query("select count(*)::int as n from pg_class where relname = 'message'")
  expect(rows[0].n).toBe(1)
})

test('a schema newer than the program is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wasl-migrations-'))
  await writeFile(join(folder, '0000_older.sql'), 'select 1')
  await expect(migrateDatabase({ url: db.url, nowMs: DAY, folder })).rejects.toThrow(/newer Wasl .*0001_spine/)
  await expect(migrateDatabase({ url: db.url, nowMs: DAY, folder })).rejects.toBeInstanceOf(Refusal)
  await rm(folder, { recursive: true })
})

test('the role Wasl works as owns nothing and sees nothing without a workspace', async () => {
  const { workspaceId } = await createTestWorkspace(db)
  const seen = (sql: { query: (text: string) => Promise<{ rows: { n: number }[] }> }) =>
    sql.query('select count(*)::int as n from member').then((answer) => answer.rows[0]?.n)
  expect(await outsideWorkspaces(db.database, seen)).toBe(0)
  expect(await inWorkspace(db.database, workspaceId, seen)).toBe(3)
  await expect(db.database.pool.query('create table x (y int)')).rejects.toThrow(/permission denied/)
  await expect(db.database.pool.query('drop table member')).rejects.toThrow(/must be owner/)
  const { rows } = await db.owner.query("select count(*)::int as n from pg_class where relowner = 'wasl_app'::regrole")
  expect(rows[0].n).toBe(0)
})

test('partitions of raw deliveries are made and dropped by the working role', async () => {
  const names = async () =>
    (
      await db.owner.query(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'raw_delivery'::regclass order by 1",
      )
    ).rows.map((row) => row.name)
  expect(await names()).toEqual(['raw_delivery_20261123', 'raw_delivery_20261124'])
  await db.database.pool.query("select ensure_raw_partitions('2026-11-24', 3)")
  expect(await names()).toHaveLength(4)
  await db.database.pool.query("insert into raw_delivery values ('2026-11-26', '\\x01', '2026-11-26', '\\x00')")
  await db.database.pool.query(
    "insert into delivery_queue (received_on, signature, received_at) values ('2026-11-24', '\\x01', '2026-11-24')",
  )
  const dropped = await db.database.pool.query("select drop_raw_partitions('2026-11-26') as n")
  expect(dropped.rows[0].n).toBe(2)
  expect(await names(), 'the 24th still has a delivery waiting').toEqual([
    'raw_delivery_20261124',
    'raw_delivery_20261126',
  ])
  const storage = await db.owner.query(
    "select attstorage from pg_attribute where attrelid = 'raw_delivery_20261126'::regclass and attname = 'body'",
  )
  expect(storage.rows[0].attstorage, 'bodies stay uncompressed').toBe('e')
})

test('the working role adds jobs and reads none', async () => {
  const { workspaceId } = await createTestWorkspace(db)
  await inWorkspace(db.database, workspaceId, (sql) => addJob(sql, 'greet', { to: 'Noura' }))
  const { rows } = await db.owner.query('select task_identifier from graphile_worker.jobs')
  expect(rows).toEqual([{ task_identifier: 'greet' }])
  await expect(db.database.pool.query('select * from graphile_worker.jobs')).rejects.toThrow(/permission denied/)
})
