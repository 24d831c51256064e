import type { Conversation } from '../../contract/conversation.ts'
import type { ConversationId } from '../../contract/ids.ts'
import type { InboxEvent } from '../../contract/inbox-event.ts'

type Conversations = Readonly<Record<ConversationId, Conversation>>

/** Newest activity first; ties by id, so that the order is the same everywhere. */
export function compareConversations(a: Conversation, b: Conversation): number {
  if (a.lastAtMs !== b.lastAtMs) return b.lastAtMs - a.lastAtMs
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

export function orderAll(conversations: Conversations): ConversationId[] {
  return Object.values(conversations)
    .sort(compareConversations)
    .map((conversation) => conversation.id)
}

/**
 * The order after `touched` conversations changed: they alone are taken out and put where they belong, so that one
 * message costs one pass over the list and not a sort of all of it.
 */
export function reorder(
  order: readonly ConversationId[],
  conversations: Conversations,
  touched: ReadonlySet<ConversationId>,
): readonly ConversationId[] {
  if (touched.size === 0) return order
  if (touched.size > order.length / 4) return orderAll(conversations)
  const kept = order.filter((id) => !touched.has(id))
  for (const id of touched) {
    const conversation = conversations[id]
    if (conversation !== undefined) kept.splice(placeOf(kept, conversations, conversation), 0, id)
  }
  return kept
}

/** Ids of the conversations whose place in the list an event may change. */
export function touchedBy(event: InboxEvent): readonly ConversationId[] {
  switch (event.type) {
    case 'message.added':
    case 'conversation.changed':
    case 'history.imported':
      return [event.conversation.id]
    case 'message.changed':
      return event.conversation === null ? [] : [event.conversation.id]
    case 'conversation.merged':
      return [event.conversation.id, event.goneId]
    case 'conversation.split':
      return [event.conversation.id, event.restored.id]
    default:
      return []
  }
}

function placeOf(order: readonly ConversationId[], conversations: Conversations, conversation: Conversation): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = conversations[order[middle] as ConversationId]
    if (other !== undefined && compareConversations(other, conversation) < 0) low = middle + 1
    else high = middle
  }
  return low
}
