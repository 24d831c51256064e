import type { Quote } from '../../contract/message.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import { composeContent } from './compose-content.ts'

/** The customer as a send may name them: a phone number wins, a business-scoped user id serves when there is none. */
export interface Recipient {
  /** Digits with country code, no plus. */
  readonly phone: string | null
  readonly userId: string | null
}

export interface OutgoingMessage {
  readonly recipient: Recipient
  readonly content: MessageContent
  /** Its file at Meta, when it has one. */
  readonly mediaId: string | null
  readonly quote: Pick<Quote, 'wamid'> | null
  /** Comes back in every status of this message: our message's id. At most 512 characters. */
  readonly callbackData: string
}

export type Composed =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: 'no_recipient' | 'type_not_sendable' }

/**
 * Takes a message of ours, gives the body of `POST /<PHONE_ID>/messages`.
 * `to` carries a plus: without one Meta may prepend the business number's own country code.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function composeMessage(message: OutgoingMessage): Composed {
  const address = composeAddress(message.recipient)
  if (address === null) return { ok: false, reason: 'no_recipient' }
  const content = composeContent(message.content, message.mediaId)
  if (content === null) return { ok: false, reason: 'type_not_sendable' }
  return {
    ok: true,
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...address,
      ...(message.quote === null ? {} : { context: { message_id: message.quote.wamid } }),
      ...content,
      biz_opaque_callback_data: message.callbackData,
    },
  }
}

/** The body of a reaction to a message; no emoji takes it back. `null`: the customer has no address. */
export function composeReaction(
  recipient: Recipient,
  wamid: string,
  { emoji, callbackData }: { readonly emoji: string | null; readonly callbackData: string },
): Readonly<Record<string, unknown>> | null {
  const address = composeAddress(recipient)
  if (address === null) return null
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...address,
    type: 'reaction',
    reaction: { message_id: wamid, emoji: emoji ?? '' },
    biz_opaque_callback_data: callbackData,
  }
}

function composeAddress(recipient: Recipient): { to: string } | { recipient: string } | null {
  if (recipient.phone !== null) return { to: `+${recipient.phone}` }
  if (recipient.userId !== null) return { recipient: recipient.userId }
  return null
}
