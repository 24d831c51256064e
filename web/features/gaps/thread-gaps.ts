import type { CaptureGap, GapKind } from '../../../contract/api/gaps.ts'

/**
 * WhatsApp delivers again what we did not take, at least this long: a shorter outage leaves no hole in a thread.
 * Milliseconds. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 */
const DELIVERED_AGAIN_MS = 36 * 60 * 60 * 1000

const HISTORY: ReadonlySet<GapKind> = new Set<GapKind>([
  'history_declined',
  'history_silent',
  'history_partial',
  'history_too_late',
  'history_used_up',
])

/** What of the register a reader of a thread would wonder about. */
export interface ThreadGaps {
  /** Earlier messages are missing: stands where the thread begins. */
  readonly beginning: CaptureGap | null
  /** Times in which nothing came, oldest first: each stands between the messages around it. */
  readonly between: readonly CaptureGap[]
}

export const NO_GAPS: ThreadGaps = { beginning: null, between: [] }

/** Picks from the register of a number what is shown in its threads. */
export function threadGaps(gaps: readonly CaptureGap[]): ThreadGaps {
  return {
    beginning: gaps.find(({ kind, untilMs }) => HISTORY.has(kind) && untilMs === null) ?? null,
    between: gaps.filter(leavesHole).sort((a, b) => a.sinceMs - b.sinceMs),
  }
}

function leavesHole({ kind, sinceMs, untilMs }: CaptureGap): boolean {
  if (kind === 'disconnected') return true
  return (kind === 'outage' || kind === 'webhook_down') && untilMs !== null && untilMs - sinceMs > DELIVERED_AGAIN_MS
}
