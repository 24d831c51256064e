import { z } from 'zod'
import type { Conversation } from '../conversation.ts'
import type { ConversationId, Seq } from '../ids.ts'
import type { InboxState } from '../inbox-state.ts'
import type { Message } from '../message.ts'
import { sendContent } from '../send-content.ts'
import { templateSend } from '../template-send.ts'
import { CONVERSATIONS_PER_PAGE_MAX, MESSAGES_PER_PAGE_MAX } from './limits.ts'

export { CONVERSATIONS_PER_PAGE_MAX, MESSAGES_PER_PAGE_MAX }

/** `GET /api/v1/snapshot`: what a browser needs to begin, read in one transaction. */
export interface Snapshot {
  /** Names the feed `state.seq` belongs to; goes back with the stream's cursor. */
  readonly feedId: string
  /** The first page of conversations, the member's reads of them, no threads. */
  readonly state: InboxState
  /** For the next page of conversations; `null` when there is none. */
  readonly nextCursor: string | null
  readonly nowMs: number
}

/** `GET /api/v1/conversations?cursor=&limit=`: newest activity first. */
export const conversationsQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(CONVERSATIONS_PER_PAGE_MAX).default(100),
})
export interface ConversationsPage {
  readonly seq: Seq
  readonly conversations: readonly Conversation[]
  readonly reads: Readonly<Record<ConversationId, number>>
  readonly nextCursor: string | null
}

/** `GET /api/v1/conversations/{id}/messages?cursor=&limit=`: the newest page first, each page oldest message first. */
export const messagesQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(MESSAGES_PER_PAGE_MAX).default(50),
})
export interface MessagesPage {
  /** The feed position this page was read at; later rows apply on top of it. */
  readonly seq: Seq
  readonly conversation: Conversation
  readonly messages: readonly Message[]
  /** For the page of older messages; `null` when there is none. */
  readonly nextCursor: string | null
}

/** `GET /api/v1/conversations/{id}/export.csv?language=`: the whole thread as a file, newest message first. */
export const exportThreadQuery = z.object({ language: z.enum(['ar', 'en']).default('en') })

/** `POST /api/v1/conversations/{id}/messages`: 201 with the message, 200 with the same message when repeated. */
export const sendMessageBody = z.object({
  clientId: z
    .string()
    .min(8)
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/),
  content: z.discriminatedUnion('type', [...sendContent.options, templateSend]),
  quoteWamid: z.string().max(500).optional(),
  /** The message that failed and is sent again with this one, once; 409 `already_sent` when it did not fail, or was already. */
  againOf: z.uuid().optional(),
  /** Not before this instant; it waits until then and can be cancelled. */
  sendAtMs: z.number().int().positive().optional(),
  /** Not after this instant: what has not gone out by then expires. */
  expiresAtMs: z.number().int().positive().optional(),
  /** A member sends it although the month's budget is spent. */
  costConfirmed: z.boolean().optional(),
})
export type SendMessageBody = z.infer<typeof sendMessageBody>
export interface SendMessageAnswer {
  readonly message: Message
}

/** `POST /api/v1/conversations/{id}/read`: the member has seen this many of the customer's messages. 204. */
export const readConversationBody = z.object({ inboundCount: z.number().int().min(0).max(2_000_000_000) })
export type ReadConversationBody = z.infer<typeof readConversationBody>

/** `GET /api/v1/messages/{id}/media`: the file's bytes (also with `?download=1`), 410 `media_unavailable` otherwise. */
