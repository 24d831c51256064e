import type { MessageContent, Referral } from '../../contract/message-content.ts'
import type { Payment } from '../../contract/payment.ts'

/**
 * What Meta said, one fact each, in our words. After `normalise` nobody knows "entry" or "changes".
 * Times are Unix milliseconds. `phoneNumberId` and `wabaId` are Meta's ids of our number and account.
 */
export type ChannelEvent =
  | ChannelMessage
  | ChannelEdit
  | ChannelDelete
  | ChannelReaction
  | ChannelStatus
  | ChannelPayment
  | ChannelHistoryChunk
  | ChannelHistoryDeclined
  | ChannelContact
  | ChannelCustomerChanged
  | ChannelNotice
  | ChannelError
  | ChannelUnrecognised

export type ChannelEventType = ChannelEvent['type']

/** Where a fact came from. `account` events name no number. */
export interface Origin {
  readonly wabaId: string | null
  readonly phoneNumberId: string | null
  readonly displayPhone: string | null
}

/** The customer, by every identifier Meta gave with this fact. At least one of phone and userId is set. */
export interface Customer {
  /** `wa_id`: digits only. */
  readonly phone: string | null
  readonly userId: string | null
  readonly parentUserId: string | null
  readonly username: string | null
  readonly profileName: string | null
  /** Changes when the customer's device does; sent only to who asked Meta for it. */
  readonly identityKeyHash?: string
}

/**
 * The road a message took. `live` and `out`: sent by another program through the API (field `message_echoes`);
 * `echo`: written on the phone or a linked device; `history`: imported;
 * `history_media`: the file of an imported placeholder, same wamid; `standby`: another partner owns the thread.
 */
export type Via = 'live' | 'echo' | 'history' | 'history_media' | 'standby'

export interface MessageContext {
  readonly wamid: string | null
  readonly productId: string | null
  /** The phone number of who wrote what is answered. */
  readonly from?: string
  /** The catalogue of the product. */
  readonly catalogId?: string
}

interface MessageFact {
  readonly origin: Origin
  readonly via: Via
  /** `in`: the customer wrote it; `out`: the business did. */
  readonly direction: 'in' | 'out'
  readonly customer: Customer
  readonly wamid: string
  readonly sentAtMs: number
  /** Group messages are recorded, and never enter a one-to-one thread. */
  readonly groupId: string | null
}

/** What a message holds, as it was first or as it was edited. */
interface Worded {
  readonly content: MessageContent
  /** Where Meta keeps the file for five minutes; read with our token alone, and so of no use later. */
  readonly mediaUrl?: string
}

export interface ChannelMessage extends MessageFact, Worded {
  readonly type: 'channel.message'
  readonly context: MessageContext | null
  readonly forwarded: 'no' | 'once' | 'often'
  readonly referral: Referral | null
  /** History only: how far the message had come, as the phone saw it; of a customer's, whether the phone had read it. */
  readonly historyStatus: 'failed' | 'queued' | 'sent' | 'delivered' | 'read' | 'played' | null
  /** History only: 0, 1 or 2. */
  readonly phase: number | null
}

export interface ChannelEdit extends MessageFact, Worded {
  readonly type: 'channel.edit'
  readonly targetWamid: string
  readonly context?: MessageContext
}

export interface ChannelDelete extends MessageFact {
  readonly type: 'channel.delete'
  readonly targetWamid: string
}

export interface ChannelReaction extends MessageFact {
  readonly type: 'channel.reaction'
  readonly targetWamid: string
  /** `null` takes the reaction back. */
  readonly emoji: string | null
}

export interface GraphErrorFact {
  readonly code: number
  readonly title: string
  /** Where Meta says more than the title. */
  readonly message?: string
  readonly details: string | null
  /** Meta's page about it. */
  readonly href?: string
}

export interface ChannelStatus {
  readonly type: 'channel.status'
  readonly origin: Origin
  readonly wamid: string
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed'
  readonly atMs: number
  readonly customer: Customer | null
  readonly groupId: string | null
  /** What we gave with the send (`biz_opaque_callback_data`): our message's id. */
  readonly callbackData: string | null
  readonly errors: readonly GraphErrorFact[]
  readonly pricing: {
    /** `PMP` per message, `CBP` per conversation (until June 2025). */
    readonly model: string | null
    readonly billable: boolean | null
    readonly type: string | null
    readonly category: string | null
    readonly subtype: string | null
  } | null
  readonly conversation: {
    readonly id: string | null
    readonly originType: string | null
    readonly expiresAtMs: number | null
  } | null
}

/** What Meta says of the payment of an order, by the reference that the business gave it. It is no status of a message. */
export interface ChannelPayment {
  readonly type: 'channel.payment'
  readonly origin: Origin
  readonly field: string
  readonly reference: string
  readonly payment: Payment
  /** Whom Meta names; the order says whom it was for. */
  readonly customer?: Customer
  /** All of it, in Meta's own names. */
  readonly data: Readonly<Record<string, unknown>>
}

/** One chunk of history was received; its messages are `channel.message` events of their own. */
export interface ChannelHistoryChunk {
  readonly type: 'channel.history_chunk'
  readonly origin: Origin
  readonly phase: number
  readonly chunkOrder: number
  /** Meta's figure for the whole of history, 0–100. */
  readonly progressPercent: number
  readonly threads: number
  readonly messages: number
}

export interface ChannelHistoryDeclined {
  readonly type: 'channel.history_declined'
  readonly origin: Origin
  readonly code: number
  readonly title: string
  readonly details?: string
}

/** The phone's address book: added or edited, or removed. */
export interface ChannelContact {
  readonly type: 'channel.contact'
  readonly origin: Origin
  readonly action: 'add' | 'remove'
  readonly customer: Customer
  readonly fullName: string | null
  readonly firstName: string | null
  readonly atMs: number | null
}

/** A customer's number or user id changed; both are the same person. */
export interface ChannelCustomerChanged {
  readonly type: 'channel.customer_changed'
  readonly origin: Origin
  readonly wamid: string
  readonly atMs: number
  readonly what: 'number' | 'user_id'
  readonly before: Customer
  readonly after: Customer
  readonly body: string
}

/**
 * What Meta tells about the account, its templates, quality, preferences, calls, groups and the like: a hint, kept and
 * shown; Graph is asked for the truth. `kind` names the webhook field, `event` Meta's word in it.
 */
export interface ChannelNotice {
  readonly type: 'channel.notice'
  readonly origin: Origin
  readonly kind:
    | 'account'
    | 'template'
    | 'quality'
    | 'preference'
    | 'handover'
    | 'standby'
    | 'call'
    | 'group'
    | 'security'
    | 'payment'
    | 'flow'
    | 'username'
    | 'conversion'
    | 'click'
    | 'partner'
  readonly field: string
  readonly event: string | null
  readonly atMs: number | null
  /** Whom it is about: calls and preferences name a customer. */
  readonly customer?: Customer
  /** The fields of the change worth keeping, in Meta's own names. */
  readonly data: Readonly<Record<string, unknown>>
}

/** Meta reports an error of its own, not tied to a message. */
export interface ChannelError extends GraphErrorFact {
  readonly type: 'channel.error'
  readonly origin: Origin
}

/** Something this version does not know: kept whole, counted, visible. */
export interface ChannelUnrecognised {
  readonly type: 'channel.unrecognised'
  readonly origin: Origin
  readonly field: string | null
  /** Why: unknown field, unknown message type, malformed … */
  readonly reason: string
  readonly wire: unknown
}
