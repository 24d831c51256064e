import type { PriceCategory } from '../../contract/costs.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import { PRICED_AS } from '../../contract/template.ts'
import type { MessageRow } from '../inbox/rows.ts'
import type { Sql } from '../platform/db.ts'
import type { Waiting } from './claim-store.ts'
import type { IsCostStopped, SendDeps } from './send-message.ts'
import { findTemplate } from './template-send-store.ts'

export interface DueCostDeps extends Pick<SendDeps, 'hasHardStop'> {
  /** Like the look at the taking, for a message that was taken before: its own price may be counted already. */
  readonly isDueStopped: (
    sql: Sql,
    workspaceId: string,
    asked: Parameters<IsCostStopped>[2] & { readonly takenAtMs: number },
  ) => Promise<boolean>
}

/** What the taking refuses with too, so that both read the same. */
const SPENT: ErrorCode = 'budget_spent'

/**
 * Looks a second time at messages whose time has come: with a hard stop the budget may be spent since they were taken. Gives
 * those that are not sent, as they read from now on. What goes out at once was looked at just now, what was tried before at
 * its time, and to what a person has confirmed there is nothing to say: for them the database is asked nothing.
 */
export async function checkDueCosts(
  deps: DueCostDeps,
  sql: Sql,
  workspaceId: string,
  { due, nowMs }: { readonly due: readonly Waiting[]; readonly nowMs: number },
): Promise<MessageRow[]> {
  const planned = due.filter(({ message, triedAtMs, costConfirmed }) => {
    return message.plan?.sendAtMs != null && triedAtMs === null && !costConfirmed
  })
  if (planned.length === 0 || !(await deps.hasHardStop(sql, workspaceId))) return []
  const stopped: MessageRow[] = []
  // One after another: what one gives back, the next may use.
  for (const { message } of planned) {
    const category = await categoryOf(sql, workspaceId, message)
    // Until it goes out, its time is that of the taking.
    const asked = { conversationId: message.conversationId, nowMs, takenAtMs: message.sentAtMs }
    if (category === null || !(await deps.isDueStopped(sql, workspaceId, { ...asked, category }))) continue
    const error = { code: null, title: SPENT, details: null }
    stopped.push({ ...message, delivery: 'failed', deliveryAtMs: nowMs, error })
  }
  return stopped
}

/** As Meta would charge it; `null`: the template is not there any more, and Meta refuses it for nothing. */
async function categoryOf(
  sql: Sql,
  workspaceId: string,
  { numberId, content }: { readonly numberId: string; readonly content: MessageContent },
): Promise<PriceCategory | null> {
  if (content.type !== 'template') return 'service'
  const { name, language } = content
  const template = await findTemplate(sql, workspaceId, { numberId, name, language })
  return template === null ? null : PRICED_AS[template.wording.category]
}
