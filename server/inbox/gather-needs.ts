import type { IdentityKey } from '../contacts/identity-keys.ts'
import { identityKeys } from '../contacts/identity-keys.ts'
import type { Person } from '../contacts/persons.ts'
import { gatherPersons } from './decide-contacts.ts'
import type { NumberFacts, SortedFacts } from './sort-facts.ts'

/** Something to be looked up on one number, by an identity, a wamid or an id. */
export interface Need {
  readonly numberId: string
  readonly key: string
}

/** What must be read before a batch can be decided; every list is sorted, so that locks are taken in one order. */
export interface Needs {
  readonly numberIds: readonly string[]
  /** People, each with the numbers on which their conversation is wanted; by identity. */
  readonly identities: readonly Need[]
  /** Messages that come, and messages that facts speak of. */
  readonly wamids: readonly Need[]
  /** Messages that may be new here, and so may find facts waiting for them. */
  readonly waiting: readonly Need[]
  /** Messages of ours by our id, as statuses give it back. */
  readonly ownIds: readonly Need[]
  readonly quoted: readonly Need[]
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Takes the parts of a batch in the order of their numbers. */
export function gatherNeeds(parts: readonly NumberFacts[]): Needs {
  const needs = parts.map(({ numberId, facts }) => ({ numberId, ...needsOf(facts) }))
  const listed = (pick: (need: (typeof needs)[number]) => ReadonlySet<string>): Need[] =>
    needs.flatMap((need) => [...pick(need)].sort().map((key) => ({ numberId: need.numberId, key })))
  shareIdentities(parts, new Map(needs.map(({ numberId, identities }) => [numberId, identities])))
  return {
    numberIds: parts.map(({ numberId }) => numberId),
    identities: listed(({ identities }) => identities).sort(byKey),
    wamids: listed(({ wamids }) => wamids),
    waiting: listed(({ waiting }) => waiting),
    ownIds: listed(({ ownIds }) => ownIds),
    quoted: listed(({ quoted }) => quoted),
  }
}

function needsOf(facts: SortedFacts) {
  const identities = new Set<IdentityKey>()
  const wamids = new Set<string>()
  const waiting = new Set<string>()
  const ownIds = new Set<string>()
  const quoted = new Set<string>()
  const addAll = (keys: readonly IdentityKey[]) => {
    for (const key of keys) identities.add(key)
  }
  for (const message of facts.messages) {
    addAll(identityKeys(message.customer))
    wamids.add(message.wamid)
    waiting.add(message.wamid)
    if (message.context?.wamid != null) quoted.add(message.context.wamid)
  }
  for (const act of facts.acts) {
    addAll(identityKeys(act.customer))
    wamids.add(act.targetWamid)
  }
  for (const status of facts.statuses) {
    if (status.customer !== null) addAll(identityKeys(status.customer))
    wamids.add(status.wamid)
    if (status.callbackData === null || !UUID.test(status.callbackData)) continue
    ownIds.add(status.callbackData)
    waiting.add(status.wamid)
  }
  for (const { event } of facts.contacts) addAll(identityKeys(event.customer))
  for (const move of facts.moves) addAll([...identityKeys(move.before), ...identityKeys(move.after)])
  return { identities, wamids, waiting, ownIds, quoted }
}

/**
 * A person of whom several numbers hear is looked up on each of them by all identities that any of them names: what one
 * number ties together decides whose conversation it is on the others.
 */
function shareIdentities(parts: readonly NumberFacts[], identities: ReadonlyMap<string, Set<IdentityKey>>): void {
  if (!isAnyShared(identities)) return
  const persons = gatherPersons(parts, new Map())
  const heardOn = new Map<Person, Set<string>>()
  for (const [numberId, keys] of identities) {
    for (const key of keys) {
      const person = persons.of(key)
      if (person === undefined) continue
      const numberIds = heardOn.get(person)
      if (numberIds === undefined) heardOn.set(person, new Set([numberId]))
      else numberIds.add(numberId)
    }
  }
  for (const [person, numberIds] of heardOn) {
    for (const numberId of numberIds) for (const key of person.keys) identities.get(numberId)?.add(key)
  }
}

function isAnyShared(identities: ReadonlyMap<string, ReadonlySet<IdentityKey>>): boolean {
  if (identities.size < 2) return false
  const seen = new Set<IdentityKey>()
  for (const keys of identities.values()) {
    for (const key of keys) {
      if (seen.has(key)) return true
      seen.add(key)
    }
  }
  return false
}

function byKey(a: Need, b: Need): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.numberId < b.numberId ? -1 : 1
}
