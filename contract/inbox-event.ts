import type { Conversation } from './conversation.ts'
import type { ConversationId, MemberId, Seq, UnixMs } from './ids.ts'
import type { Message } from './message.ts'
import type { BusinessNumber } from './number.ts'

/**
 * What became true for us. Each event carries the whole new view of what it changed, so that a reader needs no
 * second question: applying the feed to an old snapshot gives a fresh one (the convergence test).
 */
export type InboxEvent =
  /** A message is new, here or by import beside live traffic; the row of the list as it is now. */
  | { readonly type: 'message.added'; readonly message: Message; readonly conversation: Conversation }
  /** Ticks, reactions, edits, deletions, a file that arrived: the message as it is now. */
  | { readonly type: 'message.changed'; readonly message: Message; readonly conversation: Conversation | null }
  /** Name, identifiers or last line changed. */
  | { readonly type: 'conversation.changed'; readonly conversation: Conversation }
  /** One chunk of history put `count` messages into this thread; who shows it loads it anew. */
  | { readonly type: 'history.imported'; readonly conversation: Conversation; readonly count: number }
  /** Two conversations proved to be the same customer: `goneId` went up in `conversation`; its thread loads anew. */
  | { readonly type: 'conversation.merged'; readonly conversation: Conversation; readonly goneId: ConversationId }
  /** A merge was undone: `restored` is a conversation of its own again; the thread of `conversation` loads anew. */
  | { readonly type: 'conversation.split'; readonly conversation: Conversation; readonly restored: Conversation }
  /** A member has read as far as `inboundCount` messages of the customer. */
  | {
      readonly type: 'conversation.read'
      readonly conversationId: ConversationId
      readonly memberId: MemberId
      readonly inboundCount: number
    }
  | { readonly type: 'number.changed'; readonly number: BusinessNumber }
  /** Meta sent something this version does not know, or that nobody could place; kept, counted. */
  | { readonly type: 'unrecognised.counted'; readonly total: number }

export type InboxEventType = InboxEvent['type']

export interface FeedRow {
  readonly seq: Seq
  readonly atMs: UnixMs
  readonly event: InboxEvent
}
