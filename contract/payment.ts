import type { UnixMs } from './ids.ts'
import type { MessageContent } from './message-content.ts'

/** How a payment stands; Meta says `pending`, `captured`, `failed`. */
export type PaymentState = 'pending' | 'paid' | 'failed'

/** An amount as Meta gives it: `value / offset` of the currency. */
export interface Amount {
  readonly value: number
  readonly offset: number
  /** ISO 4217. */
  readonly currency: string
}

/**
 * What Meta says of the payment that a message of ours asked for. What it does not say is left out.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/pg
 */
export interface Payment {
  readonly state: PaymentState
  /** When Meta said so; of a paid one, when it said so first. */
  readonly atMs: UnixMs
  readonly amount?: Amount
  /** The order at the payment gateway. */
  readonly transactionId?: string
  /** The payment at the payment gateway. */
  readonly gatewayPaymentId?: string
  /** Meta's word: `upi`, `card`, `wallet`, `netbanking`. */
  readonly method?: string
  /** Why it failed, in the gateway's words. */
  readonly failure?: string
}

/** The reference of the order that a message of ours asks to be paid; `null` when it asks for no payment. */
export function billedReference(content: MessageContent): string | null {
  if (content.type === 'interactive') return content.kind === 'order_details' ? referenceIn(content.sent) : null
  if (content.type !== 'template') return null
  for (const component of content.components ?? []) {
    const { sub_type: kind, parameters } = fields(component)
    if (String(kind).toLowerCase() !== 'order_details' || !Array.isArray(parameters)) continue
    const reference = fields(fields(fields(parameters[0]).action).order_details).reference_id
    if (typeof reference === 'string') return reference
  }
  return null
}

/** The reference of the order that a message of ours bills or tells about; `null` when it is about none. */
export function orderReference(content: MessageContent): string | null {
  if (content.type === 'interactive' && content.kind === 'order_status') return referenceIn(content.sent)
  return billedReference(content)
}

/** What a message of ours says became of an order, in Meta's word. */
export function orderStatus(content: MessageContent): string | null {
  if (content.type !== 'interactive' || content.kind !== 'order_status') return null
  const { status } = fields(parametersIn(content.sent).order)
  return typeof status === 'string' ? status : null
}

/** The sum that a message of ours asks for; `null` when it asks for none. */
export function billedAmount(content: MessageContent): Amount | null {
  if (content.type !== 'interactive' || content.kind !== 'order_details') return null
  const { currency, total_amount: total } = parametersIn(content.sent)
  const { value, offset } = fields(total)
  const isSum = typeof value === 'number' && typeof offset === 'number' && offset > 0
  return isSum && typeof currency === 'string' ? { value, offset, currency } : null
}

function referenceIn(sent: unknown): string | null {
  const { reference_id: reference } = parametersIn(sent)
  return typeof reference === 'string' ? reference : null
}

function parametersIn(sent: unknown): Readonly<Record<string, unknown>> {
  return fields(fields(fields(sent).action).parameters)
}

/** The fields of a JSON object; none of anything else. */
function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
