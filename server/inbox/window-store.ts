import type { Sql } from '../platform/db.ts'
import type { ConversationRow } from './rows.ts'
import { NOTE_WINDOW_REFUSALS } from './window-sql.ts'

/** Conversations whose windows WhatsApp has said to be closed, or no more, since; of those asked about. */
export async function noteWindowRefusals(
  sql: Sql,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<ConversationRow[]> {
  if (conversationIds.length === 0) return []
  const { rows } = await sql.query<{ row: ConversationRow }>({
    name: 'window_refusals',
    text: NOTE_WINDOW_REFUSALS,
    values: [workspaceId, conversationIds],
  })
  return rows.map(({ row }) => row)
}
