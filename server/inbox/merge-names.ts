import { type Dated, laterOf } from '../contacts/persons.ts'
import type { ContactRow } from './rows.ts'

/** What a contact is called, as a merge writes it down. */
export type ContactNames = Pick<
  ContactRow,
  'username' | 'usernameAtMs' | 'addressBookName' | 'addressBookAtMs' | 'profileName' | 'profileAtMs' | 'agentName'
>

export function namesOf(contact: ContactNames): ContactNames {
  const { username, usernameAtMs, addressBookName, addressBookAtMs, profileName, profileAtMs, agentName } = contact
  return { username, usernameAtMs, addressBookName, addressBookAtMs, profileName, profileAtMs, agentName }
}

/** The names of two contacts as those of one: of each kind the latest; the agents' name of the one that stays first. */
export function mergedNames(kept: ContactNames, gone: ContactNames): ContactNames {
  const username = laterOf(dated(kept.username, kept.usernameAtMs), dated(gone.username, gone.usernameAtMs))
  const book = laterOf(
    dated(kept.addressBookName, kept.addressBookAtMs),
    dated(gone.addressBookName, gone.addressBookAtMs),
  )
  const profile = laterOf(dated(kept.profileName, kept.profileAtMs), dated(gone.profileName, gone.profileAtMs))
  return {
    username: username?.value ?? null,
    usernameAtMs: username?.atMs ?? null,
    addressBookName: book?.value ?? null,
    addressBookAtMs: book?.atMs ?? null,
    profileName: profile?.value ?? null,
    profileAtMs: profile?.atMs ?? null,
    agentName: kept.agentName ?? gone.agentName,
  }
}

/**
 * The names of the contact that stayed, when the merge is undone: what it had from the other goes back to what it was
 * before, what was learned since stays.
 */
export function namesWithout(now: ContactNames, before: ContactNames, gone: ContactNames): ContactNames {
  const merged = mergedNames(before, gone)
  const back = (name: DatedName, at: DatedAt) => {
    const isGiven = now[name] === merged[name] && now[at] === merged[at]
    return isGiven ? { [name]: before[name], [at]: before[at] } : { [name]: now[name], [at]: now[at] }
  }
  return {
    ...namesOf(now),
    ...back('username', 'usernameAtMs'),
    ...back('addressBookName', 'addressBookAtMs'),
    ...back('profileName', 'profileAtMs'),
    agentName: now.agentName === merged.agentName ? before.agentName : now.agentName,
  }
}

type DatedName = 'username' | 'addressBookName' | 'profileName'
type DatedAt = `${'username' | 'addressBook' | 'profile'}AtMs`

function dated(value: string | null, atMs: number | null): Dated | null {
  return atMs === null ? null : { value, atMs }
}

/**
 * How far a member has read in each of two threads that were one: takes what was read of the whole, how much each holds
 * now, and what had been read of the second before. Nothing that was read becomes unread where that can be told.
 */
export function splitRead(
  read: number,
  counts: { readonly kept: number; readonly restored: number },
  restoredBefore: number,
): { readonly kept: number; readonly restored: number } {
  const all = Math.min(read, counts.kept + counts.restored)
  const restored = Math.min(counts.restored, Math.max(Math.min(restoredBefore, all), all - counts.kept))
  return { kept: all - restored, restored }
}
