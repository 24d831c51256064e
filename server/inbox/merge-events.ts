import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { ContactRow, ConversationRow } from './rows.ts'
import { conversationView } from './view.ts'

/** How far a member has read in a conversation. */
export interface MemberRead {
  readonly conversationId: string
  readonly memberId: string
  readonly inboundCount: number
}

/** What a merge leaves behind, for the feed. */
export interface Merged {
  readonly contact: ContactRow
  /** Every conversation of the contact that stays, as it is now. */
  readonly conversations: readonly ConversationRow[]
  readonly gone: readonly { readonly conversationId: string; readonly into: string }[]
  /** How far members have read in conversations that took in another. */
  readonly reads: readonly MemberRead[]
}

export function mergeEvents({ contact, conversations, gone, reads }: Merged): InboxEvent[] {
  const views = new Map(conversations.map((row) => [row.id, conversationView(row, contact)]))
  const events: InboxEvent[] = [...views.values()].map((conversation) => ({
    type: 'conversation.changed',
    conversation,
  }))
  for (const { conversationId, into } of gone) {
    const conversation = views.get(into)
    if (conversation !== undefined) events.push({ type: 'conversation.merged', conversation, goneId: conversationId })
  }
  return [...events, ...reads.map((read) => ({ type: 'conversation.read', ...read }) as const)]
}

/** What an undone merge leaves behind, for the feed. */
export interface Unmerged {
  readonly kept: ContactRow
  readonly restored: ContactRow
  /** Every conversation of both, as it is now. */
  readonly conversations: readonly ConversationRow[]
  /** Conversations that are two again: the one that stays, and the one that is back. */
  readonly split: readonly { readonly conversationId: string; readonly restoredId: string }[]
  /** How far members have read in all of these. */
  readonly reads: readonly MemberRead[]
}

export function unmergeEvents({ kept, restored, conversations, split, reads }: Unmerged): InboxEvent[] {
  const views = new Map(
    conversations.map((row) => [row.id, conversationView(row, row.contactId === kept.id ? kept : restored)]),
  )
  const events: InboxEvent[] = [...views.values()].map((conversation) => ({
    type: 'conversation.changed',
    conversation,
  }))
  for (const { conversationId, restoredId } of split) {
    const [conversation, back] = [views.get(conversationId), views.get(restoredId)]
    if (conversation !== undefined && back !== undefined) {
      events.push({ type: 'conversation.split', conversation, restored: back })
    }
  }
  return [...events, ...reads.map((read) => ({ type: 'conversation.read', ...read }) as const)]
}
