import type { TemplateLimitsAnswer } from '../../contract/api/sending.ts'
import { isReplyWindowOpen, windowOpenedAtMs } from '../../contract/reply-window.ts'
import type { Sql } from '../platform/db.ts'
import { readMarketingRest } from './marketing-rest-store.ts'
import { findPlaceFree } from './place-store.ts'
import { readSendPlace } from './send-store.ts'

/** What keeps templates from the customer of a conversation; `null` when there is no such conversation. */
export async function readTemplateLimits(
  sql: Sql,
  workspaceId: string,
  { conversationId, nowMs }: { readonly conversationId: string; readonly nowMs: number },
): Promise<TemplateLimitsAnswer | null> {
  const place = await readSendPlace(sql, workspaceId, conversationId)
  if (place === null) return null
  const { conversation } = place
  const fromMs = await readMarketingRest(sql, workspaceId, conversation.id)
  const placeFreeAtMs = isReplyWindowOpen(windowOpenedAtMs(conversation), nowMs)
    ? null
    : await findPlaceFree(sql, workspaceId, conversation.contact.id, nowMs)
  return { marketingFromMs: fromMs !== null && fromMs > nowMs ? fromMs : null, placeFreeAtMs }
}
