import type { ErrorCode } from '../../contract/error-codes.ts'
import type { SyncKind } from '../../contract/number.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import { askForSync } from './request-sync.ts'
import { lockSync } from './sync-request-store.ts'
import { mayAsk } from './sync-window.ts'

/**
 * A person has a sync asked for now. Only one that Meta surely has not taken: asking a second time is refused for good
 * and has broken phones. Gives `null`, or why not.
 */
export function askSync(
  deps: { readonly database: Database; readonly clock: Clock },
  workspaceId: string,
  sync: { readonly numberId: string; readonly kind: SyncKind },
): Promise<Extract<ErrorCode, 'not_found' | 'sync_not_open'> | null> {
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    const row = await lockSync(sql, workspaceId, sync.numberId, sync.kind)
    if (row === null) return 'not_found'
    if (!mayAsk(row, deps.clock.nowMs())) return 'sync_not_open'
    await askForSync(sql, workspaceId, sync)
    return null
  })
}
