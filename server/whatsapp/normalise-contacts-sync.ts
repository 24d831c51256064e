import { type PieceReader, unrecognised } from './normalise-change.ts'
import { customerOf } from './normalise-customers.ts'
import { record, timeMs, words } from './wire.ts'

/**
 * Reads one of `value.state_sync`: a contact was added to the phone's address book, edited (also `add`) or removed.
 * A removed one has no names; one known by user id only has no number. The time may be missing.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/smb_app_state_sync
 */
export const readAddressBookEntry: PieceReader = (change, piece, emit) => {
  const wire = record(piece)
  const contact = record(wire?.contact)
  const action = wire?.action
  if (wire === null || contact === null || (wire.type !== undefined && wire.type !== 'contact')) {
    return emit(unrecognised(change.origin, change.field, 'malformed state_sync: not a contact', piece))
  }
  if (action !== 'add' && action !== 'remove') {
    return emit(unrecognised(change.origin, change.field, 'unknown action of a contact', piece))
  }
  const customer = customerOf(change.people, {
    address: contact.phone_number,
    userId: contact.user_id,
    parentUserId: contact.parent_user_id,
    username: contact.username,
  })
  if (customer === null) {
    return emit(unrecognised(change.origin, change.field, 'malformed contact: neither phone number nor user id', piece))
  }
  emit({
    type: 'channel.contact',
    origin: change.origin,
    action,
    customer,
    fullName: words(contact.full_name),
    firstName: words(contact.first_name),
    atMs: timeMs(record(wire.metadata)?.timestamp),
  })
}
