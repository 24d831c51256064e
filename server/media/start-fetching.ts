import { type Database, inWorkspace } from '../platform/db.ts'
import { addJob } from '../platform/jobs.ts'

/** The queue's name of the job that fetches files. */
export const FETCH_JOB = 'fetch_media'
/** Batches that come within this time share one job. Milliseconds. */
const WAKE_DELAY_MS = 250

export interface Fetching {
  /** Files were noted: has them fetched soon. To be called after the commit. */
  wake(workspaceId: string): void
  /** Ends downloads when Wasl stops. */
  readonly signal: AbortSignal
  stop(): void
}

/**
 * Sees to it that files which were noted are fetched. The job is queued apart from the transaction that notes them: there
 * it would make all projections wait for one row of the queue. What a crash in between leaves, the sweep finds.
 */
export function startFetching(deps: {
  readonly database: Database
  readonly onError: (error: unknown, what: string) => void
}): Fetching {
  const abort = new AbortController()
  const timers = new Map<string, NodeJS.Timeout>()
  return {
    signal: abort.signal,
    wake(workspaceId) {
      if (timers.has(workspaceId) || abort.signal.aborted) return
      const queue = () => {
        timers.delete(workspaceId)
        queueFetching(deps.database, workspaceId).catch((error: unknown) => deps.onError(error, 'queueing fetches'))
      }
      timers.set(workspaceId, setTimeout(queue, WAKE_DELAY_MS))
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      abort.abort()
    },
  }
}

/** Queues the job that fetches what is due. Jobs of all workspaces run one after another, each with its files at once. */
export function queueFetching(database: Database, workspaceId: string): Promise<void> {
  return inWorkspace(database, workspaceId, (sql) =>
    addJob(sql, FETCH_JOB, { workspaceId }, { queue: FETCH_JOB, key: `${FETCH_JOB}:${workspaceId}` }),
  )
}
