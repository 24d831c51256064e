import type { Customer } from '../whatsapp/channel-event.ts'
import { canonicalPhone } from './phone-variants.ts'

export const PHONE = '1'
export const USER_ID = '2'
export const PARENT_USER_ID = '3'

/** An identity of a person: its kind in the first character, its value after it, e.g. `1966551234567`. */
export type IdentityKey = string

/** Takes what Meta told about a customer, gives every identity in it that holds for ever. */
export function identityKeys(customer: Customer): IdentityKey[] {
  const keys: IdentityKey[] = []
  if (customer.phone !== null) keys.push(PHONE + canonicalPhone(customer.phone))
  if (customer.userId !== null) keys.push(USER_ID + customer.userId)
  if (customer.parentUserId !== null) keys.push(PARENT_USER_ID + customer.parentUserId)
  return keys
}

export function identityKind(key: IdentityKey): string {
  return key.slice(0, 1)
}

export function identityValue(key: IdentityKey): string {
  return key.slice(1)
}
