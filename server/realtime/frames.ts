import { STREAM_ROWS_PER_FRAME_MAX, type StreamMessage } from '../../contract/api/stream.ts'

/** A row of the feed as it travels: the event is JSON already, and is copied into frames as it is. */
export interface ReadyRow {
  readonly seq: number
  readonly atMs: number
  readonly eventJson: string
}

/** Rows `first`…`last` of a feed as one message of the stream, built once and sent to everybody. */
export interface Frame {
  readonly first: number
  readonly last: number
  readonly text: string
}

/**
 * Builds frames of at most 500 rows out of rows that follow each other. The events are JSON already; parsing and
 * printing them again would cost more than everything else the stream does.
 */
export function buildFrames(rows: readonly ReadyRow[]): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < rows.length; at += STREAM_ROWS_PER_FRAME_MAX) {
    const part = rows.slice(at, at + STREAM_ROWS_PER_FRAME_MAX)
    const first = part[0]
    const last = part[part.length - 1]
    if (first === undefined || last === undefined) break
    const joined = part.map((row) => `{"seq":${row.seq},"atMs":${row.atMs},"event":${row.eventJson}}`).join(',')
    frames.push({ first: first.seq, last: last.seq, text: `{"type":"rows","rows":[${joined}]}` })
  }
  return frames
}

/** Any other message of the stream. */
export function frameText(message: Exclude<StreamMessage, { type: 'rows' }>): string {
  return JSON.stringify(message)
}
