import type { BusinessNumber } from '../accounts/number.ts'
import type { Chat, ChatMessage } from '../control-api.ts'
import { ownerOf } from '../routing/thread-owner.ts'
import type { ChatEntry, MessageBody } from './entry.ts'

/** Messages shown at once. */
const PAGE_MESSAGES = 100

/** The phone's list of chats, newest first. */
export function chatList(number: BusinessNumber, nowMs: number): Chat[] {
  const chats: Chat[] = []
  for (const chat of number.chats.values()) {
    const customer = number.customers.get(chat.customerKey)
    const last = chat.entries.at(-1)
    if (!customer || !last) continue
    const lastBy = last.by === 'customer' ? 'customer' : 'business'
    const { unread } = chat
    const owner = ownerOf(number, chat, nowMs)
    chats.push({ customer, lastAtMs: last.atMs, lastText: preview(last), lastBy, unread, owner })
  }
  return chats.sort((a, b) => b.lastAtMs - a.lastAtMs)
}

/** The last messages before an instant (unix ms), oldest first. */
export function chatMessages(number: BusinessNumber, customerKey: string, beforeMs: number | null): ChatMessage[] {
  const entries = number.chats.get(customerKey)?.entries ?? []
  const older = beforeMs === null ? entries : entries.filter((entry) => entry.atMs < beforeMs)
  return older.slice(-PAGE_MESSAGES).map(shown)
}

function shown(entry: ChatEntry): ChatMessage {
  const { wamid, by, atMs, body, quoteWamid, edited, deleted, ticks, payment } = entry
  const reactions = [
    ...(entry.customerReaction ? [{ by: 'customer' as const, emoji: entry.customerReaction }] : []),
    ...(entry.businessReaction ? [{ by: 'business' as const, emoji: entry.businessReaction }] : []),
  ]
  return { wamid, by, atMs, body, quoteWamid, reactions, edited, deleted, ticks, payment: payment?.state ?? null }
}

function preview(entry: ChatEntry): string {
  if (entry.deleted) return ''
  return textOf(entry.body) ?? `[${entry.body.type}]`
}

/** The words of a message, if it has any. */
export function textOf(body: MessageBody): string | null {
  const content = body[body.type]
  if (typeof content !== 'object' || content === null) return null
  const { body: text, caption } = content as { body?: unknown; caption?: unknown }
  if (typeof text === 'string') return text
  if (typeof text === 'object' && text !== null && 'text' in text && typeof text.text === 'string') return text.text
  return typeof caption === 'string' ? caption : null
}
