import {
  type IdentityKey,
  identityKeys,
  identityKind,
  identityValue,
  PARENT_USER_ID,
  PHONE,
  USER_ID,
} from '../contacts/identity-keys.ts'
import { type Dated, laterOf, markLatest, type Person, Persons } from '../contacts/persons.ts'
import type { Ids } from '../platform/ids.ts'
import type { ContactDraft, LoadedPeople } from './draft.ts'
import type { ContactRow } from './rows.ts'
import type { NumberFacts } from './sort-facts.ts'

/** The people a batch speaks of, on whichever number, each with all identities that its facts tie together. */
export function gatherPersons(parts: readonly NumberFacts[], contactOf: ReadonlyMap<IdentityKey, string>): Persons {
  const persons = new Persons(contactOf)
  for (const part of parts) takePersons(persons, part)
  return persons
}

function takePersons(persons: Persons, { numberId, facts }: NumberFacts): void {
  for (const message of facts.messages) {
    const person = persons.take(message.customer, message.sentAtMs, numberId)
    if (message.via !== 'live' || message.direction !== 'in') continue
    for (const key of identityKeys(message.customer)) markLatest(person.heardAtMs, key, message.sentAtMs)
  }
  for (const act of facts.acts) persons.take(act.customer, act.sentAtMs, numberId)
  for (const status of facts.statuses) {
    if (status.customer === null || identityKeys(status.customer).length === 0) continue
    persons.take(status.customer, status.atMs, numberId)
  }
  for (const { event, atMs } of facts.contacts) {
    const person = persons.take(event.customer, atMs, numberId)
    // A removal deletes nothing here: it is marked in the book, and the name stays known.
    if (event.action === 'remove') continue
    const value = event.fullName ?? event.firstName
    person.addressBookName = laterOf(person.addressBookName, { value, atMs, numberId })
  }
  for (const move of facts.moves) {
    const [before, after] = [identityKeys(move.before), identityKeys(move.after)]
    const person = persons.tie([...before, ...after], numberId)
    for (const key of after) markLatest(person.activatedAtMs, key, move.atMs)
    for (const key of before) if (!after.includes(key)) markLatest(person.retiredAtMs, key, move.atMs)
  }
}

/** People who are two contacts or more until now: these have to be merged before anything else is decided. */
export function findMerges(persons: Persons): Person[] {
  return [...persons.all()].filter((person) => person.contactIds.length > 1)
}

/** Every person's contact, new or as the facts leave it. Takes people of whom none is two contacts. */
export function decideContacts(persons: Persons, loaded: LoadedPeople, ids: Ids): Map<Person, ContactDraft> {
  const drafts = new Map<Person, ContactDraft>()
  for (const person of persons.all()) {
    const contactId = person.contactIds[0]
    const before = contactId === undefined ? null : (loaded.contacts.get(contactId) ?? null)
    // Whoever was merged by hand is answered where they wrote last.
    if (before?.isMerged === true) {
      for (const [key, atMs] of person.heardAtMs) markLatest(person.activatedAtMs, key, atMs)
    }
    drafts.set(person, { before, person, row: withNames(before ?? newContact(person, ids), person) })
  }
  return drafts
}

function newContact(person: Person, ids: Ids): ContactRow {
  return {
    id: ids.next(),
    phone: firstOf(person, PHONE),
    userId: firstOf(person, USER_ID),
    parentUserId: firstOf(person, PARENT_USER_ID),
    username: null,
    usernameAtMs: null,
    addressBookName: null,
    addressBookAtMs: null,
    profileName: null,
    profileAtMs: null,
    agentName: null,
    isMerged: false,
  }
}

function firstOf(person: Person, kind: string): string | null {
  const key = person.keys.find((each) => identityKind(each) === kind)
  return key === undefined ? null : identityValue(key)
}

function withNames(row: ContactRow, person: Person): ContactRow {
  let next = row
  const profile = newer(person.profileName, row.profileName, row.profileAtMs)
  if (profile !== null) next = { ...next, profileName: profile.value, profileAtMs: profile.atMs }
  const username = newer(person.username, row.username, row.usernameAtMs)
  if (username !== null) next = { ...next, username: username.value, usernameAtMs: username.atMs }
  const book = newer(person.addressBookName, row.addressBookName, row.addressBookAtMs)
  if (book !== null) next = { ...next, addressBookName: book.value, addressBookAtMs: book.atMs }
  return next
}

/** The fact, when it beats what is known. A known name that is said again gets its later time: an older one may follow. */
function newer(fact: Dated | null, value: string | null, atMs: number | null): Dated | null {
  if (fact === null) return null
  if (atMs === null) return fact
  return laterOf({ value, atMs }, fact) === fact ? fact : null
}

/** Identities that are not in the database yet. */
export function newIdentities(draft: ContactDraft, loaded: LoadedPeople): IdentityKey[] {
  return draft.person.keys.filter((key) => !loaded.contactOf.has(key))
}

/** Whether phone or user ids of the contact must be folded from all its identities, because it has several of a kind. */
export function needsRefold(draft: ContactDraft, loaded: LoadedPeople): boolean {
  const { person, before } = draft
  if (person.activatedAtMs.size > 0 || person.retiredAtMs.size > 0) return true
  const added = newIdentities(draft, loaded)
  if (before !== null) return added.length > 0
  return new Set(added.map(identityKind)).size < added.length
}
