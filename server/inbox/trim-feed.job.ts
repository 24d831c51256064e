import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import type { JobHandler } from '../platform/jobs.ts'
import { trimFeed } from './feed-trim-store.ts'
import { readWorkspaceIds } from './route-store.ts'

export const TRIM_FEED_JOB = 'trim_feed'

export const TRIM_FEED_CRON = { task: TRIM_FEED_JOB, match: '23 * * * *' } as const

/** Days that a browser may be away and still catch up; after that it takes a fresh snapshot. */
const FEED_DAYS = 14
const DAY_MS = 86_400_000

/** Forgets what the feed told long ago. The counter stays, so that `seq` never goes back. */
export function trimFeedJob(deps: { database: Database; clock: Clock }): JobHandler {
  return async () => {
    const beforeMs = deps.clock.nowMs() - FEED_DAYS * DAY_MS
    for (const workspaceId of await readWorkspaceIds(deps.database)) {
      let more = true
      while (more) more = await inWorkspace(deps.database, workspaceId, (sql) => trimFeed(sql, workspaceId, beforeMs))
    }
  }
}
