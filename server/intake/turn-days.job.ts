import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { JobHandler } from '../platform/jobs.ts'
import { dropOldDays, ensureDays } from './delivery-store.ts'

export const TURN_DAYS_JOB = 'turn_days'

/** Each hour: whoever runs for months has tomorrow's partition before midnight, and the clock may have been moved. */
export const TURN_DAYS_CRON = { task: TURN_DAYS_JOB, match: '7 * * * *' } as const

/**
 * Makes the partitions of the next days and drops those of raw deliveries older than `keepDays`. With the bytes goes what
 * could not be placed: `tellDropped` says how much of it is left.
 */
export function turnDaysJob(deps: {
  database: Database
  clock: Clock
  keepDays: number
  tellDropped: () => Promise<void>
}): JobHandler {
  return async () => {
    const nowMs = deps.clock.nowMs()
    await ensureDays(deps.database, nowMs)
    if ((await dropOldDays(deps.database, nowMs, deps.keepDays)) > 0) await deps.tellDropped()
  }
}
