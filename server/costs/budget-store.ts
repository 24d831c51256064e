import type { Budget, BudgetBody } from '../../contract/api/budgets.ts'
import type { Sql } from '../platform/db.ts'

/**
 * Every budget, and how it stands in the month, with our estimates of what is on its way. Amounts in another currency than the
 * settings' do not count.
 */
export async function readBudgets(sql: Sql, workspaceId: string, month: string, currency: string): Promise<Budget[]> {
  const { rows } = await sql.query<Budget>(
    `select b.id, b.number_id as "numberId", b.amount::float8 as amount, b.hard_stop as "hardStop",
            coalesce((select sum(m.amount + m.pending) from cost_month m
                       where m.workspace_id = $1 and m.month = $2 and m.currency = $3
                         and (b.number_id is null or m.number_id = b.number_id)), 0)::float8 as spent,
            (select max(a.percent) from budget_alarm a
              where a.workspace_id = $1 and a.budget_id = b.id and a.month = $2) as "passedPercent"
       from cost_budget b where b.workspace_id = $1 order by b.number_id nulls first`,
    [workspaceId, month, currency],
  )
  return rows
}

/** Whether any budget stops what costs. */
export async function hasHardStop(sql: Sql, workspaceId: string): Promise<boolean> {
  const { rows } = await sql.query('select from cost_budget where workspace_id = $1 and hard_stop limit 1', [
    workspaceId,
  ])
  return rows.length > 0
}

/** Sets the budget of a number, or of all; `amount: null` takes it away. What was said about the old one is forgotten. */
export async function putBudget(
  sql: Sql,
  workspaceId: string,
  budget: BudgetBody & { readonly id: string },
  by: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    'delete from cost_budget where workspace_id = $1 and number_id is not distinct from $2 returning id',
    [workspaceId, budget.numberId],
  )
  await sql.query('delete from budget_alarm where workspace_id = $1 and budget_id = any($2)', [
    workspaceId,
    rows.map((row) => row.id),
  ])
  if (budget.amount === null) return
  await sql.query(
    `insert into cost_budget (workspace_id, id, number_id, amount, hard_stop, member_id, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [workspaceId, budget.id, budget.numberId, budget.amount, budget.hardStop, by.memberId, by.now],
  )
}

/** Notes that a share of a budget was passed. `false` when that was noted this month already. */
export async function putAlarm(
  sql: Sql,
  workspaceId: string,
  alarm: { readonly budgetId: string; readonly month: string; readonly percent: number },
  now: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into budget_alarm (workspace_id, budget_id, month, percent, raised_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [workspaceId, alarm.budgetId, alarm.month, alarm.percent, now],
  )
  return rowCount === 1
}
