import type { Customer } from '../whatsapp/channel-event.ts'
import { type IdentityKey, identityKeys } from './identity-keys.ts'

/** A value with the time of the fact that carried it; the latest wins, and among equals the greater text. */
export interface Dated {
  readonly value: string | null
  readonly atMs: number
  /** The number that it was learned by. */
  readonly numberId?: string
}

/** One person as a batch shows them: identities that facts tie together, and the contacts that have one of these. */
export interface Person {
  readonly keys: IdentityKey[]
  readonly contactIds: string[]
  profileName: Dated | null
  username: Dated | null
  addressBookName: Dated | null
  /** When an identity was taken up or given up, for customers who changed number or user id. */
  readonly activatedAtMs: Map<IdentityKey, number>
  readonly retiredAtMs: Map<IdentityKey, number>
  /** When a live message came from an identity; the latest. */
  readonly heardAtMs: Map<IdentityKey, number>
  /** The number whose facts named an identity; the first of the batch. */
  readonly namedBy: Map<IdentityKey, string>
}

/** The people of a batch, by identity. `contactOf` is what the database knows. */
export class Persons {
  readonly #byKey = new Map<IdentityKey, Person>()
  /** Two identities that the batch does not tie together may be known as one contact's already. */
  readonly #byContact = new Map<string, Person>()
  readonly #contactOf: ReadonlyMap<IdentityKey, string>

  constructor(contactOf: ReadonlyMap<IdentityKey, string>) {
    this.#contactOf = contactOf
  }

  /** The person a fact speaks of; every identity in it belongs to one person from now on. */
  take(customer: Customer, atMs: number, numberId: string): Person {
    const person = this.tie(identityKeys(customer), numberId)
    const { profileName, username } = customer
    if (profileName !== null) person.profileName = laterOf(person.profileName, { value: profileName, atMs, numberId })
    if (username !== null) person.username = laterOf(person.username, { value: username, atMs, numberId })
    return person
  }

  /** Ties identities together; two people who turn out to be one become one. */
  tie(keys: readonly IdentityKey[], numberId: string): Person {
    let person: Person | undefined
    for (const key of keys) {
      const known = this.#byKey.get(key) ?? this.#byContact.get(this.#contactOf.get(key) ?? '')
      if (known === undefined || known === person) continue
      person = person === undefined ? known : this.#join(person, known)
    }
    person ??= newPerson()
    for (const key of keys) {
      if (this.#byKey.has(key)) continue
      this.#add(person, key)
      person.namedBy.set(key, numberId)
    }
    return person
  }

  /** The person with this identity, which some fact of the batch has named. */
  of(key: IdentityKey): Person | undefined {
    return this.#byKey.get(key)
  }

  all(): Set<Person> {
    return new Set(this.#byKey.values())
  }

  #add(person: Person, key: IdentityKey): void {
    this.#byKey.set(key, person)
    person.keys.push(key)
    const contactId = this.#contactOf.get(key)
    if (contactId === undefined) return
    this.#byContact.set(contactId, person)
    if (!person.contactIds.includes(contactId)) person.contactIds.push(contactId)
  }

  #join(into: Person, gone: Person): Person {
    for (const key of gone.keys) this.#add(into, key)
    into.profileName = laterOf(into.profileName, gone.profileName)
    into.username = laterOf(into.username, gone.username)
    into.addressBookName = laterOf(into.addressBookName, gone.addressBookName)
    for (const [key, atMs] of gone.activatedAtMs) markLatest(into.activatedAtMs, key, atMs)
    for (const [key, atMs] of gone.retiredAtMs) markLatest(into.retiredAtMs, key, atMs)
    for (const [key, atMs] of gone.heardAtMs) markLatest(into.heardAtMs, key, atMs)
    for (const [key, numberId] of gone.namedBy) into.namedBy.set(key, numberId)
    return into
  }
}

function newPerson(): Person {
  return {
    keys: [],
    contactIds: [],
    profileName: null,
    username: null,
    addressBookName: null,
    activatedAtMs: new Map(),
    retiredAtMs: new Map(),
    heardAtMs: new Map(),
    namedBy: new Map(),
  }
}

/** Last writer wins: by time, then by value, so that the order of arrival does not matter. */
export function laterOf(a: Dated | null, b: Dated | null): Dated | null {
  if (a === null) return b
  if (b === null) return a
  if (a.atMs !== b.atMs) return a.atMs > b.atMs ? a : b
  return (a.value ?? '') >= (b.value ?? '') ? a : b
}

export function markLatest(marks: Map<IdentityKey, number>, key: IdentityKey, atMs: number): void {
  marks.set(key, Math.max(marks.get(key) ?? atMs, atMs))
}
