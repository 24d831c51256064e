import { WINDOW_CLOSED_CODE } from '../../contract/reply-window.ts'
import { conversationJson } from './row-sql.ts'

/**
 * When WhatsApp last refused an answer in a conversation because the reply window is closed, from its messages as they are:
 * whatever order the statuses come in, the same is found. What Wasl refused by itself, unasked, has neither a wamid nor a
 * trace of Meta's.
 */
export function windowRefusedAt(v: string): string {
  return `(select max(r.delivery_at) from message r where r.workspace_id = ${v}.workspace_id and r.conversation_id = ${v}.id
    and r.delivery = 'failed' and (r.error ->> 'code') = '${WINDOW_CLOSED_CODE}'
    and (r.wamid is not null or r.error ->> 'traceId' is not null))`
}

/** Takes down anew when windows were refused (`$2`: conversations); gives those of which it was not known. */
export const NOTE_WINDOW_REFUSALS = `update conversation v set window_refused_at = ${windowRefusedAt('v')}
  where v.workspace_id = $1 and v.id = any($2) and v.window_refused_at is distinct from ${windowRefusedAt('v')}
  returning ${conversationJson('v')} as row`
