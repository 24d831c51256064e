import WebSocket from 'ws'
import type { StreamMessage } from '../../contract/api/stream.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'

export interface StreamAddress {
  readonly url: string
  readonly cookie: string
  readonly origin: string
}

export interface StreamSubscription {
  /** Rows that came out of order or left a gap. */
  readonly gaps: () => number
  close(): void
}

/** Subscribes as a browser does; `now` is the arrival, `performance.now()`. Resolves after the server's `hello`. */
export async function subscribe(
  { url, cookie, origin }: StreamAddress,
  onRow: (row: FeedRow, now: number) => void,
): Promise<StreamSubscription> {
  let gaps = 0
  let lastSeq: number | null = null
  const socket = new WebSocket(url, { headers: { cookie, origin } })
  const take = (message: StreamMessage, now: number) => {
    if (message.type !== 'rows') return
    for (const row of message.rows) {
      if (lastSeq !== null && row.seq !== lastSeq + 1) gaps += 1
      lastSeq = row.seq
      onRow(row, now)
    }
  }
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', (code) => reject(new Error(`the stream closed with ${code}`)))
    socket.on('message', (bytes: Buffer) => {
      const now = performance.now()
      take(JSON.parse(bytes.toString()) as StreamMessage, now)
      resolve()
    })
  })
  return { gaps: () => gaps, close: () => socket.terminate() }
}
