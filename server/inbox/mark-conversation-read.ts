import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import { appendEvents, type PublishRows } from './append.ts'
import { putRead } from './member-read-store.ts'

export interface MarkReadDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
}

/**
 * A member has seen `inboundCount` of the customer's messages. Never goes back, never past what was written; saying it
 * twice says it once. `false` when there is no such conversation.
 */
export async function markConversationRead(
  deps: MarkReadDeps,
  workspaceId: string,
  memberId: string,
  read: { readonly conversationId: string; readonly inboundCount: number },
): Promise<boolean> {
  const nowMs = deps.clock.nowMs()
  const { found, rows } = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const put = await putRead(sql, workspaceId, memberId, read)
    if (put.kind === 'no_conversation') return { found: false, rows: [] }
    if (put.kind === 'unchanged') return { found: true, rows: [] }
    const { conversationId, inboundCount } = put
    const event = { type: 'conversation.read', conversationId, memberId, inboundCount } as const
    return { found: true, rows: await appendEvents(sql, workspaceId, nowMs, [event]) }
  })
  deps.publish(workspaceId, rows)
  return found
}
