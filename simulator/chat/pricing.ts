import type { BusinessNumber } from '../accounts/number.ts'
import type { Chat } from './entry.ts'
import type { Category } from './outgoing.ts'

/** What a sent message costs by, as Meta's `pricing` and `conversation` objects. */
export interface Priced {
  readonly pricing: Record<string, unknown> | null
  /** Whether a free entry point window covers it: then `conversation` comes in every version. */
  readonly freeEntryPoint: boolean
}

/** Meta's two changes of model: per message since July 2025, service messages charged since October 2026 (UTC here). */
const PER_MESSAGE_SINCE_MS = Date.UTC(2025, 6, 1)
const SERVICE_CHARGED_SINCE_MS = Date.UTC(2026, 9, 1)
/** Delivered service messages that are free per number and month since October 2026. */
export const FREE_SERVICE_MESSAGES = 1_000
/** Milliseconds: the free entry point window, longer since 28 Sep 2026. */
const FREE_ENTRY_MS = 72 * 3_600_000
const FREE_ENTRY_LONG_MS = 7 * 86_400_000
const FREE_ENTRY_LONG_SINCE_MS = Date.UTC(2026, 8, 28)

/** The price of a message delivered at that instant; counts it against the month's free service messages. */
export function priceDelivered(number: BusinessNumber, chat: Chat, category: Category, atMs: number): Priced {
  if (atMs < PER_MESSAGE_SINCE_MS) {
    return { pricing: { billable: category !== 'service', pricing_model: 'CBP', category }, freeEntryPoint: false }
  }
  if (atMs < chat.freeEntryUntilMs) {
    return { pricing: perMessage(false, 'free_entry_point', 'referral_conversion'), freeEntryPoint: true }
  }
  if (category === 'marketing' || category === 'authentication')
    return { pricing: perMessage(true, 'regular', category), freeEntryPoint: false }
  if (atMs < SERVICE_CHARGED_SINCE_MS) {
    const free = category === 'service' || atMs < chat.windowUntilMs
    return { pricing: perMessage(!free, free ? 'free_customer_service' : 'regular', category), freeEntryPoint: false }
  }
  if (category === 'utility') return { pricing: perMessage(true, 'regular', 'utility'), freeEntryPoint: false }
  const free = takeFreeService(number, atMs)
  return { pricing: perMessage(!free, free ? 'free_customer_service' : 'regular', 'service'), freeEntryPoint: false }
}

/** Replying within the window to somebody who came by an ad opens the free entry point. */
export function openFreeEntryPoint(chat: Chat, atMs: number): void {
  if (chat.referredAtMs === 0 || atMs >= chat.windowUntilMs || chat.freeEntryUntilMs > atMs) return
  chat.freeEntryUntilMs = atMs + (atMs < FREE_ENTRY_LONG_SINCE_MS ? FREE_ENTRY_MS : FREE_ENTRY_LONG_MS)
  chat.referredAtMs = 0
}

/** The `conversation` object: always until v23, from v24 only inside a free entry point. */
export function conversationOf(
  priced: Priced,
  category: Category,
  version: number,
  wamid: string,
  expiresAtMs: number,
): Record<string, unknown> | null {
  if (version >= 24 && !priced.freeEntryPoint) return null
  const type = priced.freeEntryPoint ? 'referral_conversion' : category
  const id = Buffer.from(wamid).toString('hex').slice(-32)
  return { id, expiration_timestamp: String(Math.floor(expiresAtMs / 1000)), origin: { type } }
}

function perMessage(billable: boolean, type: string, category: string): Record<string, unknown> {
  return { billable, pricing_model: 'PMP', type, category }
}

function takeFreeService(number: BusinessNumber, atMs: number): boolean {
  const month = new Date(atMs).toISOString().slice(0, 7)
  const used = (number.limits.freeServiceByMonth.get(month) ?? 0) + 1
  number.limits.freeServiceByMonth.set(month, used)
  return used <= FREE_SERVICE_MESSAGES
}
