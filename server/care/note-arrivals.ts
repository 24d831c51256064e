import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import { putArrival } from './arrival-store.ts'

/** A number that something comes for all the time is written down this often at the most. Milliseconds. */
const NOTED_EVERY_MS = 30_000

/**
 * Makes what writes down when webhooks came for a number last, and how long they waited to be read. Most calls find that
 * it was written a moment ago and cost nothing. A failure is told, and the next arrival tries again.
 */
export function noteArrivals(deps: {
  readonly database: Database
  readonly clock: Clock
  readonly onError: (error: unknown, what: string) => void
}): (workspaceId: string, arrivals: ReadonlyMap<string, number>) => Promise<void> {
  const noted = new Map<string, number>()
  return async (workspaceId, arrivals) => {
    const due = [...arrivals].filter(
      ([id, atMs]) => atMs - (noted.get(id) ?? Number.NEGATIVE_INFINITY) >= NOTED_EVERY_MS,
    )
    if (due.length === 0) return
    for (const [id, atMs] of due) noted.set(id, atMs)
    const nowMs = deps.clock.nowMs()
    try {
      await inWorkspace(deps.database, workspaceId, async (sql) => {
        for (const [id, atMs] of due)
          await putArrival(sql, workspaceId, id, atMs, Math.max(0, Math.round(nowMs - atMs)))
      })
    } catch (error) {
      for (const [id] of due) noted.delete(id)
      deps.onError(error, 'writing down when webhooks came')
    }
  }
}
