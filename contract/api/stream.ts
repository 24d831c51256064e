import type { Seq } from '../ids.ts'
import type { FeedRow } from '../inbox-event.ts'

/**
 * `GET /api/v1/stream?feed=<feedId>&after=<seq>` upgrades to a WebSocket. The server sends every row after `after`, in
 * order and without gaps, and goes on with new ones. The same call serves first connection and reconnection.
 */
export type StreamMessage =
  | { readonly type: 'hello'; readonly feedId: string; readonly seq: Seq; readonly nowMs: number }
  | { readonly type: 'rows'; readonly rows: readonly FeedRow[] }
  /** The cursor is of another feed or too old: take a fresh snapshot and connect again. */
  | { readonly type: 'reset' }
  /** Sent when nothing else was for a while, so that both ends notice a dead connection. */
  | { readonly type: 'ping'; readonly nowMs: number }

export const STREAM_PING_INTERVAL_MS = 15_000
/** A browser that has heard nothing for this long reconnects. */
export const STREAM_SILENCE_MAX_MS = 40_000
export const STREAM_ROWS_PER_FRAME_MAX = 500
