import type { UnixMs } from './ids.ts'
import type { DeliveryError } from './message.ts'

/** Meta’s code for a marketing template that it held back, since this customer gets enough of them already. */
export const MARKETING_HELD_CODE = 131049

/**
 * How long no other marketing template may go to that customer. Meta asks for at least 24 hours before it is tried again.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const MARKETING_REST_MS = 24 * 60 * 60 * 1000

/** From when the customer of a failed message may get marketing again; `null`: it failed for another reason. */
export function marketingFromMs(message: {
  readonly error: DeliveryError | null
  readonly deliveryAtMs: UnixMs | null
}): UnixMs | null {
  const { error, deliveryAtMs } = message
  if (error?.fromMs !== undefined) return error.fromMs
  return error?.code === MARKETING_HELD_CODE && deliveryAtMs !== null ? deliveryAtMs + MARKETING_REST_MS : null
}

/** How a marketing template ends that would go out within the rest: Meta is not asked. */
export function marketingResting(fromMs: UnixMs): DeliveryError {
  return { code: null, title: 'marketing_resting', details: null, fromMs }
}
