import { valueHead } from '../accounts/identity.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import { contactState } from '../accounts/people.ts'
import { tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'

/** Contacts in one webhook. */
const CONTACTS_MAX = 500
/** Milliseconds between the request and the first webhook. */
const DELAY_MS = 600

/** The whole address book, as the answer to the sync call. */
export function syncContacts(world: World, number: BusinessNumber): void {
  world.clock.at(world.clock.nowMs() + DELAY_MS, () => {
    const saved = [...number.customers.values()].filter((customer) => customer.addressBookName !== null)
    const atMs = number.onboarding.atMs ?? world.clock.nowMs()
    for (let from = 0; from < saved.length; from += CONTACTS_MAX) {
      const state_sync = saved.slice(from, from + CONTACTS_MAX).map((customer) => contactState(customer, atMs))
      tellNumber(world, number, 'smb_app_state_sync', { ...valueHead(number), state_sync })
    }
    world.counters.add('contacts_synced', saved.length)
  })
}
