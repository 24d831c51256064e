import { STREAM_SILENCE_MAX_MS, type StreamMessage } from '../../contract/api/stream.ts'
import type { Seq } from '../../contract/ids.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'
import { backoffMs } from './backoff.ts'

/** After a tab slept, a connection silent for longer than this is not trusted. Milliseconds. */
const WAKE_SILENCE_MAX_MS = 20_000

/** `connecting`: for the first time; `reconnecting`: it was there and went away. */
export type LinkState = 'connecting' | 'live' | 'reconnecting'

export interface Cursor {
  readonly feedId: string
  readonly seq: Seq
}

/** What the connection needs of its surroundings; tests bring their own. */
export interface ConnectionSurroundings {
  openSocket(path: string): SocketLike
  /** Gives what cancels it. */
  setTimer(action: () => void, ms: number): () => void
  monotonicMs(): number
  random(): number
}

export interface SocketLike {
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: (() => void) | null
  close(): void
}

export interface ConnectionHandlers {
  /** Where to resume: asked anew at every connection. */
  cursor(): Cursor
  onRows(rows: readonly FeedRow[]): void
  /** The cursor is of another feed or too old. The connection has stopped itself. */
  onReset(): void
  onLink(state: LinkState): void
  /** The server's clock, whenever it tells it. */
  onServerTime(nowMs: number): void
}

/** Keeps one stream open, resuming by cursor after every loss, until stopped or reset. */
export class Connection {
  readonly #around: ConnectionSurroundings
  readonly #handlers: ConnectionHandlers
  #socket: SocketLike | null = null
  #cancelTimer = () => {}
  #attempt = 0
  #heardAtMs: number
  #stopped = false

  constructor(around: ConnectionSurroundings, handlers: ConnectionHandlers) {
    this.#around = around
    this.#handlers = handlers
    this.#heardAtMs = around.monotonicMs()
    this.#open()
  }

  /** The tab was shown or the network came back: do not wait for the next try. */
  wake(): void {
    if (this.#stopped) return
    this.#attempt = 0
    if (this.#socket === null) this.#open()
    else if (this.#silentMs() > WAKE_SILENCE_MAX_MS) this.#lose(this.#socket)
  }

  stop(): void {
    this.#stopped = true
    this.#cancelTimer()
    if (this.#socket !== null) detach(this.#socket)
    this.#socket = null
  }

  #open(): void {
    const { feedId, seq } = this.#handlers.cursor()
    const socket = this.#around.openSocket(`/api/v1/stream?feed=${encodeURIComponent(feedId)}&after=${seq}`)
    socket.onmessage = (event) => this.#hear(JSON.parse(String(event.data)) as StreamMessage)
    socket.onclose = () => this.#lose(socket)
    this.#socket = socket
    this.#heardAtMs = this.#around.monotonicMs()
    this.#watchSilence(socket)
  }

  #hear(message: StreamMessage): void {
    if (this.#stopped) return
    this.#heardAtMs = this.#around.monotonicMs()
    switch (message.type) {
      case 'hello':
        return this.#greet(message)
      case 'rows':
        return this.#handlers.onRows(message.rows)
      case 'reset':
        return this.#reset()
      case 'ping':
        return this.#handlers.onServerTime(message.nowMs)
      default:
        message satisfies never
    }
  }

  #greet(hello: Extract<StreamMessage, { type: 'hello' }>): void {
    const { feedId, seq } = this.#handlers.cursor()
    this.#handlers.onServerTime(hello.nowMs)
    // A feed that stands before our position is not the one we have read: a restored backup, another database.
    if (hello.feedId !== feedId || hello.seq < seq) return this.#reset()
    this.#attempt = 0
    this.#handlers.onLink('live')
  }

  #watchSilence(socket: SocketLike): void {
    const leftMs = STREAM_SILENCE_MAX_MS - this.#silentMs()
    if (leftMs <= 0) return this.#lose(socket)
    this.#setTimer(() => this.#watchSilence(socket), leftMs)
  }

  /** Gives a socket up. One that fell silent may say that it closed minutes later, so nobody waits for it. */
  #lose(socket: SocketLike): void {
    if (this.#stopped || this.#socket !== socket) return
    this.#socket = null
    detach(socket)
    this.#handlers.onLink('reconnecting')
    this.#setTimer(() => this.#open(), backoffMs(this.#attempt, this.#around.random()))
    this.#attempt += 1
  }

  #reset(): void {
    this.stop()
    this.#handlers.onReset()
  }

  #silentMs(): number {
    return this.#around.monotonicMs() - this.#heardAtMs
  }

  /** One timer at a time: either silence is watched or the next try is waited for. */
  #setTimer(action: () => void, ms: number): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#around.setTimer(action, ms)
  }
}

/** The browser's own surroundings. */
export function browserSurroundings(): ConnectionSurroundings {
  return {
    openSocket: (path) => new WebSocket(new URL(path, location.href.replace(/^http/, 'ws'))) as SocketLike,
    setTimer(action, ms) {
      const timer = setTimeout(action, ms)
      return () => clearTimeout(timer)
    },
    monotonicMs: () => performance.now(),
    random: () => Math.random(),
  }
}

function detach(socket: SocketLike): void {
  socket.onclose = null
  socket.onmessage = null
  socket.close()
}
