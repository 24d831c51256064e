import type { NewIdentity } from '../control-api.ts'
import { stamp, tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { valueHead, wamidSubject } from './identity.ts'
import { graphId, wamid } from './ids.ts'
import type { BusinessNumber, Customer } from './number.ts'

/** The phone's address book changes: `null` removes the contact. Told live once the number is connected. */
export function changeAddressBook(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  name: string | null,
): Customer | { error: string } {
  if (name === null && customer.addressBookName === null) return { error: 'The contact is not in the address book.' }
  customer.addressBookName = name
  world.chatChanged(number.id, customer.key)
  if (number.connection === 'connected') {
    tellNumber(world, number, 'smb_app_state_sync', {
      ...valueHead(number),
      state_sync: [contactState(customer, world.clock.nowMs())],
    })
  }
  return customer
}

/** One element of `state_sync[]`: `add` also for edits, `remove` without names. */
export function contactState(customer: Customer, atMs: number): Record<string, unknown> {
  const { addressBookName: name, phone, userId, username } = customer
  const identity = {
    ...(phone ? { phone_number: phone } : {}),
    ...(userId ? { user_id: userId } : {}),
    ...(username ? { username } : {}),
  }
  const names = name === null ? {} : { full_name: name, first_name: name.split(' ')[0] }
  return {
    type: 'contact',
    contact: { ...names, ...identity },
    action: name === null ? 'remove' : 'add',
    metadata: { timestamp: stamp(atMs) },
  }
}

/**
 * The customer changes number, user id or username; the first two are told by a `system` message. Hiding one's number, or
 * showing it again, is no change of it. A user id goes with the number: a new number has a new one
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids).
 */
export function changeIdentity(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  wish: NewIdentity,
): Customer | { error: string } {
  const before = { phone: customer.phone, userId: customer.userId }
  const holder = number.customerByPhone.get(wish.phone ?? '')
  if (holder !== undefined && holder !== customer.key)
    return { error: `Somebody has the number ${wish.phone} already.` }
  if (wish.username !== undefined) customer.username = wish.username
  if (wish.phone !== undefined) customer.phone = wish.phone
  const changedNumber = before.phone !== null && customer.phone !== null && customer.phone !== before.phone
  if (wish.userId !== undefined) customer.userId = wish.userId
  else if (changedNumber && before.userId !== null)
    customer.userId = `${before.userId.split('.')[0]}.${graphId(world.chance)}`
  if (customer.phone !== null) forgetNumbers(number, customer)
  if (before.userId) number.customerByUserId.delete(before.userId)
  if (customer.phone) number.customerByPhone.set(customer.phone, customer.key)
  if (customer.userId) number.customerByUserId.set(customer.userId, customer.key)
  world.chatChanged(number.id, customer.key)
  const changed = changedNumber || (before.userId !== null && customer.userId !== before.userId)
  if (changed && number.connection === 'connected') tellSystem(world, number, customer, before, changedNumber)
  return customer
}

/** A number that is only hidden stays the customer's: whoever knows it may write to it. */
function forgetNumbers(number: BusinessNumber, customer: Customer): void {
  for (const [phone, key] of number.customerByPhone) if (key === customer.key) number.customerByPhone.delete(phone)
}

function tellSystem(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  before: Pick<Customer, 'phone' | 'userId'>,
  changedNumber: boolean,
): void {
  const from =
    before.userId && customer.userId !== before.userId
      ? [before.userId, customer.userId]
      : [before.phone, customer.phone]
  const ids =
    customer.userId && customer.userId !== before.userId
      ? { user_id: customer.userId, ...(before.userId ? { previous_user_id: before.userId } : {}) }
      : {}
  const system = {
    body: `User ${customer.profileName} changed from ${from[0]} to ${from[1]}`,
    ...(changedNumber && customer.phone ? { wa_id: customer.phone } : {}),
    ...ids,
    type: changedNumber ? 'user_changed_number' : 'user_changed_user_id',
  }
  const id = wamid(world.chance, wamidSubject(customer), false)
  const message = {
    ...(before.phone ? { from: before.phone } : {}),
    id,
    timestamp: stamp(world.clock.nowMs()),
    type: 'system',
    system,
  }
  tellNumber(world, number, 'messages', { ...valueHead(number), messages: [message] })
}
