import type { Amount, PaymentState } from '../../contract/payment.ts'
import type { ChannelNotice, ChannelPayment } from './channel-event.ts'
import { record, timeMs, type WireRecord, whole, words } from './wire.ts'

const STATES: ReadonlyMap<unknown, PaymentState> = new Map<unknown, PaymentState>([
  ['pending', 'pending'],
  ['captured', 'paid'],
  ['failed', 'failed'],
])
/** Meta's references have 35 characters in India, 60 in Brazil; it is an index key. */
const REFERENCE_MAX = 200

/**
 * The payment that a status tells of, or `null` when it does not say of which order, how it stands, or when. Its `id` is that
 * of the telling, and no wamid. `notice` is what it is kept as beside.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/pg
 */
export function paymentOf(notice: ChannelNotice, wire: WireRecord): ChannelPayment | null {
  const { origin, field, customer, data } = notice
  const told = record(wire.payment)
  const reference = words(told?.reference_id)
  const state = STATES.get(wire.status)
  const transaction = record(told?.transaction)
  const atMs = timeMs(wire.timestamp) ?? timeMs(transaction?.updated_timestamp)
  if (told === null || reference === null || reference.length > REFERENCE_MAX) return null
  if (state === undefined || atMs === null) return null
  const amount = amountOf(told)
  const rest = {
    transactionId: words(transaction?.id),
    gatewayPaymentId: words(transaction?.pg_transaction_id),
    method: words(record(transaction?.method)?.type),
    failure: words(record(transaction?.error)?.reason),
  }
  const payment = { state, atMs, ...(amount !== null && { amount }), ...given(rest) }
  return {
    ...{ type: 'channel.payment', origin, field, reference, payment, data },
    ...(customer !== undefined && { customer }),
  }
}

function amountOf(told: WireRecord): Amount | null {
  const wire = record(told.amount)
  const value = whole(wire?.value)
  const offset = whole(wire?.offset)
  const currency = words(told.currency)
  if (value === null || offset === null || offset <= 0 || currency === null || !/^[A-Z]{3}$/.test(currency)) return null
  return { value, offset, currency }
}

/** Only what was told. */
function given<T extends Readonly<Record<string, string | null>>>(all: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as { [K in keyof T]?: string }
}
