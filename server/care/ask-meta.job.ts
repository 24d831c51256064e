import { z } from 'zod'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import { addJob, type JobHandler } from '../platform/jobs.ts'
import { type AskMetaDeps, askMeta } from './ask-meta.ts'
import { findStale } from './meta-answer-store.ts'
import { QUESTIONS } from './meta-questions.ts'
import { readNumberAccess } from './number-read-store.ts'

export const ASK_META_JOB = 'ask_meta'

/** Answers older than this are asked for anew, unless Meta tells something sooner. */
const STALE_MS = 6 * 60 * 60 * 1000

const payloadShape = z.object({ workspaceId: z.uuid(), numberId: z.uuid() })

/**
 * The job `ask_meta`: what Meta refuses is an answer too and is written down, so that nothing is tried again at once. Near
 * the limit of management calls nothing is asked: the answers stay old, and the sweep of the next minute finds them so.
 */
export function askMetaJob(deps: AskMetaDeps): JobHandler {
  return async (input) => {
    const { workspaceId, numberId } = payloadShape.parse(input)
    const access = await readWorkspace(deps.database, workspaceId, (sql) =>
      readNumberAccess(sql, workspaceId, numberId),
    )
    if (access === null || deps.graph.usage.restMs([access.wabaId, access.phoneNumberId]) > 0) return
    await askMeta(deps, workspaceId, numberId)
  }
}

/** Queues the asking for numbers whose answers are old, or which Meta has told something about since. */
export async function askStale(
  { database, clock }: Pick<AskMetaDeps, 'database' | 'clock'>,
  workspaceId: string,
): Promise<void> {
  const before = new Date(clock.nowMs() - STALE_MS)
  const stale = await readWorkspace(database, workspaceId, (sql) =>
    findStale(sql, workspaceId, before, QUESTIONS.length),
  )
  if (stale.length === 0) return
  await inWorkspace(database, workspaceId, async (sql) => {
    for (const numberId of stale) {
      const key = `${ASK_META_JOB}:${workspaceId}:${numberId}`
      await addJob(sql, ASK_META_JOB, { workspaceId, numberId }, { key, queue: key, attemptsMax: 1 })
    }
  })
}
