import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import { addJob } from '../platform/jobs.ts'
import { deriveGaps } from './derive-gaps.ts'
import { readGapFacts } from './gap-facts-store.ts'
import { beginCheck, closeGaps, putGaps, readChangedNumbers, readKept, readNumberIds } from './gap-store.ts'
import { reconcileGaps } from './reconcile-gaps.ts'
import { dropFound } from './stray-store.ts'

export interface CheckGapsDeps {
  readonly database: Database
  readonly clock: Clock
}

/** The job that asks Meta's own history of reports for one number. */
export const ASK_HISTORY_JOB = 'ask_history'

/**
 * Derives the register of every number of a workspace anew. What Meta may know beyond it is asked by a job of its own, so
 * that an answer that does not come keeps nothing else from being told.
 */
export async function checkWorkspaceGaps(deps: CheckGapsDeps, workspaceId: string): Promise<void> {
  const ids = await readWorkspace(deps.database, workspaceId, (sql) => readNumberIds(sql, workspaceId))
  for (const numberId of ids) {
    await checkGaps(deps, workspaceId, numberId)
    const place = { key: `${ASK_HISTORY_JOB}:${workspaceId}:${numberId}`, attemptsMax: 1 }
    await inWorkspace(deps.database, workspaceId, (sql) =>
      addJob(sql, ASK_HISTORY_JOB, { workspaceId, numberId }, place),
    )
  }
}

/** The same for numbers of which something changed that a reader would look for at once. */
export async function checkChangedGaps(deps: CheckGapsDeps, workspaceId: string): Promise<void> {
  const ids = await readWorkspace(deps.database, workspaceId, (sql) => readChangedNumbers(sql, workspaceId))
  for (const numberId of ids) await checkGaps(deps, workspaceId, numberId)
}

/**
 * Derives the register of one number anew, in one transaction: two at once take turns, and the second finds nothing left
 * to change. Gives `false` when the workspace has no such number.
 */
export function checkGaps({ database, clock }: CheckGapsDeps, workspaceId: string, numberId: string): Promise<boolean> {
  const nowMs = clock.nowMs()
  const now = new Date(nowMs)
  return inWorkspace(database, workspaceId, async (sql) => {
    if (!(await beginCheck(sql, workspaceId, numberId, now))) return false
    await dropFound(sql, workspaceId, numberId)
    const facts = await readGapFacts(sql, workspaceId, numberId, nowMs)
    if (facts === null) return false
    const { put, close } = reconcileGaps(await readKept(sql, workspaceId, numberId), deriveGaps(facts))
    await putGaps(sql, workspaceId, numberId, put, now)
    await closeGaps(sql, workspaceId, numberId, close, now)
    return true
  })
}
