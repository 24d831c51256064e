import type { MessageRow } from '../inbox/rows.ts'

/**
 * Whether a person may send a message again with a new one: it was ours, in this conversation, and surely has not gone out;
 * or nobody knows, and a person has decided for the risk. Nothing is ever sent again by itself.
 */
export function maySendAgain(row: MessageRow | null, conversationId: string): boolean {
  if (row === null || row.clientId === null || row.conversationId !== conversationId) return false
  if (row.delivery === 'unconfirmed') return row.doubt === 'again'
  return row.delivery === 'failed' || row.delivery === 'expired' || row.delivery === 'cancelled'
}
