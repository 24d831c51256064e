import type { InboxState } from '../../../contract/inbox-state.ts'
import { unreadCount } from '../../../contract/inbox-state.ts'
import { useSync } from '../../sync/browser.ts'

let counted: { readonly conversations: unknown; readonly reads: unknown; readonly count: number } | null = null

/** How many of the known conversations have something unread for me. */
export function useUnreadConversations(): number {
  return useSync((state) => (state.inbox === null ? 0 : countUnread(state.inbox)))
}

/** Counted once per state, however many parts of the page ask. */
function countUnread(inbox: InboxState): number {
  if (counted?.conversations === inbox.conversations && counted.reads === inbox.reads) return counted.count
  let count = 0
  for (const conversation of Object.values(inbox.conversations)) if (unreadCount(inbox, conversation) > 0) count++
  counted = { conversations: inbox.conversations, reads: inbox.reads, count }
  return count
}
