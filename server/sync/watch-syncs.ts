import type { InboxEvent } from '../../contract/inbox-event.ts'
import { appendEvents, holdFeed } from '../inbox/append.ts'
import { inWorkspace, type Sql } from '../platform/db.ts'
import { askForSync, type RequestSyncDeps } from './request-sync.ts'
import { lockOpenSyncs, putSyncAlarm, putSyncState, type SyncRow } from './sync-request-store.ts'
import { type SyncStep, stepOf } from './sync-window.ts'

export type WatchSyncsDeps = Pick<RequestSyncDeps, 'database' | 'clock' | 'publish' | 'readNumber'>

/**
 * What time makes of the syncs of a workspace: the alarm before the deadline, with one more try at once; too late
 * without asking; silent; stopped in the middle. Each is told once. Gives how many have changed.
 */
export async function watchSyncs(deps: WatchSyncsDeps, workspaceId: string): Promise<number> {
  const nowMs = deps.clock.nowMs()
  const { rows, count } = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const due = (await lockOpenSyncs(sql, workspaceId)).flatMap((sync) => {
      const step = stepOf(sync, nowMs)
      return step === null ? [] : [{ sync, step }]
    })
    for (const { sync, step } of due) await takeStep(sql, workspaceId, sync, step, new Date(nowMs))
    if (due.length > 0) await holdFeed(sql, workspaceId)
    const events: InboxEvent[] = []
    for (const id of new Set(due.map(({ sync }) => sync.numberId))) {
      const number = await deps.readNumber(sql, workspaceId, id)
      if (number !== null) events.push({ type: 'number.changed', number })
    }
    return { rows: await appendEvents(sql, workspaceId, nowMs, events), count: due.length }
  })
  deps.publish(workspaceId, rows)
  return count
}

async function takeStep(sql: Sql, workspaceId: string, sync: SyncRow, step: SyncStep, now: Date): Promise<void> {
  if (step !== 'alarm') return putSyncState(sql, workspaceId, sync, step, now)
  await putSyncAlarm(sql, workspaceId, sync, now)
  // Its job waits hours between two tries by now, or has given up: nothing is lost by one try more.
  await askForSync(sql, workspaceId, sync)
}
