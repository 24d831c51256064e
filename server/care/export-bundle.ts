import type { SupportBundle } from '../../contract/api/care.ts'
import { readWorkspace } from '../platform/db.ts'
import { GRAPH_VERSION } from '../whatsapp/client.ts'
import { readNoticeTimes } from './number-read-store.ts'
import { findStanding, type ShowHealthDeps } from './show-health.ts'
import { supportBundle } from './support-bundle.ts'

/** What Meta or a partner needs to look into a number; `null` when the workspace has no such number. */
export async function exportBundle(
  deps: ShowHealthDeps & { readonly version: string },
  workspaceId: string,
  numberId: string,
): Promise<SupportBundle | null> {
  const standing = await findStanding(deps, workspaceId, numberId)
  if (standing === null) return null
  const number = { id: numberId, wabaId: standing.access.wabaId }
  const notices = await readWorkspace(deps.database, workspaceId, (sql) => readNoticeTimes(sql, workspaceId, number))
  return supportBundle(standing, notices, { version: deps.version, graphVersion: GRAPH_VERSION })
}
