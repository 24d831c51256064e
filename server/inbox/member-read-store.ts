import type { Sql } from '../platform/db.ts'
import { ledTo } from './row-sql.ts'

export type PutRead =
  | { readonly kind: 'no_conversation' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'changed'; readonly conversationId: string; readonly inboundCount: number }

/** Raises what a member has read of a conversation, or of the one that it went up in, at most to what the customer wrote. */
export async function putRead(
  sql: Sql,
  workspaceId: string,
  memberId: string,
  read: { readonly conversationId: string; readonly inboundCount: number },
): Promise<PutRead> {
  const { rows } = await sql.query<{ id: string; inbound_count: number }>(
    `select id, inbound_count from conversation where workspace_id = $1 and id = ${ledTo('$2')}`,
    [workspaceId, read.conversationId],
  )
  const written = rows[0]
  if (written === undefined) return { kind: 'no_conversation' }
  const inboundCount = Math.min(read.inboundCount, written.inbound_count)
  if (inboundCount === 0) return { kind: 'unchanged' }
  const { rowCount } = await sql.query(
    `insert into conversation_read as r (workspace_id, member_id, conversation_id, inbound_count) values ($1, $2, $3, $4)
     on conflict (workspace_id, member_id, conversation_id) do update set inbound_count = excluded.inbound_count
       where r.inbound_count < excluded.inbound_count`,
    [workspaceId, memberId, written.id, inboundCount],
  )
  return rowCount === 1 ? { kind: 'changed', conversationId: written.id, inboundCount } : { kind: 'unchanged' }
}
