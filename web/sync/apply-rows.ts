import type { MemberId } from '../../contract/ids.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'
import { applyFeedRows, type InboxState } from '../../contract/inbox-state.ts'
import type { Message } from '../../contract/message.ts'
import { reorder, touchedBy } from './order.ts'
import type { OutboxItem } from './outbox.ts'
import type { SyncState } from './store.ts'

/** What rows of the feed make of the screen's state. Gives the parts that changed. Pure. */
export function applyRows(state: SyncState, inbox: InboxState, rows: readonly FeedRow[]): Partial<SyncState> {
  const fresh = rows.filter((row) => row.seq > inbox.seq)
  if (fresh.length === 0) return {}
  const next = applyFeedRows(inbox, fresh)
  const arrival = lastTold(fresh, inbox.me)
  return {
    inbox: next,
    order: reorder(state.order, next.conversations, new Set(fresh.flatMap((row) => touchedBy(row.event)))),
    outbox: withoutConfirmed(state.outbox, fresh),
    ...(arrival === null ? {} : { arrival }),
  }
}

/** Client ids of messages that rows of the feed confirm. */
export function confirmedClientIds(rows: readonly FeedRow[]): ReadonlySet<string> {
  const ids = rows.map((row) => ('message' in row.event ? row.event.message.clientId : null))
  return new Set(ids.filter((id) => id !== null))
}

function withoutConfirmed(outbox: readonly OutboxItem[], rows: readonly FeedRow[]): readonly OutboxItem[] {
  if (outbox.length === 0) return outbox
  const confirmed = confirmedClientIds(rows)
  const left = outbox.filter((item) => !confirmed.has(item.clientId))
  return left.length === outbox.length ? outbox : left
}

/** What is read aloud: a customer's new message, or one of this member's that failed. */
function lastTold(rows: readonly FeedRow[], me: MemberId): Message | null {
  for (const { event } of rows.toReversed()) {
    if (event.type !== 'message.added' && event.type !== 'message.changed') continue
    const { message } = event
    if (event.type === 'message.added' && message.author === 'customer' && message.source === 'live') return message
    if (message.delivery === 'failed' && message.memberId === me) return message
  }
  return null
}
