import type { ConversationId, MemberId, MessageId, NumberId, UnixMs, Wamid } from '../../contract/ids.ts'
import type { DeliveryError, Message, Quote } from '../../contract/message.ts'
import type { MessageContent, TemplateContent } from '../../contract/message-content.ts'
import type { StoredFile } from '../../contract/message-file.ts'
import type { SendContent } from '../../contract/send-content.ts'
import type { TemplateSend } from '../../contract/template-send.ts'
import type { Failure } from './api.ts'

/** Where the browser keeps what is not sent yet: one entry per message, so that two tabs never overwrite each other. */
const KEY_PREFIX = 'wasl.outbox.'

/** A template as the API takes it, and as the thread shows it until the server has answered. */
export interface OutgoingTemplate {
  readonly content: TemplateSend
  readonly shown: TemplateContent
}

/** Anything else in place of written words: as the API takes it, and as the thread shows it until the server has answered. */
export interface Outgoing {
  readonly content: SendContent
  readonly shown: MessageContent
  readonly file: StoredFile | null
}

/** A message written here that the server has not confirmed. */
export interface OutboxItem {
  readonly clientId: string
  readonly conversationId: ConversationId
  readonly numberId: NumberId
  /** Who wrote it: it is sent as this member or not at all. */
  readonly memberId: MemberId
  readonly body: string
  /** A template in place of written words; `body` is then empty. */
  readonly template?: OutgoingTemplate
  /** Something else than written words; `body` is then empty. */
  readonly outgoing?: Outgoing
  readonly quote: Quote | null
  /** The one that failed and is sent again with this. */
  readonly againOf?: MessageId | undefined
  /** It was sent although the budget is spent. */
  readonly costConfirmed?: boolean
  /** When it is to go out, if not at once, and until when it may. */
  readonly plan?: { readonly sendAtMs?: UnixMs; readonly expiresAtMs?: UnixMs }
  readonly writtenAtMs: UnixMs
  /** Set when the server refused; it waits for a person. `null`: it is being sent, or will be when the server is back. */
  readonly refusal: Failure | null
}

/** Storage as far as the outbox needs it; `localStorage` in the browser. */
export interface OutboxStorage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Everything kept, oldest first. What cannot be read is left alone and not shown. */
export function readOutbox(storage: OutboxStorage): readonly OutboxItem[] {
  const items: OutboxItem[] = []
  for (let index = 0; index < storage.length; index++) {
    const key = storage.key(index)
    if (key === null || !key.startsWith(KEY_PREFIX)) continue
    const item = parseItem(storage.getItem(key))
    if (item !== null) items.push(item)
  }
  return items.sort((a, b) => a.writtenAtMs - b.writtenAtMs)
}

/** Keeps an item; false when the browser has no room, so that the caller does not promise to keep it. */
export function keepOutboxItem(storage: OutboxStorage, item: OutboxItem): boolean {
  try {
    storage.setItem(KEY_PREFIX + item.clientId, JSON.stringify(item))
    return true
  } catch {
    // QuotaExceededError is the only thing setItem throws; the message still goes out from memory.
    return false
  }
}

export function dropOutboxItem(storage: OutboxStorage, clientId: string): void {
  storage.removeItem(KEY_PREFIX + clientId)
}

/** True for a storage event that concerns the outbox (another tab wrote or removed an item). */
export function isOutboxKey(key: string | null): boolean {
  return key === null || key.startsWith(KEY_PREFIX)
}

/** The bubble of an item, standing after everything the server has confirmed. */
export function messageOfItem(item: OutboxItem): Message {
  return {
    id: item.clientId,
    conversationId: item.conversationId,
    numberId: item.numberId,
    wamid: null,
    clientId: item.clientId,
    author: 'agent',
    memberId: item.memberId,
    source: 'live',
    content: (item.template ?? item.outgoing)?.shown ?? { type: 'text', body: item.body },
    file: item.outgoing?.file ?? null,
    sentAtMs: item.writtenAtMs,
    delivery: item.refusal === null ? 'queued' : 'failed',
    deliveryAtMs: null,
    error: item.refusal === null ? null : errorOfRefusal(item.refusal),
    quote: item.quote,
    referral: null,
    forwarded: 'no',
    reactions: [],
    versions: [],
    deletedAtMs: null,
    ...(item.againOf === undefined ? {} : { againOf: item.againOf }),
  }
}

/** The quote as the API takes it. */
export function quoteWamidOf(item: OutboxItem): Wamid | undefined {
  return item.quote?.wamid
}

function errorOfRefusal(refusal: Failure): DeliveryError {
  if (refusal.kind !== 'refused') return { code: null, title: 'unreachable', details: null }
  const error = { code: null, title: refusal.code, details: null }
  const fromMs = (refusal.details as { readonly fromMs?: unknown } | undefined)?.fromMs
  return typeof fromMs === 'number' ? { ...error, fromMs } : error
}

function parseItem(text: string | null): OutboxItem | null {
  if (text === null) return null
  try {
    const item = JSON.parse(text) as OutboxItem
    return typeof item.clientId === 'string' && typeof item.body === 'string' ? item : null
  } catch {
    return null
  }
}
