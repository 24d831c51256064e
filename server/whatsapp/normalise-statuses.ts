import type { ChannelStatus, Customer } from './channel-event.ts'
import { type Change, type PieceReader, unrecognised } from './normalise-change.ts'
import { customerOf } from './normalise-customers.ts'
import { readErrorList } from './normalise-errors.ts'
import { noticeOf } from './normalise-notice.ts'
import { paymentOf } from './normalise-payments.ts'
import { flag, id, record, text, timeMs, type WireRecord, words } from './wire.ts'

const STATUSES: ReadonlyMap<unknown, ChannelStatus['status']> = new Map<unknown, ChannelStatus['status']>([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
])

/**
 * Reads one of `value.statuses`. Those of a message are `channel.status`, those of a payment `channel.payment`; those of a
 * call, and of a payment that cannot be told, are notices.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
 */
export const readStatus: PieceReader = (change, piece, emit) => {
  const wire = record(piece)
  if (wire === null) return emit(unrecognised(change.origin, change.field, 'malformed status: not an object', piece))
  if (wire.type === 'payment' || record(wire.payment) !== null) {
    const notice = noticeOf(change, 'payment', noticeFacts(change, wire))
    return emit(paymentOf(notice, wire) ?? notice)
  }
  if (wire.type === 'call' || change.field === 'calls') return emit(noticeOf(change, 'call', noticeFacts(change, wire)))
  const wamid = id(wire.id)
  const atMs = timeMs(wire.timestamp)
  const status = STATUSES.get(wire.status)
  if (wamid === null || atMs === null || status === undefined) {
    return emit(unrecognised(change.origin, change.field, faultOf(wire, wamid), piece))
  }
  const { errors, unread } = readErrorList(wire.errors)
  const isGroup = wire.recipient_type === 'group'
  emit({
    type: 'channel.status',
    origin: change.origin,
    wamid,
    status,
    atMs,
    customer: recipientOf(change, wire, isGroup),
    groupId: isGroup ? id(wire.recipient_id) : null,
    callbackData: text(wire.biz_opaque_callback_data),
    errors,
    pricing: pricingOf(wire),
    conversation: conversationOf(wire),
  })
  for (const error of unread) emit(unrecognised(change.origin, change.field, 'malformed error of a status', error))
}

function noticeFacts(change: Change, wire: WireRecord) {
  const customer = recipientOf(change, wire, false)
  return { event: words(wire.status), atMs: timeMs(wire.timestamp), data: wire, ...(customer !== null && { customer }) }
}

function faultOf(wire: WireRecord, wamid: string | null): string {
  if (wamid === null) return 'malformed status: no id'
  const status = words(wire.status)
  if (status === null) return 'malformed status: it does not say which'
  return STATUSES.has(status) ? 'malformed status: no readable timestamp' : `unknown status "${status}"`
}

/** In a group the recipient is the group, and the person is named apart. `failed` often names nobody but the phone. */
function recipientOf(change: Change, wire: WireRecord, isGroup: boolean): Customer | null {
  const person = isGroup ? wire.recipient_participant_id : wire.recipient_id
  return customerOf(change.people, {
    address: person,
    userId: isGroup ? (wire.recipient_participant_user_id ?? wire.recipient_user_id) : wire.recipient_user_id,
    parentUserId: wire.parent_recipient_user_id,
    identityKeyHash: wire.recipient_identity_key_hash,
  })
}

/** `CBP` per conversation until June 2025; `PMP` per message since; its types and categories changed in October 2026. */
function pricingOf(status: WireRecord): ChannelStatus['pricing'] {
  const wire = record(status.pricing)
  if (wire === null) return null
  return {
    model: words(wire.pricing_model),
    billable: flag(wire.billable),
    type: words(wire.type),
    category: words(wire.category),
    subtype: words(wire.subtype),
  }
}

function conversationOf(status: WireRecord): ChannelStatus['conversation'] {
  const wire = record(status.conversation)
  if (wire === null) return null
  return {
    id: id(wire.id),
    originType: words(record(wire.origin)?.type),
    expiresAtMs: timeMs(wire.expiration_timestamp),
  }
}
