import type { ChatMessage, PaymentOutcome, ThreadOwner } from '../control-api.ts'

/** One message in a chat of the phone. */
export interface ChatEntry {
  readonly wamid: string
  readonly customerKey: string
  readonly by: ChatMessage['by']
  readonly atMs: number
  body: MessageBody
  quoteWamid: string | null
  customerReaction: string | null
  businessReaction: string | null
  edited: boolean
  deleted: boolean
  ticks: ChatMessage['ticks']
  /** Of a message that asks for a payment: how the latest attempt stands; `null`: none was made. */
  payment: { readonly state: PaymentOutcome; readonly transactionId: string; readonly beganAtMs: number } | null
}
/** Meta's message type and body, e.g. `{type: 'text', text: {body}}`. */
export type MessageBody = Readonly<Record<string, unknown>> & { readonly type: string }

/** One customer on one number. */
export interface Chat {
  readonly customerKey: string
  /** Oldest first. */
  readonly entries: ChatEntry[]
  unread: number
  /** The customer service window is open until this instant (unix ms); 0 = never opened. */
  windowUntilMs: number
  /** Free entry point: the customer came by an ad at this instant (unix ms); 0 = did not. */
  referredAtMs: number
  freeEntryUntilMs: number
  /** Counts only on a number with a second partner. */
  owner: ThreadOwner
}

export function newEntry(
  base: Pick<ChatEntry, 'wamid' | 'customerKey' | 'by' | 'atMs' | 'body'> & Partial<ChatEntry>,
): ChatEntry {
  return {
    quoteWamid: null,
    customerReaction: null,
    businessReaction: null,
    edited: false,
    deleted: false,
    ticks: null,
    payment: null,
    ...base,
  }
}
