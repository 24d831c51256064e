import { fromFields, toFields } from '../accounts/identity.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import { isMedia } from '../chat/bodies-on-the-wire.ts'
import type { ChatEntry } from '../chat/entry.ts'
import { stamp } from '../webhook/tell.ts'
import type { World } from '../world.ts'

type Status = 'DELIVERED' | 'ERROR' | 'PENDING' | 'PLAYED' | 'READ' | 'SENT'

/**
 * A message of a thread as `history` carries it (upper-case status, media without their body), and the reactions to it
 * as messages of their own. Meta does not document reactions in the history; receivers must bear both.
 */
export function historyMessages(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  entry: ChatEntry,
): Record<string, unknown>[] {
  const fromCustomer = fromFields(customer)
  const fromBusiness = { from: number.business.phone, ...toFields(customer) }
  const people = entry.by === 'customer' ? fromCustomer : fromBusiness
  const quote = entry.quoteWamid === null ? {} : { context: { id: entry.quoteWamid } }
  const content = isMedia(entry.body) ? { type: 'media_placeholder' } : entry.body
  const message = {
    ...quote,
    ...people,
    id: entry.wamid,
    timestamp: deviceStamp(world, entry.atMs),
    ...content,
    history_context: { status: statusOf(world, entry) },
  }
  if (!entry.customerReaction && !entry.businessReaction) return [message]
  return [
    message,
    ...(entry.customerReaction ? [reaction(world, entry, fromCustomer, 'c', entry.customerReaction)] : []),
    ...(entry.businessReaction ? [reaction(world, entry, fromBusiness, 'b', entry.businessReaction)] : []),
  ]
}

/** The history is stamped by the phone's own clock, live webhooks by Meta's. */
export function deviceStamp(world: World, atMs: number): string {
  return stamp(atMs + world.settings.faults.deviceClockAheadMs)
}

/** Milliseconds after a message at which the reaction to it is stamped: the phone does not keep the real instant. */
const REACTION_MS = 30_000

/** Its id is made from the target's: asking again gives the same one. */
function reaction(
  world: World,
  entry: ChatEntry,
  people: Record<string, unknown>,
  side: string,
  emoji: string,
): Record<string, unknown> {
  const id = `wamid.${Buffer.from(`${entry.wamid.slice(6)}${side}`)
    .toString('base64')
    .slice(-64)}`
  const body = { type: 'reaction', reaction: { message_id: entry.wamid, emoji } }
  return {
    ...people,
    id,
    timestamp: deviceStamp(world, entry.atMs + REACTION_MS),
    ...body,
    history_context: { status: 'READ' },
  }
}

/** How far a message of the past came: most were read; voice notes were played. */
function statusOf(world: World, entry: ChatEntry): Status {
  const draw = world.chance.ratio('past', entry.wamid)
  if (entry.by === 'customer') return draw < 0.97 ? 'READ' : 'DELIVERED'
  if (draw < 0.002) return 'ERROR'
  if (draw < 0.004) return 'PENDING'
  if (draw < 0.015) return 'SENT'
  if (draw < 0.07) return 'DELIVERED'
  return entry.body.type === 'audio' ? 'PLAYED' : 'READ'
}
