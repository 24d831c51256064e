import type { DeliveryError, DeliveryState } from '../../contract/message.ts'

/** How far a message has come, when, and what went wrong. `error` is set with `failed` only. */
export interface DeliveryFact {
  readonly state: DeliveryState
  readonly atMs: number
  readonly error: DeliveryError | null
}

/**
 * The merge of delivery states as one table: of two facts the one with the higher number stays. Because it is a plain
 * maximum, the order and the number of times they come make no difference.
 *
 * Our own guesses stand below everything Meta says. `failed` stands above `sent`, which only says that WhatsApp took
 * the message, and below `delivered`, `read` and `played`, which prove that it arrived.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
 */
export const DELIVERY_RANK: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  sending: 1,
  unconfirmed: 2,
  cancelled: 3,
  expired: 4,
  accepted: 5,
  sent: 6,
  failed: 7,
  delivered: 8,
  read: 9,
  played: 10,
}

/**
 * Takes two facts about one message in either order, gives the one that holds. Equal states: the earlier one, since a
 * repeated status must not move the time of the first.
 */
export function mergeDelivery(a: DeliveryFact | null, b: DeliveryFact | null): DeliveryFact | null {
  if (a === null) return b
  if (b === null) return a
  const byRank = DELIVERY_RANK[a.state] - DELIVERY_RANK[b.state]
  if (byRank !== 0) return byRank > 0 ? a : b
  if (a.atMs !== b.atMs) return a.atMs < b.atMs ? a : b
  return errorKey(a.error) <= errorKey(b.error) ? a : b
}

/** Two failures of the same second differ by their words only; any fixed choice will do. */
function errorKey(error: DeliveryError | null): string {
  return error === null ? '~' : `${error.code ?? ''} ${error.title} ${error.details ?? ''}`
}
