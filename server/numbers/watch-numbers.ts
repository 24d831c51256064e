import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { BusinessNumber } from '../../contract/number.ts'
import { type AppendedRow, appendEvents, holdFeed } from '../inbox/append.ts'
import { inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import type { CheckNumberDeps } from './check-number.ts'
import { checkDueMs } from './number-checks.ts'
import { type NumberFacts, type Standing, standingByTime } from './number-standing.ts'
import { readNumber } from './number-store.ts'
import { lockWatch, type NumberWatch, putOpened, readWatches, takeOpenedBack } from './standing-store.ts'
import { changeState, queueCheck } from './state-store.ts'

/** For so long the word that a phone was opened can be taken back. */
export const OPENED_UNDO_MS = 10 * 60 * 1000

export type WatchNumbersDeps = Pick<CheckNumberDeps, 'database' | 'clock' | 'publish'>

/**
 * What time makes of the numbers of a workspace: at risk, or no more, and which Graph is to be asked about. Costs one
 * query when there is nothing to be done.
 */
export async function watchNumbers(deps: WatchNumbersDeps, workspaceId: string): Promise<void> {
  const nowMs = deps.clock.nowMs()
  const numbers = await readWorkspace(deps.database, workspaceId, (sql) => readWatches(sql, workspaceId))
  const due = numbers.filter((number) => (checkDueMs(number) ?? Number.POSITIVE_INFINITY) <= nowMs)
  const moved = numbers.filter((number) => differs(number, standingByTime(number, nowMs)))
  if (due.length === 0 && moved.length === 0) return
  const rows = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const changed: string[] = []
    for (const { id } of moved) if (await applyTime(sql, workspaceId, id, nowMs)) changed.push(id)
    // A question that Graph could not answer waits longer each time; only one that is to confirm another is hastened.
    for (const { id, suspicion } of due) {
      await queueCheck(sql, workspaceId, id, { keyMode: suspicion === null ? 'preserve' : 'replace' })
    }
    return tell(sql, workspaceId, changed, nowMs)
  })
  deps.publish(workspaceId, rows)
}

/** The owner's word that the phone was opened; `null` when there is no such number with a phone. */
export async function markOpened(
  deps: WatchNumbersDeps,
  workspaceId: string,
  numberId: string,
): Promise<BusinessNumber | null> {
  return onWord(deps, workspaceId, numberId, (sql, nowMs) =>
    putOpened(sql, workspaceId, numberId, { now: new Date(nowMs), undoableSince: undoableSince(nowMs) }),
  )
}

/** Takes that word back, for some minutes; `null` when there is none any more. */
export async function unmarkOpened(
  deps: WatchNumbersDeps,
  workspaceId: string,
  numberId: string,
): Promise<BusinessNumber | null> {
  return onWord(deps, workspaceId, numberId, (sql, nowMs) =>
    takeOpenedBack(sql, workspaceId, numberId, undoableSince(nowMs)),
  )
}

function undoableSince(nowMs: number): Date {
  return new Date(nowMs - OPENED_UNDO_MS)
}

/** Writes what somebody says of a phone, and tells what time makes of it. */
async function onWord(
  deps: WatchNumbersDeps,
  workspaceId: string,
  numberId: string,
  write: (sql: Sql, nowMs: number) => Promise<boolean>,
): Promise<BusinessNumber | null> {
  const nowMs = deps.clock.nowMs()
  const { number, rows } = await inWorkspace(deps.database, workspaceId, async (sql) => {
    if (!(await write(sql, nowMs))) return { number: null, rows: [] }
    await applyTime(sql, workspaceId, numberId, nowMs)
    const appended = await tell(sql, workspaceId, [numberId], nowMs)
    return { number: await readNumber(sql, workspaceId, numberId), rows: appended }
  })
  deps.publish(workspaceId, rows)
  return number
}

/** Tells how these numbers stand now; nothing is written after it. */
async function tell(
  sql: Sql,
  workspaceId: string,
  numberIds: readonly string[],
  nowMs: number,
): Promise<readonly AppendedRow[]> {
  if (numberIds.length === 0) return []
  await holdFeed(sql, workspaceId)
  const events: InboxEvent[] = []
  for (const id of numberIds) {
    const number = await readNumber(sql, workspaceId, id)
    if (number !== null) events.push({ type: 'number.changed', number })
  }
  return appendEvents(sql, workspaceId, nowMs, events)
}

/** Decides again under the lock; `false` when nothing has changed. */
async function applyTime(sql: Sql, workspaceId: string, numberId: string, nowMs: number): Promise<boolean> {
  const number: NumberWatch | null = await lockWatch(sql, workspaceId, numberId)
  if (number === null) return false
  return changeState(sql, workspaceId, numberId, standingByTime(number, nowMs), new Date(nowMs))
}

function differs(number: NumberFacts, standing: Standing): boolean {
  return number.state !== standing.state || number.reason !== standing.reason
}
