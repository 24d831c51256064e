import { z } from 'zod'
import { systemClock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import type { JobHandler } from '../platform/jobs.ts'
import { type AnswerUnreceivedDeps, answerUnreceived } from './answer-unreceived.ts'
import { type AskHistoryDeps, askHistory } from './ask-history.ts'
import { ASK_HISTORY_JOB, checkChangedGaps, checkWorkspaceGaps } from './check-gaps.ts'
import { noteOwners } from './note-owners.ts'
import { noteRuns } from './note-run.ts'

/**
 * The register is derived anew every five minutes. Every minute: where a state or a sync has changed; customers are told;
 * this run is noted.
 */
export const GAP_CRONS = [
  { task: 'check_gaps', match: '*/5 * * * *' },
  { task: 'sweep_gaps', match: '* * * * *' },
] as const

export interface GapJobsDeps extends AnswerUnreceivedDeps, AskHistoryDeps {
  readonly ids: Ids
  readonly workspaceIds: (database: Database) => Promise<string[]>
}

const numberPayload = z.object({ workspaceId: z.uuid(), numberId: z.uuid() })
const ownersPayload = z.object({ workspaceId: z.uuid(), wabaId: z.string() })

/** The jobs of this slice, by name. To be called once when the process begins: it counts as running from then on. */
export function gapJobs(deps: GapJobsDeps): Readonly<Record<string, JobHandler>> {
  const { database, clock } = deps
  const noteRun = noteRuns({ database, clock, wall: systemClock, ids: deps.ids })
  return {
    check_gaps: async () => {
      for (const workspaceId of await deps.workspaceIds(database)) {
        await noteRun(workspaceId)
        await checkWorkspaceGaps(deps, workspaceId)
      }
    },
    [ASK_HISTORY_JOB]: async (input) => {
      const { workspaceId, numberId } = numberPayload.parse(input)
      await askHistory(deps, workspaceId, numberId)
    },
    sweep_gaps: async () => {
      for (const workspaceId of await deps.workspaceIds(database)) {
        await noteRun(workspaceId)
        await checkChangedGaps(deps, workspaceId)
        await answerUnreceived(deps, workspaceId)
      }
    },
    note_owners: async (input) => {
      const { workspaceId, wabaId } = ownersPayload.parse(input)
      await noteOwners(deps, workspaceId, wabaId)
    },
  }
}
