import type { Conversation } from './conversation.ts'
import type { ConversationId, MemberId, NumberId, Seq } from './ids.ts'
import type { FeedRow, InboxEvent } from './inbox-event.ts'
import { compareMessages, type Message } from './message.ts'
import type { BusinessNumber, Member } from './number.ts'

/** What one member's browser knows. A snapshot from the server and the feed applied to it are the same thing. */
export interface InboxState {
  /** Everything up to and including this position of the feed is in here. */
  readonly seq: Seq
  readonly me: MemberId
  readonly members: readonly Member[]
  readonly numbers: Readonly<Record<NumberId, BusinessNumber>>
  readonly conversations: Readonly<Record<ConversationId, Conversation>>
  /** How many of the customer's messages I have read, by conversation; absent = none. */
  readonly reads: Readonly<Record<ConversationId, number>>
  /** Threads that are loaded. */
  readonly threads: Readonly<Record<ConversationId, Thread>>
  readonly unrecognisedTotal: number
}

export interface Thread {
  /** In the order of `compareMessages`. */
  readonly messages: readonly Message[]
  /** Older messages exist on the server. */
  readonly hasOlder: boolean
  /** An import put messages here that this copy does not have: load it anew. */
  readonly stale: boolean
}

/** Unread messages of one conversation for the member whose state this is. */
export function unreadCount(state: Pick<InboxState, 'reads'>, conversation: Conversation): number {
  return Math.max(0, conversation.inboundCount - (state.reads[conversation.id] ?? 0))
}

/**
 * Applies rows of the feed, in order. Rows at or below `state.seq` change nothing, so a repeated row is harmless.
 * A map is copied at its first change in a call, not once per row: an import brings thousands of rows at a time, and
 * a browser may hold a hundred thousand conversations.
 */
export function applyFeedRows(state: InboxState, rows: readonly FeedRow[]): InboxState {
  const fresh = rows.filter((row) => row.seq > state.seq)
  if (fresh.length === 0) return state
  const draft: Draft = { ...state }
  const owned: Owned = new Set()
  for (const row of fresh) {
    if (row.seq <= draft.seq) continue
    applyEvent(draft, owned, row.event)
    draft.seq = row.seq
  }
  return draft
}

type Draft = { -readonly [K in keyof InboxState]: Mutable<InboxState[K]> }
type Mutable<T> = T extends Readonly<Record<string, infer V>> ? Record<string, V> : T
type MapName = 'numbers' | 'conversations' | 'reads' | 'threads'
/** Maps of the draft that are copies already, so that writing into them leaves the old state alone. */
type Owned = Set<MapName>

/** The draft's own copy of a map. */
function own<K extends MapName>(draft: Draft, owned: Owned, name: K): Draft[K] {
  if (!owned.has(name)) {
    draft[name] = { ...draft[name] }
    owned.add(name)
  }
  return draft[name]
}

function applyEvent(draft: Draft, owned: Owned, event: InboxEvent): void {
  switch (event.type) {
    case 'message.added':
      own(draft, owned, 'conversations')[event.conversation.id] = event.conversation
      return putMessage(draft, owned, event.message)
    case 'message.changed':
      if (event.conversation !== null) own(draft, owned, 'conversations')[event.conversation.id] = event.conversation
      return putMessage(draft, owned, event.message)
    case 'conversation.changed':
      own(draft, owned, 'conversations')[event.conversation.id] = event.conversation
      return
    case 'history.imported':
      own(draft, owned, 'conversations')[event.conversation.id] = event.conversation
      return markStale(draft, owned, event.conversation.id)
    case 'conversation.merged':
      delete own(draft, owned, 'conversations')[event.goneId]
      delete own(draft, owned, 'threads')[event.goneId]
      delete own(draft, owned, 'reads')[event.goneId]
      draft.conversations[event.conversation.id] = event.conversation
      return markStale(draft, owned, event.conversation.id)
    case 'conversation.split':
      own(draft, owned, 'conversations')[event.conversation.id] = event.conversation
      draft.conversations[event.restored.id] = event.restored
      // What was read of both is told anew for each: a count that had grown in the merge would hide what comes next.
      delete own(draft, owned, 'reads')[event.conversation.id]
      delete draft.reads[event.restored.id]
      return markStale(draft, owned, event.conversation.id)
    case 'conversation.read':
      if (event.memberId === draft.me) putRead(own(draft, owned, 'reads'), event.conversationId, event.inboundCount)
      return
    case 'number.changed':
      own(draft, owned, 'numbers')[event.number.id] = event.number
      return
    case 'unrecognised.counted':
      draft.unrecognisedTotal = event.total
      return
    default:
      event satisfies never
  }
}

function putRead(reads: Record<ConversationId, number>, conversationId: ConversationId, inboundCount: number): void {
  reads[conversationId] = Math.max(reads[conversationId] ?? 0, inboundCount)
}

function markStale(draft: Draft, owned: Owned, conversationId: ConversationId): void {
  const thread = draft.threads[conversationId]
  if (thread !== undefined) own(draft, owned, 'threads')[conversationId] = { ...thread, stale: true }
}

function putMessage(draft: Draft, owned: Owned, message: Message): void {
  const thread = draft.threads[message.conversationId]
  if (thread === undefined) return
  const messages = insertMessage(thread, message)
  own(draft, owned, 'threads')[message.conversationId] = { ...thread, messages }
}

/**
 * Puts a message where it belongs. A copy with the same id or the same client id is replaced; one that is older
 * than everything loaded is left to the next page of older messages.
 */
export function insertMessage(thread: Pick<Thread, 'messages' | 'hasOlder'>, message: Message): readonly Message[] {
  const others = thread.messages.filter((known) => !isSameMessage(known, message))
  const replaced = others.length < thread.messages.length
  const first = others[0]
  if (!replaced && thread.hasOlder && first !== undefined && compareMessages(message, first) < 0) return thread.messages
  let at = others.length
  while (at > 0 && compareMessages(others[at - 1] as Message, message) > 0) at--
  return [...others.slice(0, at), message, ...others.slice(at)]
}

function isSameMessage(a: Message, b: Message): boolean {
  return a.id === b.id || (a.clientId !== null && a.clientId === b.clientId)
}
