import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { OUTAGE_MS_MIN } from './derive-absences.ts'
import { putRun } from './gap-store.ts'

/**
 * Gives what notes, each minute, that this process still runs; it counts as running from now on. When nothing could be noted
 * for a while (the database was away, the machine slept), a new run begins: deliveries could not be taken either. `wall`
 * measures that pause, because the simulator's clock may be moved by days in an instant.
 */
export function noteRuns(deps: {
  readonly database: Database
  readonly clock: Clock
  readonly wall: Clock
  readonly ids: Ids
}): (workspaceId: string) => Promise<void> {
  const { database, clock, wall, ids } = deps
  const begin = () => ({ id: ids.next(), from: new Date(clock.nowMs()) })
  let run = begin()
  let notedMs = wall.nowMs()
  return async (workspaceId) => {
    if (wall.nowMs() - notedMs >= OUTAGE_MS_MIN) run = begin()
    await inWorkspace(database, workspaceId, (sql) =>
      putRun(sql, workspaceId, { ...run, now: new Date(clock.nowMs()) }),
    )
    notedMs = wall.nowMs()
  }
}
