import { contactBlock, valueHead } from '../accounts/identity.ts'
import { opaque } from '../accounts/ids.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import type { PaymentOutcome } from '../control-api.ts'
import { stamp, tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import type { ChatEntry } from './entry.ts'

type Part = Readonly<Record<string, unknown>>

/**
 * The customer pays what an order details message asks for, or tries to. Meta tells payments that go through a gateway it is
 * connected with; of payment links and UPI intents it tells nothing, the gateway does. Gives why it cannot be done, or `null`.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/pg
 */
export function pay(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  entry: ChatEntry,
  outcome: PaymentOutcome,
): string | null {
  const order = orderIn(entry)
  if (order === null) return 'There is nothing to pay in this message.'
  if (entry.payment?.state === 'captured') return 'It is paid already.'
  const nowMs = world.clock.nowMs()
  // An attempt that is under way goes on; one that failed is followed by another.
  const before = entry.payment?.state === 'pending' ? entry.payment : null
  const transactionId = before?.transactionId ?? `order_${opaque(world.chance, 'transaction', 14)}`
  entry.payment = { state: outcome, transactionId, beganAtMs: before?.beganAtMs ?? nowMs }
  world.chatChanged(number.id, customer.key)
  const gateway = gatewayOf(order)
  if (gateway === null || number.connection !== 'connected') return null
  world.counters.add(`payment_${outcome}`)
  const status = statusOf(world, order, entry.payment, gateway)
  tellNumber(world, number, 'messages', {
    ...valueHead(number),
    contacts: [contactBlock(number, customer)],
    statuses: [{ ...status, ...(customer.phone ? { recipient_id: customer.phone } : {}) }],
  })
  return null
}

function statusOf(world: World, order: Part, payment: NonNullable<ChatEntry['payment']>, gateway: string): Part {
  const nowMs = world.clock.nowMs()
  const amount = partOf(order.total_amount)
  const failed = payment.state === 'failed'
  const transaction = {
    id: payment.transactionId,
    ...(payment.state === 'captured' ? { pg_transaction_id: `pay_${opaque(world.chance, 'paid', 14)}` } : {}),
    type: gateway,
    status: payment.state === 'captured' ? 'success' : payment.state,
    created_timestamp: Math.floor(payment.beganAtMs / 1000),
    updated_timestamp: Math.floor(nowMs / 1000),
    ...(failed
      ? { error: { code: 'BAD_REQUEST_ERROR', reason: 'Payment was declined by the bank' } }
      : { method: { type: 'upi' } }),
  }
  return {
    id: opaque(world.chance, 'told', 24),
    type: 'payment',
    status: payment.state,
    payment: {
      reference_id: order.reference_id,
      amount: { value: amount.value, offset: amount.offset },
      currency: order.currency,
      transaction,
    },
    timestamp: stamp(nowMs),
  }
}

function orderIn({ body, by }: ChatEntry): Part | null {
  const interactive = partOf(body.interactive)
  if (by !== 'api' || interactive.type !== 'order_details') return null
  return partOf(partOf(interactive.action).parameters)
}

/** The gateway that an order is paid through. */
function gatewayOf(order: Part): string | null {
  const settings = Array.isArray(order.payment_settings) ? order.payment_settings.map(partOf) : []
  const setting = settings.find(({ type }) => type === 'payment_gateway')
  return setting === undefined ? null : String(partOf(setting.payment_gateway).type)
}

function partOf(value: unknown): Part {
  return typeof value === 'object' && value !== null ? (value as Part) : {}
}
