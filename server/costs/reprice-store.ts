import type { Sql } from '../platform/db.ts'
import type { LedgerRow } from './ledger-rows.ts'
import type { Day } from './rate-card.ts'

/** Lines that are read at a time. */
const PAGE = 5_000

/** A line that is not an estimate, for pricing it anew. */
export interface RepricedRow
  extends Pick<LedgerRow, 'numberId' | 'wamid' | 'country' | 'atMs' | 'conversationRef' | 'pricing'> {
  readonly day: Day
  readonly basis: 'meta' | 'phone'
}

export interface RepriceFrom {
  readonly from: Date
  readonly timeZone: string
}

/** Lines from an instant on, in the order in which messages came, page by page. */
export async function* readRepriced(
  sql: Sql,
  workspaceId: string,
  { from, timeZone }: RepriceFrom,
): AsyncGenerator<readonly RepricedRow[]> {
  let after: readonly [Date, string, string] = [from, '00000000-0000-0000-0000-000000000000', '']
  for (;;) {
    const { rows } = await sql.query<RepricedRow & { at: Date }>(
      `select number_id as "numberId", wamid, country, at, (extract(epoch from at) * 1000)::float8 as "atMs", basis,
              to_char(at at time zone $5, 'YYYY-MM-DD') as day, pricing, conversation_ref as "conversationRef"
         from message_cost
        where workspace_id = $1 and at >= $2 and (at, number_id, wamid) > ($2, $3, $4) and basis <> 'estimate'
        order by at, number_id, wamid limit $6`,
      [workspaceId, ...after, timeZone, PAGE],
    )
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = [last.at, last.numberId, last.wamid]
  }
}

export type Reprice = Pick<LedgerRow, 'numberId' | 'wamid' | 'category' | 'reason' | 'amount'> & {
  /** Of a message of the phone: what it would have cost; `null` leaves the estimate as it is. */
  readonly estimate: number | null
}

export async function putReprices(
  sql: Sql,
  workspaceId: string,
  currency: string,
  rows: readonly Reprice[],
): Promise<void> {
  await sql.query(
    `update message_cost l set category = u.category, reason = u.reason, amount = u.amount, currency = $2,
            estimate = case when l.basis = 'phone' then u.estimate else l.estimate end
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])
            u(number_id, wamid, category, reason, amount, estimate)
      where l.workspace_id = $1 and l.number_id = u.number_id and l.wamid = u.wamid`,
    [
      workspaceId,
      currency,
      rows.map((row) => row.numberId),
      rows.map((row) => row.wamid),
      rows.map((row) => row.category),
      rows.map((row) => row.reason),
      rows.map((row) => row.amount),
      rows.map((row) => row.estimate),
    ],
  )
}
