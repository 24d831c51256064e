import type { WebSocket } from 'ws'
import { STREAM_ROWS_PER_FRAME_MAX } from '../../contract/api/stream.ts'
import { buildFrames, type Frame, frameText, type ReadyRow } from './frames.ts'

/** Bytes that may wait in the server for one browser; past this it is written nothing until it has read. */
const BUFFERED_BYTES_MAX = 1024 * 1024
/** Pings that may go unanswered before the connection counts as dead. */
const MISSED_PONGS_MAX = 2
/** Tells the browser that its cursor is worthless; from the range that RFC 6455 leaves to applications. */
export const CLOSE_RESET = 4009
export const CLOSE_INTERNAL = 1011

/**
 * One browser. It is `live` while it has everything that was passed on, and gets each new frame as it comes. Whenever
 * it misses one (it reads slowly, or has just come) it is behind: it then reads the feed from its own cursor, page by
 * page and no faster than the browser takes them, until it has caught up. So a slow browser costs one cursor.
 */
export class StreamClient {
  readonly #socket: WebSocket
  readonly #read: (after: number, limit: number) => Promise<ReadyRow[]>
  readonly #onError: (error: unknown) => void
  #cursor: number
  #newest: number
  #live = false
  #pumping = false
  #missedPongs = 0
  #sentSinceBeat = true

  constructor(options: {
    socket: WebSocket
    cursor: number
    head: number
    read: (after: number, limit: number) => Promise<ReadyRow[]>
    onError: (error: unknown) => void
  }) {
    this.#socket = options.socket
    this.#cursor = options.cursor
    this.#newest = options.head
    this.#read = options.read
    this.#onError = options.onError
    this.#socket.on('pong', () => {
      this.#missedPongs = 0
    })
  }

  /** Begins with the rows after the cursor. */
  start(): void {
    void this.#catchUp()
  }

  take(frame: Frame): void {
    this.#newest = Math.max(this.#newest, frame.last)
    if (frame.last <= this.#cursor) return
    const fits = this.#live && frame.first === this.#cursor + 1 && this.#hasRoom()
    if (fits) return this.#sendFrame(frame)
    this.#live = false
    void this.#catchUp()
  }

  /** Called at every interval of the pings. */
  beat(nowMs: number): void {
    if (this.#missedPongs >= MISSED_PONGS_MAX) return this.#socket.terminate()
    this.#missedPongs++
    this.#socket.ping()
    if (!this.#sentSinceBeat && this.#live) this.#socket.send(frameText({ type: 'ping', nowMs }))
    this.#sentSinceBeat = false
  }

  async #catchUp(): Promise<void> {
    if (this.#pumping || this.#live) return
    this.#pumping = true
    try {
      while (this.#isOpen() && this.#hasRoom() && !this.#live) await this.#sendPage()
    } catch (error) {
      this.#onError(error)
      this.#socket.close(CLOSE_INTERNAL)
    } finally {
      this.#pumping = false
    }
  }

  async #sendPage(): Promise<void> {
    if (this.#cursor >= this.#newest) {
      this.#live = true
      return
    }
    const rows = await this.#read(this.#cursor, STREAM_ROWS_PER_FRAME_MAX)
    const first = rows[0]
    // What comes next is no longer kept.
    if (first === undefined || first.seq !== this.#cursor + 1) return this.#reset()
    for (const frame of buildFrames(rows)) this.#sendFrame(frame)
  }

  #sendFrame(frame: Frame): void {
    this.#cursor = frame.last
    this.#sentSinceBeat = true
    this.#socket.send(frame.text, () => {
      if (!this.#live && this.#hasRoom()) void this.#catchUp()
    })
  }

  #reset(): void {
    this.#socket.send(frameText({ type: 'reset' }))
    this.#socket.close(CLOSE_RESET)
  }

  #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  #hasRoom(): boolean {
    return this.#socket.bufferedAmount <= BUFFERED_BYTES_MAX
  }
}
