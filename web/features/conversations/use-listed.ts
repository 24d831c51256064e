import { useMemo, useState } from 'react'
import type { Conversation } from '../../../contract/conversation.ts'
import type { ConversationId, NumberId } from '../../../contract/ids.ts'
import { type InboxState, unreadCount } from '../../../contract/inbox-state.ts'
import { useSync } from '../../sync/browser.ts'
import type { View } from './views.ts'

export interface ListFilter {
  readonly view: View
  readonly numberId: NumberId | null
  /** Stays listed although it was read, as long as it is open. */
  readonly openId: ConversationId | null
}

/** The conversations of a view, newest activity first. */
export function useListed({ view, numberId, openId }: ListFilter): readonly ConversationId[] {
  const order = useSync((state) => state.order)
  const inbox = useSync((state) => state.inbox)
  const reachedMs = useSync((state) => state.list.reachedMs)
  const conversations = inbox?.conversations
  const reads = inbox?.reads
  return useMemo(() => {
    if (conversations === undefined || reads === undefined) return []
    return order.filter((id) => {
      const conversation = conversations[id]
      // Below what paging has reached, some are known by chance; showing them would leave holes between them.
      if (conversation === undefined || conversation.lastAtMs < reachedMs) return id === openId && view === 'all'
      return isListed(conversation, { reads }, { view, numberId, openId })
    })
  }, [order, conversations, reads, reachedMs, view, numberId, openId])
}

/** Whether a conversation belongs to a view. */
export function isListed(conversation: Conversation, state: Pick<InboxState, 'reads'>, filter: ListFilter): boolean {
  if (filter.numberId !== null && conversation.numberId !== filter.numberId) return false
  return filter.view === 'all' || conversation.id === filter.openId || unreadCount(state, conversation) > 0
}

/**
 * Keeps the order still while somebody points at the list, so that no row moves under the finger. Gives the order to show,
 * whether another one waits, and what to call to let it in.
 */
export function useSteadyOrder(
  order: readonly ConversationId[],
  pointed: boolean,
): readonly [readonly ConversationId[], boolean, () => void] {
  const [held, setHeld] = useState(order)
  const free = !pointed || isContinuation(held, order)
  if (free && held !== order) setHeld(order)
  const shown = free ? order : held
  return [shown, shown !== order, () => setHeld(order)]
}

/** True when `next` only adds below what is shown (the next page), or is the same. */
function isContinuation(shown: readonly ConversationId[], next: readonly ConversationId[]): boolean {
  return next.length >= shown.length && shown.every((id, index) => next[index] === id)
}
