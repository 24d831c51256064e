import type { Customer } from './channel-event.ts'
import { id, isUserId, list, phone, record, words } from './wire.ts'

/** The `contacts` of one value. A fact finds its own person in it by identifier, never by position. */
export interface People {
  find(ids: Identifiers): Customer | null
}

export interface Identifiers {
  readonly phone: string | null
  readonly userId: string | null
  readonly parentUserId: string | null
}

const NOBODY: People = { find: () => null }

/**
 * Takes a value's `contacts`, gives a directory of them.
 * Shape: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export function peopleOf(contacts: unknown): People {
  const entries = list(contacts)
  if (entries === null || entries.length === 0) return NOBODY
  const byPhone = new Map<string, Customer>()
  const byUserId = new Map<string, Customer>()
  const byParent = new Map<string, Customer>()
  for (const entry of entries) {
    const person = personOf(entry)
    if (person === null) continue
    if (person.phone !== null) byPhone.set(person.phone, person)
    if (person.userId !== null) byUserId.set(person.userId, person)
    if (person.parentUserId !== null) byParent.set(person.parentUserId, person)
  }
  return {
    find: (ids) =>
      (ids.userId !== null ? byUserId.get(ids.userId) : undefined) ??
      (ids.phone !== null ? byPhone.get(ids.phone) : undefined) ??
      (ids.parentUserId !== null ? byParent.get(ids.parentUserId) : undefined) ??
      null,
  }
}

/**
 * The customer a fact names. `address` is a `from`, `to` or `wa_id`: a phone number, though a user id standing there is
 * understood. The fact's own identifiers win, its contact fills the gaps. `null` when nobody can be named.
 */
export function customerOf(
  people: People,
  wire: { address: unknown; userId: unknown; parentUserId: unknown; username?: unknown; identityKeyHash?: unknown },
): Customer | null {
  const ids = {
    phone: phone(wire.address),
    userId: id(wire.userId) ?? (isUserId(wire.address) ? wire.address : null),
    parentUserId: id(wire.parentUserId),
  }
  const known = people.find(ids)
  const customer = {
    phone: ids.phone ?? known?.phone ?? null,
    userId: ids.userId ?? known?.userId ?? null,
    parentUserId: ids.parentUserId ?? known?.parentUserId ?? null,
    username: usernameOf(wire.username) ?? known?.username ?? null,
    profileName: known?.profileName ?? null,
    ...keyHash(words(wire.identityKeyHash) ?? known?.identityKeyHash),
  }
  return customer.phone === null && customer.userId === null ? null : customer
}

/** `first` as far as it knows, `second` in its gaps. */
export function mergeCustomers(first: Customer, second: Customer): Customer {
  return {
    phone: first.phone ?? second.phone,
    userId: first.userId ?? second.userId,
    parentUserId: first.parentUserId ?? second.parentUserId,
    username: first.username ?? second.username,
    profileName: first.profileName ?? second.profileName,
    ...keyHash(first.identityKeyHash ?? second.identityKeyHash),
  }
}

function keyHash(hash: string | null | undefined): { identityKeyHash?: string } {
  return hash === null || hash === undefined ? {} : { identityKeyHash: hash }
}

/** Meta writes usernames with and without `@`; we keep them without. */
export function usernameOf(value: unknown): string | null {
  const username = words(value)
  return username === null ? null : words(username.replace(/^@/, ''))
}

function personOf(entry: unknown): Customer | null {
  const contact = record(entry)
  if (contact === null) return null
  const profile = record(contact.profile)
  return {
    phone: phone(contact.wa_id),
    userId: id(contact.user_id),
    parentUserId: id(contact.parent_user_id),
    username: usernameOf(profile?.username) ?? usernameOf(contact.username),
    profileName: words(profile?.name),
    ...keyHash(words(contact.identity_key_hash)),
  }
}
