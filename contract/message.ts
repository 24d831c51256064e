import type { ConversationId, MemberId, MessageId, NumberId, UnixMs, Wamid } from './ids.ts'
import type { MessageContent, MessageType, Referral } from './message-content.ts'
import type { MessageFile } from './message-file.ts'
import type { Payment } from './payment.ts'

/** Who wrote it. `api`: sent through the Cloud API by another program; `unknown`: ours by direction, author not told. */
export type Author = 'customer' | 'agent' | 'phone' | 'bot' | 'campaign' | 'api' | 'unknown'

/**
 * Only `live` messages are work. `history` was imported; `standby` was said while another partner owned the thread: both
 * notify nobody, count as nothing and open no reply window.
 */
export type Source = 'live' | 'history' | 'standby'

/**
 * How far a message of ours has come. The first four are our own knowledge, the rest Meta's evidence.
 * `unconfirmed`: the call's outcome is not known; it is never sent again blindly.
 */
export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'unconfirmed'
  | 'cancelled'
  | 'expired'
  | 'accepted'
  | 'failed'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'played'

export interface DeliveryError {
  /** Meta's error code, or `null` for a failure of our own. */
  readonly code: number | null
  readonly title: string
  readonly details: string | null
  /** Meta's name for the call that it refused; only calls have one, not what fails afterwards. */
  readonly traceId?: string
  /** From when the same may be sent again, where that is known. */
  readonly fromMs?: UnixMs
}

export interface Reaction {
  readonly by: 'customer' | 'business'
  readonly emoji: string
  readonly atMs: UnixMs
}

/** An earlier wording, oldest first. Edits append, nothing is overwritten. */
export interface MessageVersion {
  readonly content: MessageContent
  /** When this wording was replaced. */
  readonly replacedAtMs: UnixMs
}

/** What a message answers. `preview` is filled when the quoted message is known. */
export interface Quote {
  readonly wamid: Wamid
  readonly productId?: string
  /** `text` is empty when the type says it all, and for a deleted message. */
  readonly preview?: {
    readonly author: Author
    readonly type: MessageType
    readonly voice: boolean
    readonly deleted: boolean
    readonly text: string
  }
}

/** `again`: somebody has written it once more; `leave`: nobody will. */
export type DoubtAnswer = 'again' | 'leave'

/** When a message of ours may go out, as a member said; `null`: at once, however late. */
export interface SendPlan {
  readonly sendAtMs: UnixMs | null
  /** Not after this instant: it expires instead. */
  readonly expiresAtMs: UnixMs | null
}

/** One message as every reader sees it: browser, API, tests. */
export interface Message {
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly numberId: NumberId
  /** `null` until Meta has accepted a message of ours. */
  readonly wamid: Wamid | null
  /** The browser's own id of a message it sent: idempotency key, unique column, React key. */
  readonly clientId: string | null
  readonly author: Author
  /** The person, when `author` is `agent`. */
  readonly memberId: MemberId | null
  readonly source: Source
  readonly content: MessageContent
  readonly file: MessageFile | null
  /** WhatsApp's time of the message, never the time we processed it. */
  readonly sentAtMs: UnixMs
  readonly delivery: DeliveryState | null
  readonly deliveryAtMs: UnixMs | null
  readonly error: DeliveryError | null
  readonly quote: Quote | null
  readonly referral: Referral | null
  readonly forwarded: 'no' | 'once' | 'often'
  readonly reactions: readonly Reaction[]
  readonly versions: readonly MessageVersion[]
  readonly deletedAtMs: UnixMs | null
  /** What became of the payment that it asks for. */
  readonly payment?: Payment
  readonly plan?: SendPlan
  /** What a person decided about an unconfirmed one. */
  readonly doubt?: DoubtAnswer
  /** The one that failed and was sent again with this. */
  readonly againOf?: MessageId
}

/**
 * The order of a thread: WhatsApp's time, then wamid, then our id for what has no wamid yet.
 * Takes two messages, gives a negative number when `a` stands above `b`.
 */
export function compareMessages(
  a: Pick<Message, 'sentAtMs' | 'wamid' | 'id'>,
  b: Pick<Message, 'sentAtMs' | 'wamid' | 'id'>,
): number {
  if (a.sentAtMs !== b.sentAtMs) return a.sentAtMs - b.sentAtMs
  if (a.wamid !== b.wamid) {
    if (a.wamid === null) return 1
    if (b.wamid === null) return -1
    return a.wamid < b.wamid ? -1 : 1
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

export function isFromCustomer(message: Pick<Message, 'author'>): boolean {
  return message.author === 'customer'
}
