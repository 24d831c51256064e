import type { PriceCategory } from '../../contract/costs.ts'
import type { Sql } from '../platform/db.ts'
import { hasHardStop } from './budget-store.ts'
import { readCostSettings, readCustomer } from './cost-store.ts'
import { monthOf } from './month-span.ts'
import { addPending, isWaitCounted } from './month-store.ts'
import { queueCount } from './queue-count-store.ts'
import { readEstimate } from './read-estimate.ts'

/** By then Meta has mostly said what a message cost. Milliseconds. */
const COUNT_AFTER_MS = 10_000

/**
 * Whether a message, sent now, would cost although a hard stop is in force. Where it may go out, its price is set aside within
 * the transaction that takes it: what is taken before the month is added up again cannot pass a hard stop unseen. And it is added
 * up soon. One look-up where no budget stops anything.
 */
export async function isCostStopped(
  sql: Sql,
  workspaceId: string,
  asked: { readonly conversationId: string; readonly category: PriceCategory; readonly nowMs: number },
): Promise<boolean> {
  if (!(await hasHardStop(sql, workspaceId))) return false
  const estimate = await readEstimate(sql, workspaceId, asked)
  if (estimate === null) return false
  if (estimate.stopped) return true
  await queueCount(sql, workspaceId, COUNT_AFTER_MS)
  await setAside(sql, workspaceId, asked, estimate)
  return false
}

/**
 * Whether a message that was taken before may not go out at its time: it would cost, and a budget with a hard stop is spent
 * without its own price. That is left out, and given back for what comes after it, where the month has it already.
 */
export async function isDueStopped(
  sql: Sql,
  workspaceId: string,
  asked: {
    readonly conversationId: string
    readonly category: PriceCategory
    readonly nowMs: number
    readonly takenAtMs: number
  },
): Promise<boolean> {
  const { conversationId, nowMs, takenAtMs } = asked
  const customer = await readCustomer(sql, workspaceId, conversationId, new Date(nowMs))
  if (customer === null) return false
  const { timeZone } = await readCostSettings(sql, workspaceId)
  const month = monthOf(nowMs, timeZone)
  const wait = { numberId: customer.numberId, month, since: new Date(takenAtMs) }
  const isSameMonth = monthOf(takenAtMs, timeZone) === month
  const isCounted = await isWaitCounted(sql, workspaceId, { ...wait, isSameMonth })
  const estimate = await readEstimate(sql, workspaceId, { ...asked, isCounted })
  if (estimate === null || !estimate.stopped) return false
  if (isCounted) await setAside(sql, workspaceId, asked, { ...estimate, amount: -(estimate.amount ?? 0) })
  return true
}

async function setAside(
  sql: Sql,
  workspaceId: string,
  { conversationId, nowMs }: { readonly conversationId: string; readonly nowMs: number },
  { amount, currency }: { readonly amount: number | null; readonly currency: string },
): Promise<void> {
  if (amount === null || amount === 0) return
  const now = new Date(nowMs)
  const customer = await readCustomer(sql, workspaceId, conversationId, now)
  if (customer === null) return
  const { timeZone } = await readCostSettings(sql, workspaceId)
  const month = monthOf(nowMs, timeZone)
  await addPending(sql, workspaceId, { numberId: customer.numberId, month, amount, currency }, now)
}
