import type { NumberState, SyncState } from '../../contract/number.ts'

/** Contacts and history may be asked for this long after the onboarding, once each. */
export const SYNC_WINDOW_MS = 24 * 60 * 60 * 1000
/** With less than this left and nothing asked for, somebody is told. */
export const ALARM_BEFORE_MS = 6 * 60 * 60 * 1000
/** A sync that was accepted and has brought nothing for this long is called silent. */
export const SILENT_AFTER_MS = 10 * 60 * 1000
/** An import whose last chunk is this old has stopped in the middle: longer than a phone sleeps beside its owner. */
export const PARTIAL_AFTER_MS = 8 * 60 * 60 * 1000
/**
 * Files of messages older than this at the onboarding never come.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history
 */
const FILES_BEFORE_MS = 14 * 24 * 60 * 60 * 1000

/** States in which the import of history holds nothing up any more: it is in, or it is not waited for. */
export const HISTORY_ENDED = [
  'complete',
  'partial',
  'silent',
  'declined',
  'too_late',
  'used_up',
] as const satisfies readonly SyncState[]

/** A number in one of these states cannot be asked for anything. */
const GONE: ReadonlySet<NumberState> = new Set<NumberState>(['removed', 'disabled'])

export interface OpenSync {
  readonly state: SyncState
  readonly askedAtMs: number | null
  readonly deadlineMs: number | null
  readonly alarmedAtMs: number | null
  /** History: when its last chunk came. */
  readonly lastChunkAtMs: number | null
  readonly numberState: NumberState
}

export type SyncStep = 'alarm' | 'too_late' | 'silent' | 'partial'

/** What time alone makes of a sync, or `null`. Nothing here asks Meta again: each request is taken once. */
export function stepOf(sync: OpenSync, nowMs: number): SyncStep | null {
  switch (sync.state) {
    case 'not_asked': {
      if (sync.deadlineMs === null) return null
      if (nowMs >= sync.deadlineMs) return 'too_late'
      const alarmed = sync.alarmedAtMs !== null || GONE.has(sync.numberState)
      return !alarmed && nowMs >= sync.deadlineMs - ALARM_BEFORE_MS ? 'alarm' : null
    }
    case 'asked':
      return sync.askedAtMs !== null && nowMs >= sync.askedAtMs + SILENT_AFTER_MS ? 'silent' : null
    case 'receiving':
      return sync.lastChunkAtMs !== null && nowMs >= sync.lastChunkAtMs + PARTIAL_AFTER_MS ? 'partial' : null
    default:
      return null
  }
}

/** Whether a person may have the request made: Meta has never taken it, and it would still be in time. */
export function mayAsk(sync: Pick<OpenSync, 'state' | 'deadlineMs'>, nowMs: number): boolean {
  return sync.state === 'not_asked' && (sync.deadlineMs === null || nowMs < sync.deadlineMs)
}

/** Files of messages since then may still come with the history; `null` when the onboarding's time is not known. */
export function filesFromMs(deadlineMs: number | null): number | null {
  return deadlineMs === null ? null : deadlineMs - SYNC_WINDOW_MS - FILES_BEFORE_MS
}
