import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { Sql } from '../platform/db.ts'
import { canonicalJson, storableJson } from './canonical-json.ts'
import { foldPayments } from './fold-payment.ts'
import {
  type BilledOrder,
  holdOrders,
  type OrderKey,
  readOrders,
  writePayment,
  writePaymentStatuses,
} from './payment-store.ts'
import { viewMessages } from './read-store.ts'
import type { MessageRow } from './rows.ts'
import type { NumberFacts } from './sort-facts.ts'

/**
 * Keeps what Meta says of payments with the orders they are of, and shows it on the messages that asked for them; no delivery
 * state moves. Of an order that nobody here has billed it is kept all the same: a message that bills it later shows it. Gives
 * the events, as JSON. Comes after the batch's messages, so that each is told as it is in the end.
 */
export async function projectPayments(sql: Sql, workspaceId: string, parts: readonly NumberFacts[]): Promise<string[]> {
  const told = parts.flatMap(({ numberId, facts }) => facts.payments.map((payment) => ({ ...payment, numberId })))
  if (told.length === 0) return []
  const keys = distinctOrders(told)
  await holdOrders(sql, workspaceId, keys)
  await writePaymentStatuses(sql, workspaceId, told)
  const changed = (await readOrders(sql, workspaceId, keys)).flatMap(changedMessages)
  for (const { id, payment } of changed) {
    if (payment != null) await writePayment(sql, workspaceId, id, payment)
  }
  const views = await viewMessages(sql, workspaceId, changed)
  return views.map((message) =>
    storableJson({ type: 'message.changed', message, conversation: null } satisfies InboxEvent),
  )
}

/** Each order once, in one order whoever projects them: its messages are locked. */
function distinctOrders(told: readonly OrderKey[]): OrderKey[] {
  const byKey = new Map(told.map(({ numberId, reference }) => [`${numberId} ${reference}`, { numberId, reference }]))
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key)
}

/** Messages that show another payment than before. */
function changedMessages({ messages, told }: BilledOrder): MessageRow[] {
  const payment = foldPayments(told)
  return messages
    .filter((message) => canonicalJson(message.payment ?? null) !== canonicalJson(payment))
    .map((message) => ({ ...message, payment }))
}
