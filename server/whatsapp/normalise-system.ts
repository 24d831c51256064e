import type { ChannelEvent, Customer } from './channel-event.ts'
import { type Change, unrecognised } from './normalise-change.ts'
import { customerOf } from './normalise-customers.ts'
import { id, phone, record, text, type WireRecord } from './wire.ts'

/** Meta's `system.type`; the third is the name before the Cloud API. */
const CHANGES: ReadonlyMap<unknown, 'number' | 'user_id'> = new Map<unknown, 'number' | 'user_id'>([
  ['user_changed_number', 'number'],
  ['user_changed_user_id', 'user_id'],
  ['customer_changed_number', 'number'],
])

/** Whether a message says that its customer goes by another number or user id from now on. */
export function isCustomerChange(message: WireRecord): boolean {
  return message.type === 'system' && CHANGES.has(record(message.system)?.type)
}

/**
 * Takes such a message, gives the same person before and after. Three shapes: until 2026 the old number stands in
 * `from` and the new one in `system.wa_id`; since 11 August 2026 user ids stand beside them; a change of the user id
 * alone may name no number at all.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system
 */
export function readCustomerChange(change: Change, message: WireRecord, wamid: string, sentAtMs: number): ChannelEvent {
  const system = record(message.system) ?? {}
  const what = CHANGES.get(system.type) ?? 'number'
  const after = customerOf(change.people, {
    address: what === 'number' ? (system.wa_id ?? system.new_wa_id) : (system.wa_id ?? message.from),
    userId: system.user_id,
    parentUserId: system.parent_user_id,
  })
  const before = beforeOf(message, system)
  if (before === null || after === null) {
    const missing = before === null ? 'who the customer was' : 'who the customer is now'
    return unrecognised(change.origin, change.field, `malformed system message: it does not say ${missing}`, message)
  }
  const body = text(system.body) ?? ''
  return { type: 'channel.customer_changed', origin: change.origin, wamid, atMs: sentAtMs, what, before, after, body }
}

function beforeOf(message: WireRecord, system: WireRecord): Customer | null {
  const newUserId = id(system.user_id)
  const from = id(message.from_user_id)
  const before = {
    phone: phone(message.from) ?? phone(system.customer),
    userId: id(system.previous_user_id) ?? (from === newUserId ? null : from),
    parentUserId: id(system.previous_parent_user_id),
    username: null,
    profileName: null,
  }
  return before.phone === null && before.userId === null ? null : before
}
