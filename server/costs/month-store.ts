import { FREE_SERVICE_MESSAGES } from '../../contract/costs.ts'
import type { Sql } from '../platform/db.ts'
import { freeKey } from './ledger-lines.ts'

/** Amounts by number, in millionths. */
export type AmountByNumber = ReadonlyMap<string, number>

interface Summing {
  readonly from: Date
  readonly to: Date
  readonly currency: string
  /** What waits to be sent, by our estimate; it has no line in the ledger yet. */
  readonly waiting: AmountByNumber
}

/**
 * Adds up a month of the ledger, by number, and keeps it: estimates and budgets then read one row. Once Meta has charged an answer
 * the free ones are used up, whoever sent those that we have not seen.
 */
export async function sumMonth(
  sql: Sql,
  workspaceId: string,
  month: string,
  { from, to, currency, waiting }: Summing,
  now: Date,
): Promise<void> {
  await sql.query('delete from cost_month where workspace_id = $1 and month = $2', [workspaceId, month])
  await sql.query(
    `insert into cost_month (workspace_id, number_id, month, free_used, amount, pending, currency, counted_at)
     select $1, number_id, $2, case when bool_or(basis = 'meta' and category = 'service' and reason = 'regular')
            then greatest(count(*) filter (where basis = 'meta' and reason = 'free_tier'), $9)
            else count(*) filter (where basis = 'meta' and reason = 'free_tier') end,
            coalesce(sum(amount) filter (where basis = 'meta'), 0), coalesce(sum(amount) filter (where basis <> 'meta'), 0),
            $5, $6
       from (select number_id, basis, category, reason, amount from message_cost
              where workspace_id = $1 and at >= $3 and at < $4 and basis <> 'phone'
             union all select number_id, 'estimate', '', '', amount from unnest($7::uuid[], $8::bigint[]) u(number_id, amount)) l
      group by number_id`,
    [workspaceId, month, from, to, currency, now, [...waiting.keys()], [...waiting.values()], FREE_SERVICE_MESSAGES],
  )
}

/** Sets aside the price of a message that is taken to be sent, or gives back that of one that is not, until the month is added up again. */
export async function addPending(
  sql: Sql,
  workspaceId: string,
  aside: { readonly numberId: string; readonly month: string; readonly amount: number; readonly currency: string },
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into cost_month as m (workspace_id, number_id, month, free_used, amount, pending, currency, counted_at)
     values ($1, $2, $3, 0, 0, greatest($4::bigint, 0), $5, $6)
     on conflict (workspace_id, number_id, month) do update set pending = greatest(m.pending + $4::bigint, 0)`,
    [workspaceId, aside.numberId, aside.month, aside.amount, aside.currency, now],
  )
}

/**
 * Whether a month has the price of a message that waits: the month was added up since it was taken, or its price was set aside
 * then because of a hard stop.
 */
export async function isWaitCounted(
  sql: Sql,
  workspaceId: string,
  wait: { readonly numberId: string; readonly month: string; readonly since: Date; readonly isSameMonth: boolean },
): Promise<boolean> {
  const { rows } = await sql.query<{ counted: boolean }>(
    `select exists (select from cost_month where workspace_id = $1 and number_id = $2 and month = $3 and counted_at > $4)
         or ($5 and exists (select from cost_budget where workspace_id = $1 and hard_stop and saved_at <= $4)) as counted`,
    [workspaceId, wait.numberId, wait.month, wait.since, wait.isSameMonth],
  )
  return rows[0]?.counted === true
}

/** Free answers of months: those counted, and those that are on their way. */
export async function readFreeSoFar(
  sql: Sql,
  workspaceId: string,
  months: readonly string[],
  timeZone: string,
): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ numberId: string; month: string; used: number }>(
    `select number_id as "numberId", month, sum(used)::integer as used
       from (select number_id, month, free_used as used from cost_month where workspace_id = $1 and month = any($2)
             union all
             select number_id, to_char(at at time zone $3, 'YYYY-MM'), count(*) from message_cost
              where workspace_id = $1 and basis = 'estimate' and reason = 'free_tier' group by 1, 2) u
      where month = any($2) group by 1, 2`,
    [workspaceId, months, timeZone],
  )
  return new Map(rows.map(({ numberId, month, used }) => [freeKey(numberId, month), used]))
}
