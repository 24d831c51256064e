import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import type { JobHandler } from '../platform/jobs.ts'
import { type CountCostsDeps, countCosts } from './count-costs.ts'
import { COUNT_JOB } from './queue-count-store.ts'

/** Every minute: a hard stop lets through what goes out until then. */
export const COST_CRONS = [{ task: COUNT_JOB, match: '* * * * *' }] as const

const payloadShape = z.object({ workspaceId: z.uuid() })

/** What the month has cost so far, of the workspace that is named or of every one: for estimates and budgets. */
export function costJobs(
  deps: CountCostsDeps & { readonly workspaceIds: (database: Database) => Promise<readonly string[]> },
): Readonly<Record<string, JobHandler>> {
  return {
    [COUNT_JOB]: async (payload) => {
      const asked = payloadShape.safeParse(payload)
      const all = asked.success ? [asked.data.workspaceId] : await deps.workspaceIds(deps.database)
      for (const workspaceId of all) await countCosts(deps, workspaceId)
    },
  }
}
