import type { PriceReason } from '../../contract/costs.ts'
import type { LedgerRow } from './ledger-rows.ts'
import type { Day } from './rate-card.ts'

/** Messages of the ledger that are alike in all that a report tells apart. Amounts in millionths. */
export interface ReportRow
  extends Pick<LedgerRow, 'numberId' | 'basis' | 'category' | 'country' | 'author' | 'memberId' | 'template'> {
  readonly day: Day
  readonly reason: PriceReason
  readonly messages: number
  readonly amount: number
  /** Messages for which no list has a price. */
  readonly unpriced: number
  /** What our rules said before, of those of which they said anything. */
  readonly estimated: number
  /** Messages whose amount was another than the estimate. */
  readonly differing: number
  /** Of these, by how much more than the estimate; below 0 when it was less. */
  readonly difference: number
}
