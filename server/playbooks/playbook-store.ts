import type { Playbook, WritePlaybookBody } from '../../contract/api/playbooks.ts'
import type { Sql } from '../platform/db.ts'

/** Every page that was not removed, by title. */
export function readPlaybooks(sql: Sql, workspaceId: string): Promise<Playbook[]> {
  return read(sql, workspaceId, null)
}

/** One page, removed or not; `null` when the workspace has none of this id. */
export async function readPlaybook(sql: Sql, workspaceId: string, id: string): Promise<Playbook | null> {
  return (await read(sql, workspaceId, id))[0] ?? null
}

export async function countPlaybooks(sql: Sql, workspaceId: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    'select count(*)::integer as count from playbook where workspace_id = $1 and removed_at is null',
    [workspaceId],
  )
  return rows[0]?.count ?? 0
}

export async function insertPlaybook(sql: Sql, workspaceId: string, id: string, now: Date): Promise<void> {
  await sql.query('insert into playbook (workspace_id, id, created_at) values ($1, $2, $3)', [workspaceId, id, now])
}

/** Adds a writing. `false` when there is one of this version already: somebody else was quicker. */
export async function insertVersion(
  sql: Sql,
  workspaceId: string,
  writing: WritePlaybookBody & { readonly id: string; readonly version: number; readonly memberId: string },
  now: Date,
): Promise<boolean> {
  const { id, version, title, body, language, memberId } = writing
  const { rowCount } = await sql.query(
    `insert into playbook_version (workspace_id, playbook_id, version, title, body, language, member_id, written_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [workspaceId, id, version, title, body, language, memberId, now],
  )
  return rowCount === 1
}

/** Takes a page away, or brings it back (`null`). `false` when there is no such page. */
export async function setRemoved(sql: Sql, workspaceId: string, id: string, removedAt: Date | null): Promise<boolean> {
  const { rowCount } = await sql.query('update playbook set removed_at = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    removedAt,
  ])
  return rowCount === 1
}

async function read(sql: Sql, workspaceId: string, id: string | null): Promise<Playbook[]> {
  const { rows } = await sql.query<Playbook>(
    `select p.id, v.version, v.title, v.body, v.language, v.member_id as "memberId",
            (extract(epoch from v.written_at) * 1000)::float8 as "writtenAtMs",
            (extract(epoch from p.removed_at) * 1000)::float8 as "removedAtMs"
       from playbook p
       cross join lateral (select * from playbook_version v where v.workspace_id = p.workspace_id
                             and v.playbook_id = p.id order by v.version desc limit 1) v
      where p.workspace_id = $1 and ($2::uuid is null and p.removed_at is null or p.id = $2)
      order by v.title, p.id`,
    [workspaceId, id],
  )
  return rows
}
