import type { BusinessNumber, Sync, SyncKind, SyncState } from '../../../contract/number.ts'

const RUNNING: readonly SyncState[] = ['asked', 'receiving', 'silent']
/** An estimate from less than this would be a guess. */
const PERCENT_MIN = 3

export function syncOf(number: BusinessNumber, kind: SyncKind): Sync | undefined {
  return number.syncs.find((sync) => sync.kind === kind)
}

export function historyOf(number: BusinessNumber): Sync | undefined {
  return syncOf(number, 'history')
}

/** Still on its way, or expected. */
export function isRunning(sync: Sync): boolean {
  return RUNNING.includes(sync.state)
}

/**
 * Milliseconds until the import is likely to be done, from Meta's own percentage and the time it took so far; `null` while
 * too little is known.
 */
export function remainingMs(sync: Sync): number | null {
  const { progressPercent: percent, askedAtMs, lastChunkAtMs } = sync
  if (percent === null || percent < PERCENT_MIN || percent >= 100 || askedAtMs === null || lastChunkAtMs === null)
    return null
  const tookMs = lastChunkAtMs - askedAtMs
  return tookMs <= 0 ? null : Math.round((tookMs / percent) * (100 - percent))
}

/** The first of these syncs that nobody has asked for although its deadline is near. */
export function alarmOf(syncs: readonly Sync[], nowMs: number): Sync | undefined {
  return syncs.find(({ state, alarmedAtMs, deadlineMs }) => {
    return state === 'not_asked' && alarmedAtMs !== null && deadlineMs !== null && nowMs < deadlineMs
  })
}

/** Whether a person may have it asked for: the same rule as the server's, which has the last word. */
export function mayAsk(sync: Sync, nowMs: number): boolean {
  return sync.state === 'not_asked' && sync.deadlineMs !== null && nowMs < sync.deadlineMs
}
