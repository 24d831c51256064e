import { type Database, inWorkspace, outsideWorkspaces } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { findWorkspaceId, insertWorkspace, lockFirstStart } from './workspace-store.ts'

/** Until sign-in exists: who works here, the owner first. */
const PEOPLE = [
  { name: 'Noura Al-Harbi', role: 'owner' },
  { name: 'Salem Al-Otaibi', role: 'agent' },
  { name: 'Maya Haddad', role: 'agent' },
] as const
const WORKSPACE_NAME = 'Wasl'

/** The workspace of this installation; on the first start it is made, with its feed and three people. Gives its id. */
export async function createWorkspace(deps: { database: Database; ids: Ids; nowMs: number }): Promise<string> {
  const known = await outsideWorkspaces(deps.database, findWorkspaceId)
  if (known !== undefined) return known
  const workspaceId = deps.ids.next()
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    await lockFirstStart(sql)
    const other = await findWorkspaceId(sql)
    if (other !== undefined) return other
    const people = PEOPLE.map((person) => ({ id: deps.ids.next(), ...person }))
    await insertWorkspace(sql, workspaceId, {
      name: WORKSPACE_NAME,
      feedId: deps.ids.next(),
      people,
      at: new Date(deps.nowMs),
    })
    return workspaceId
  })
}
