import type { ConversationsPage, MessagesPage } from '../../contract/api/inbox.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'
import { applyFeedRows, type InboxState, insertMessage, type Thread } from '../../contract/inbox-state.ts'
import { compareMessages, type Message } from '../../contract/message.ts'

/**
 * Puts pages of an answer into the state. A page is read at a position of the feed (`seq`); when the state is ahead,
 * `newerRows` (those after `page.seq`) are applied to the page first, so that the older reading never wins.
 */
export function mergeConversationsPage(
  state: InboxState,
  page: Pick<ConversationsPage, 'seq' | 'conversations' | 'reads'>,
  newerRows: readonly FeedRow[],
): InboxState {
  const byId = Object.fromEntries(page.conversations.map((conversation) => [conversation.id, conversation]))
  const fresh = applyFeedRows(
    { ...state, seq: page.seq, conversations: byId, reads: page.reads, threads: {} },
    newerRows,
  )
  const pageIsNewer = page.seq > state.seq
  return {
    ...state,
    conversations: pageIsNewer
      ? { ...state.conversations, ...fresh.conversations }
      : { ...fresh.conversations, ...state.conversations },
    reads: higherReads(state.reads, fresh.reads),
  }
}

/** Puts the newest pages of a thread in place of what was loaded, or below what `older` pages brought. */
export function mergeNewestMessages(state: InboxState, page: MessagesPage, newerRows: readonly FeedRow[]): InboxState {
  const thread: Thread = { messages: page.messages, hasOlder: page.nextCursor !== null, stale: false }
  return withThread(mergeConversationsPage(state, conversationOnly(state, page), newerRows), page, thread, newerRows)
}

/** Puts a page of older messages above those loaded. */
export function mergeOlderMessages(state: InboxState, page: MessagesPage, newerRows: readonly FeedRow[]): InboxState {
  const known = state.threads[page.conversation.id]
  if (known === undefined) return state
  const fresh = bringUpToDate(state, page, { messages: page.messages, hasOlder: false, stale: false }, newerRows)
  const ids = new Set(known.messages.map((message) => message.id))
  const added = (fresh?.messages ?? []).filter((message) => !ids.has(message.id))
  const messages = [...added, ...known.messages].toSorted(compareMessages)
  return {
    ...state,
    threads: { ...state.threads, [page.conversation.id]: { ...known, messages, hasOlder: page.nextCursor !== null } },
  }
}

/** Puts one message that an answer brought, unless the feed has brought it already (then the feed's is the newer). */
export function mergeAnsweredMessage(state: InboxState, message: Message): InboxState {
  const thread = state.threads[message.conversationId]
  if (thread === undefined) return state
  const known = thread.messages.some(
    (other) => other.id === message.id || (message.clientId !== null && other.clientId === message.clientId),
  )
  if (known) return state
  const messages = insertMessage(thread, message)
  return { ...state, threads: { ...state.threads, [message.conversationId]: { ...thread, messages } } }
}

function conversationOnly(
  state: InboxState,
  page: MessagesPage,
): Pick<ConversationsPage, 'seq' | 'conversations' | 'reads'> {
  return { seq: page.seq, conversations: [page.conversation], reads: state.reads }
}

function withThread(state: InboxState, page: MessagesPage, thread: Thread, newerRows: readonly FeedRow[]): InboxState {
  const fresh = bringUpToDate(state, page, thread, newerRows)
  if (fresh === undefined) return state
  return { ...state, threads: { ...state.threads, [page.conversation.id]: fresh } }
}

function bringUpToDate(
  state: InboxState,
  page: MessagesPage,
  thread: Thread,
  newerRows: readonly FeedRow[],
): Thread | undefined {
  const alone: InboxState = { ...state, seq: page.seq, conversations: {}, threads: { [page.conversation.id]: thread } }
  return applyFeedRows(alone, newerRows).threads[page.conversation.id]
}

function higherReads(a: InboxState['reads'], b: InboxState['reads']): InboxState['reads'] {
  const higher: Record<string, number> = { ...a }
  for (const [id, count] of Object.entries(b)) higher[id] = Math.max(higher[id] ?? 0, count)
  return higher
}
