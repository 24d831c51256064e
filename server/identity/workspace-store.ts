import type { Member } from '../../contract/number.ts'
import type { Sql } from '../platform/db.ts'

/** Two first starts on one database take turns; the number is arbitrary and must stay. */
const FIRST_START_LOCK = 7_318_402_654

/** The oldest workspace of this installation; `undefined` before the first start. */
export async function findWorkspaceId(sql: Sql): Promise<string | undefined> {
  const { rows } = await sql.query<{ id: string }>('select id from workspace order by id limit 1')
  return rows[0]?.id
}

/** Nobody else makes a workspace until this transaction ends. */
export async function lockFirstStart(sql: Sql): Promise<void> {
  await sql.query('select pg_advisory_xact_lock($1)', [FIRST_START_LOCK])
}

/** A workspace with an empty feed and its people. */
export async function insertWorkspace(
  sql: Sql,
  workspaceId: string,
  workspace: { name: string; feedId: string; people: readonly Member[]; at: Date },
): Promise<void> {
  const { name, feedId, people, at } = workspace
  await sql.query('insert into workspace (id, name, feed_id, created_at) values ($1, $2, $3, $4)', [
    workspaceId,
    name,
    feedId,
    at,
  ])
  await sql.query('insert into feed_counter (workspace_id) values ($1)', [workspaceId])
  await sql.query(
    `insert into member (workspace_id, id, name, role, created_at)
     select $1, id, name, role, $2 from unnest($3::uuid[], $4::text[], $5::text[]) as person (id, name, role)`,
    [workspaceId, at, people.map((one) => one.id), people.map((one) => one.name), people.map((one) => one.role)],
  )
}
