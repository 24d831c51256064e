import type { ContactId, ConversationId, MemberId, NumberId, UnixMs } from './ids.ts'
import type { Author, DeliveryState } from './message.ts'
import type { MessageType } from './message-content.ts'
import type { ThreadOwner } from './thread-owner.ts'

/** A customer, by everything we know to call them. Any of the identifiers may be absent. */
export interface Contact {
  readonly id: ContactId
  /** Digits with country code, no plus: WhatsApp's `wa_id`. Absent when the customer shows only a username. */
  readonly phone: string | null
  /** Meta's business-scoped user id, e.g. `US.13491208655302741918`. */
  readonly userId: string | null
  readonly username: string | null
  /** The name in the phone's address book, the name the customer chose, the name agents gave. */
  readonly addressBookName: string | null
  readonly profileName: string | null
  readonly agentName: string | null
}

/** The last line of a conversation, as the list shows it. */
export interface LastMessage {
  readonly author: Author
  readonly memberId: MemberId | null
  readonly type: MessageType
  /** Plain text for the row, at most 160 characters; empty when the type says it all (image, voice …). */
  readonly text: string
  readonly voice: boolean
  readonly sentAtMs: UnixMs
  readonly delivery: DeliveryState | null
  readonly deleted: boolean
}

/** One customer on one number, for ever: a row of the list. */
export interface Conversation {
  readonly id: ConversationId
  readonly numberId: NumberId
  readonly contact: Contact
  readonly last: LastMessage | null
  /** Sort key of the list: WhatsApp's time of the last message. */
  readonly lastAtMs: UnixMs
  /** How many live messages the customer has written; unread = this less what the member has read. */
  readonly inboundCount: number
  /** When the customer last wrote live what opens the reply window; `null` when never. */
  readonly lastInboundAtMs: UnixMs | null
  /** When WhatsApp last said that the window is closed: see `reply-window.ts`. */
  readonly windowRefusedAtMs?: UnixMs
  /** Who may write in it, when several partners share the number: `threadOwnerNow` says what holds now. */
  readonly owner: ThreadOwner | null
}

/** The name to show, in a fixed order: agents', address book's, the customer's own, username, phone, user id. */
export function contactName(contact: Contact): string {
  return (
    contact.agentName ??
    contact.addressBookName ??
    contact.profileName ??
    (contact.username !== null ? `@${contact.username}` : null) ??
    (contact.phone !== null ? `+${contact.phone}` : null) ??
    contact.userId ??
    ''
  )
}
