import type { BusinessNumber } from '../accounts/number.ts'
import type { World } from '../world.ts'
import type { ChatEntry } from './entry.ts'

/** Milliseconds after the send: when the customer's phone has it, and when the customer has read it. */
export interface TickTimes {
  readonly sentMs: number
  readonly deliveredMs: number
  readonly readMs: number
  readonly playedMs: number
}

/** How long things take with this customer, drawn from the message's id. */
export function tickTimes(world: World, wamid: string): TickTimes {
  const sentMs = world.chance.between(150, 600, 'sent', wamid)
  const deliveredMs = sentMs + world.chance.between(300, 2_500, 'delivered', wamid)
  const readMs = deliveredMs + world.chance.between(2_000, 45_000, 'read', wamid)
  return { sentMs, deliveredMs, readMs, playedMs: readMs + world.chance.between(2_000, 15_000, 'played', wamid) }
}

/** Messages from the app: the phone sees the ticks, no webhook tells them. */
export function tickPhoneMessage(world: World, number: BusinessNumber, entry: ChatEntry): void {
  const times = tickTimes(world, entry.wamid)
  const tick = (afterMs: number, ticks: 'delivered' | 'read'): void => {
    world.clock.at(entry.atMs + afterMs, () => {
      if (entry.deleted || entry.ticks === 'read') return
      entry.ticks = ticks
      world.chatChanged(number.id, entry.customerKey)
    })
  }
  tick(times.deliveredMs, 'delivered')
  tick(times.readMs, 'read')
}
