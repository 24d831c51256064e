import type { PriceReason } from '../../contract/costs.ts'
import type { Day } from './rate-card.ts'

/** One message that Meta delivered and priced, for pricing it by other rules. */
export interface DeliveredRow {
  readonly numberId: string
  readonly contactId: string
  readonly country: string | null
  readonly deliveredAtMs: number
  readonly day: Day
  readonly category: string
  readonly reason: PriceReason
  readonly inWindow: boolean
}
