import type { Payment } from '../../contract/payment.ts'
import { canonicalJson } from './canonical-json.ts'

/**
 * What an order's payment is after all that Meta said of it, in any order and however often: paid stays paid, since the
 * first time that Meta said so; before, the latest attempt counts. `null`: nothing was said.
 */
export function foldPayments(told: readonly Payment[]): Payment | null {
  let best: Payment | null = null
  for (const payment of told) if (best === null || outranks(payment, best)) best = payment
  return best
}

/** A total order, so that it does not matter what came first. */
function outranks(a: Payment, b: Payment): boolean {
  const [isPaid, wasPaid] = [a.state === 'paid', b.state === 'paid']
  if (isPaid !== wasPaid) return isPaid
  if (a.atMs !== b.atMs) return isPaid ? a.atMs < b.atMs : a.atMs > b.atMs
  // Of one second, what ends an attempt comes after what begins it.
  if (a.state !== b.state) return a.state === 'failed'
  return canonicalJson(a) > canonicalJson(b)
}
