import type { DeliveryError, Message } from './message.ts'

/**
 * When one may write freely to a customer, and when everything is free: the one place of these rules, for browser and server.
 * Of one number and one customer; nothing that the business does, here or on the phone, opens or lengthens it.
 */

/** How long a customer's message lets the business answer freely. */
export const REPLY_WINDOW_MS = 24 * 60 * 60 * 1000

/** How long everything is free after an answer to a customer who came by an ad: 72 hours, and up to 7 days since 28 September 2026. */
const FREE_ENTRY_MS = 72 * 60 * 60 * 1000
const FREE_ENTRY_LONG_MS = 7 * 24 * 60 * 60 * 1000
const FREE_ENTRY_LONG_SINCE_MS = Date.UTC(2026, 8, 28)

/** A referral older than this opens nothing any more and has nothing open. Milliseconds. */
export const FREE_ENTRY_REACH_MS = REPLY_WINDOW_MS + FREE_ENTRY_LONG_MS

/** "More than 24 hours have passed since the recipient last replied": WhatsApp takes the reply window for closed. */
export const WINDOW_CLOSED_CODE = 131047

/** Whether WhatsApp has refused a message because the reply window is closed. */
export function isWindowRefusal(error: DeliveryError | null): boolean {
  return error?.code === WINDOW_CLOSED_CODE
}

/** WhatsApp says that the customer has written something that it shows to the phone alone. */
const CANNOT_BE_SHOWN_CODE = 131060

/**
 * Whether a message opens the window, or opens it anew: anything that the customer wrote live. Not the past that was imported,
 * not lines of WhatsApp's own (they have another author), and not what cannot be read: nobody says whether it counts. That a
 * message which only the phone shows does count is constructed: WhatsApp calls it the customer's. Reactions, edits and deletions
 * are no messages. A call of the customer's does, whether it was taken or not, from its own time on; a call of the business does
 * not. No webhook tells the calls of a number in coexistence: WhatsApp's window may be open there when ours is not.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-initiated-calls
 */
export function opensReplyWindow({ author, source, content }: Pick<Message, 'author' | 'source' | 'content'>): boolean {
  if (source !== 'live') return false
  if (content.type === 'call') return content.by === 'customer'
  if (author !== 'customer') return false
  return content.type !== 'unsupported' || content.code === CANNOT_BE_SHOWN_CODE
}

/** What is known of a conversation's window. Unix milliseconds, by WhatsApp's own clock. */
export interface WindowFacts {
  /** When the customer last wrote what opens it; `null`: never since the number was connected. */
  readonly lastInboundAtMs: number | null
  /** When WhatsApp last refused an answer because it was closed (131047); its word goes before ours. */
  readonly windowRefusedAtMs?: number | null
}

/** When the window that holds now was opened; `null`: there is none. */
export function windowOpenedAtMs({ lastInboundAtMs, windowRefusedAtMs = null }: WindowFacts): number | null {
  if (lastInboundAtMs === null || windowRefusedAtMs === null) return lastInboundAtMs
  return windowRefusedAtMs > lastInboundAtMs ? null : lastInboundAtMs
}

/** What is left of the window; 0 when it is closed, `null` when the customer never wrote while connected. */
export function windowLeftMs(facts: WindowFacts, nowMs: number): number | null {
  if (facts.lastInboundAtMs === null) return null
  const openedAtMs = windowOpenedAtMs(facts)
  return openedAtMs === null ? 0 : Math.max(0, openedAtMs + REPLY_WINDOW_MS - nowMs)
}

/**
 * Whether anything but a template may be sent now. Takes when the window was opened (`null`: it was not) and the present,
 * both in Unix milliseconds.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages#customer-service-windows
 */
export function isReplyWindowOpen(openedAtMs: number | null, nowMs: number): boolean {
  return openedAtMs !== null && nowMs - openedAtMs < REPLY_WINDOW_MS
}

/** What is known of a customer's last way in by an ad or a page's button. Unix milliseconds. */
export interface EntryPoint {
  /** When the customer wrote by it. */
  readonly referredAtMs: number
  /** When the business first answered through the API; `null`: not yet. An answer on the phone changes no price. */
  readonly answeredAtMs: number | null
  /** Until when Meta's statuses say that it is free; `null` when they have not said. */
  readonly toldUntilMs: number | null
}

/**
 * Whether a message, sent now, lies within a free entry point: it opens with an answer within the customer's reply window, the
 * first answer is within it already, and Meta's own word for its end goes before the rule. It makes messages free, and opens
 * no reply window: what is no template still needs one. Meta opens none for customers on WhatsApp Web or desktop, which
 * nobody tells us before.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing#free-entry-point-conversations
 */
export function isFreeEntryPointOpen(entry: EntryPoint | null, nowMs: number): boolean {
  if (entry === null || nowMs < entry.referredAtMs) return false
  const { referredAtMs, toldUntilMs } = entry
  if (toldUntilMs !== null) return nowMs < toldUntilMs
  const answeredAtMs = entry.answeredAtMs ?? nowMs
  if (!isReplyWindowOpen(referredAtMs, answeredAtMs)) return false
  return nowMs < answeredAtMs + (answeredAtMs < FREE_ENTRY_LONG_SINCE_MS ? FREE_ENTRY_MS : FREE_ENTRY_LONG_MS)
}
