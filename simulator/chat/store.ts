import type { BusinessNumber } from '../accounts/number.ts'
import type { Chat, ChatEntry } from './entry.ts'

/** The chat with that customer, made when there is none. */
export function chatOf(number: BusinessNumber, customerKey: string): Chat {
  let chat = number.chats.get(customerKey)
  if (!chat) {
    chat = { customerKey, entries: [], unread: 0, windowUntilMs: 0, referredAtMs: 0, freeEntryUntilMs: 0, owner: null }
    number.chats.set(customerKey, chat)
  }
  return chat
}

/** Puts a message into its chat, by its time. */
export function addEntry(number: BusinessNumber, entry: ChatEntry): Chat {
  const chat = chatOf(number, entry.customerKey)
  let at = chat.entries.length
  while (at > 0 && (chat.entries[at - 1]?.atMs ?? 0) > entry.atMs) at--
  chat.entries.splice(at, 0, entry)
  number.entries.set(entry.wamid, entry)
  return chat
}

/** The last message that is seen in the list of chats. */
export function lastEntry(chat: Chat): ChatEntry | null {
  return chat.entries.at(-1) ?? null
}
