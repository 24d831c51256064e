import { ALARM_PERCENTS, type Budget } from '../../contract/api/budgets.ts'
import type { MailWords } from '../mail/mail-words.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { budgetMail } from './budget-mail.ts'
import { hasHardStop, putAlarm, readBudgets } from './budget-store.ts'
import { readCostSettings } from './cost-store.ts'
import { enterCosts } from './enter-costs.ts'
import { monthOf, monthSpan } from './month-span.ts'
import { sumMonth } from './month-store.ts'
import { readWaitingCosts } from './read-waiting-costs.ts'
import { refreshCosts } from './refresh-costs.ts'

export interface CountCostsDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  /** Tells the people of the mail settings, once for a cause. */
  readonly tellByMail: (
    sql: Sql,
    workspaceId: string,
    telling: { readonly id: string; readonly cause: string; readonly words: (language: 'ar' | 'en') => MailWords },
    now: Date,
  ) => Promise<void>
}

/** Brings ledger and month up to date, and raises the alarms of budgets whose share was passed, each once. */
export async function countCosts(deps: CountCostsDeps, workspaceId: string): Promise<void> {
  const repriced = await refreshCosts(deps, workspaceId)
  const entered = await enterCosts(deps, workspaceId)
  const nowMs = deps.clock.nowMs()
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    const { currency, timeZone } = await readCostSettings(sql, workspaceId)
    const month = monthOf(nowMs, timeZone)
    const { fromMs, toMs } = monthSpan(month, timeZone)
    // Most minutes bring nothing, and cost no sum; but what was set aside for a hard stop may not have gone out.
    if (entered > 0 || repriced || (await hasHardStop(sql, workspaceId))) {
      const waiting = await readWaitingCosts(sql, workspaceId)
      const summing = { from: new Date(fromMs), to: new Date(toMs), currency, waiting }
      await sumMonth(sql, workspaceId, month, summing, new Date(nowMs))
    }
    await raiseAlarms(deps, sql, workspaceId)
  })
}

/** Raises the alarms of the budgets as the month was added up last. */
export async function raiseAlarms(deps: CountCostsDeps, sql: Sql, workspaceId: string): Promise<void> {
  const nowMs = deps.clock.nowMs()
  const { currency, timeZone } = await readCostSettings(sql, workspaceId)
  const month = monthOf(nowMs, timeZone)
  for (const budget of await readBudgets(sql, workspaceId, month, currency)) {
    await raise(deps, sql, workspaceId, { budget, month, currency, now: new Date(nowMs) })
  }
}

interface Raising {
  readonly budget: Budget
  readonly month: string
  readonly currency: string
  readonly now: Date
}

/** Of several shares passed at once one mail tells, the highest; all are noted. */
async function raise(deps: CountCostsDeps, sql: Sql, workspaceId: string, raising: Raising): Promise<void> {
  const { budget, month, currency, now } = raising
  let highest: number | null = null
  for (const percent of ALARM_PERCENTS) {
    if (budget.spent * 100 < budget.amount * percent) continue
    if (await putAlarm(sql, workspaceId, { budgetId: budget.id, month, percent }, now)) highest = percent
  }
  if (highest === null) return
  const percent = highest
  const cause = `budget:${budget.id}:${month}:${percent}`
  const words = (language: 'ar' | 'en') => budgetMail(language, { budget, percent, currency })
  await deps.tellByMail(sql, workspaceId, { id: deps.ids.next(), cause, words }, now)
}
