import { type Database, inWorkspace } from '../platform/db.ts'
import { findWaiting } from './settle-store.ts'

/**
 * Has every number looked at of which something has waited since `beforeMs`. The sender knows of it as a rule; it does not
 * when a number sends again, when the clock was moved, or when a process died.
 */
export async function resumeSends(
  { database, wake }: { readonly database: Database; readonly wake: (workspaceId: string, numberId: string) => void },
  workspaceId: string,
  { nowMs, beforeMs }: { readonly nowMs: number; readonly beforeMs: number },
): Promise<void> {
  const due = { before: new Date(beforeMs), now: new Date(nowMs) }
  const numberIds = await inWorkspace(database, workspaceId, (sql) => findWaiting(sql, workspaceId, due))
  for (const numberId of numberIds) wake(workspaceId, numberId)
}
