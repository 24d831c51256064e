import type { Sql } from '../platform/db.ts'
import { addJob } from '../platform/jobs.ts'

/** The queue's name of the job that brings ledger and month up to date. */
export const COUNT_JOB = 'count_costs'

/** Has a workspace counted when the transaction has committed, or some time after; of several such wishes the first holds. */
export function queueCount(sql: Sql, workspaceId: string, delayMs = 0): Promise<void> {
  const key = `${COUNT_JOB}:${workspaceId}`
  const place = { key: `${key}:${delayMs}`, queue: key, keyMode: 'preserve' } as const
  return addJob(sql, COUNT_JOB, { workspaceId }, delayMs === 0 ? place : { ...place, delayMs })
}
