import type { Member } from '../../contract/number.ts'
import type { Sql } from '../platform/db.ts'

/** Everybody of the workspace: the owner first, then by age. Every request asks for them, so that the plan is kept. */
export async function readMembers(sql: Sql, workspaceId: string): Promise<Member[]> {
  const { rows } = await sql.query<Member>({
    name: 'members_read',
    text: `select id, name, role from member where workspace_id = $1 order by (role = 'owner') desc, created_at, id`,
    values: [workspaceId],
  })
  return rows.map(({ id, name, role }) => ({ id, name, role }))
}
