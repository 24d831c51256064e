import type { Account } from '../accounts/account.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import { chatOf } from '../chat/store.ts'

const DAY_MS = 86_400_000
/** Which code Meta gives is not documented; that it is this one, and comes later, is decided here. */
const LIMIT_REACHED = 131048

/** How many customers an account may write to first within 24 hours, by Meta's word for it; the rest is unlimited. */
function customersOf(tier: string): number {
  const [, count, thousands] = /^TIER_(\d+)(K?)$/.exec(tier) ?? []
  return count === undefined ? Number.POSITIVE_INFINITY : Number(count) * (thousands === 'K' ? 1_000 : 1)
}

/** A template to a customer whose window is closed: the code with which it fails over the limit; else the customer counts. */
export function takePlace(account: Account, number: BusinessNumber, customerKey: string, nowMs: number): number | null {
  if (chatOf(number, customerKey).windowUntilMs > nowMs) return null
  const { writtenFirstMs, messagingTier } = account
  const customer = number.customers.get(customerKey)
  const person = customer?.phone ?? customer?.userId ?? customerKey
  for (const [key, atMs] of writtenFirstMs) if (atMs <= nowMs - DAY_MS) writtenFirstMs.delete(key)
  if (!writtenFirstMs.has(person) && writtenFirstMs.size >= customersOf(messagingTier)) return LIMIT_REACHED
  writtenFirstMs.set(person, nowMs)
  return null
}
