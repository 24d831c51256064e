import { type Database, readWorkspace } from '../platform/db.ts'
import { readFeedRows } from './feed-store.ts'
import { buildFrames, type Frame, type ReadyRow } from './frames.ts'

/** How long a hole in what was published may stand before the feed itself is read: commits end out of order. */
const GAP_WAIT_MS = 20
/** How long to wait before the feed is read again after a failure. */
const RETRY_WAIT_MS = 1_000
/** Rows read at once to fill a hole. */
const FILL_ROWS_MAX = 1_000
/** Rows that wait behind a hole; past this they are forgotten and read from the feed instead. */
const WAITING_ROWS_MAX = 5_000

export type FrameListener = (frame: Frame) => void

/** Passes on what was committed, in order of `seq`, each row once and none left out. */
export interface FeedHub {
  /** Takes rows just committed, in any order, also twice. */
  publish(workspaceId: string, rows: readonly ReadyRow[]): void
  /** Tells that the feed has come as far as `seq`, committed by somebody else. */
  notice(workspaceId: string, seq: number): void
  /** From now on `listener` gets every frame; what was before it reads from the feed. Gives the way to stop. */
  subscribe(workspaceId: string, listener: FrameListener): () => void
  close(): void
}

export function openFeedHub(options: { database: Database; onError: (error: unknown, what: string) => void }): FeedHub {
  const feeds = new Map<string, WorkspaceFeed>()
  const feedOf = (workspaceId: string) => {
    const known = feeds.get(workspaceId)
    if (known !== undefined) return known
    const feed = new WorkspaceFeed(
      (after) =>
        readWorkspace(options.database, workspaceId, (sql) => readFeedRows(sql, workspaceId, after, FILL_ROWS_MAX)),
      (error) => options.onError(error, 'filling a hole of the feed'),
    )
    feeds.set(workspaceId, feed)
    return feed
  }
  return {
    publish: (workspaceId, rows) => feedOf(workspaceId).publish(rows),
    notice: (workspaceId, seq) => feedOf(workspaceId).notice(seq),
    subscribe: (workspaceId, listener) => feedOf(workspaceId).subscribe(listener),
    close: () => {
      for (const feed of feeds.values()) feed.close()
    },
  }
}

class WorkspaceFeed {
  readonly #read: (after: number) => Promise<ReadyRow[]>
  readonly #onError: (error: unknown) => void
  readonly #listeners = new Set<FrameListener>()
  /** Everything up to here was passed on; `null` until the first row of this process shows where the feed is. */
  #passedOn: number | null = null
  /** The furthest position anybody told us of. */
  #furthest = 0
  readonly #waiting = new Map<number, ReadyRow>()
  #timer: NodeJS.Timeout | null = null
  #filling = false
  #closed = false

  constructor(read: (after: number) => Promise<ReadyRow[]>, onError: (error: unknown) => void) {
    this.#read = read
    this.#onError = onError
  }

  subscribe(listener: FrameListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  publish(rows: readonly ReadyRow[]): void {
    const lowest = rows.reduce((low, row) => Math.min(low, row.seq), Number.POSITIVE_INFINITY)
    if (rows.length === 0) return
    // Nobody was promised anything from before: a client that needs older rows reads them by its cursor.
    this.#passedOn ??= lowest - 1
    for (const row of rows) {
      if (row.seq > this.#passedOn) this.#waiting.set(row.seq, row)
      this.#furthest = Math.max(this.#furthest, row.seq)
    }
    this.#drain()
  }

  notice(seq: number): void {
    if (seq <= this.#furthest) return
    this.#passedOn ??= seq - 1
    this.#furthest = seq
    this.#fillSoon()
  }

  close(): void {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  /** Passes on what follows without a hole. */
  #drain(): void {
    if (this.#passedOn === null) return
    const ready: ReadyRow[] = []
    let next = this.#waiting.get(this.#passedOn + 1)
    while (next !== undefined) {
      this.#waiting.delete(next.seq)
      ready.push(next)
      this.#passedOn = next.seq
      next = this.#waiting.get(this.#passedOn + 1)
    }
    if (ready.length > 0 && this.#listeners.size > 0) {
      for (const frame of buildFrames(ready)) for (const listener of this.#listeners) listener(frame)
    }
    if (this.#waiting.size > WAITING_ROWS_MAX) this.#waiting.clear()
    if (this.#furthest > this.#passedOn) this.#fillSoon()
  }

  #fillSoon(waitMs = GAP_WAIT_MS): void {
    if (this.#timer !== null || this.#filling || this.#closed) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#fill()
    }, waitMs)
  }

  async #fill(): Promise<void> {
    if (this.#passedOn === null || this.#furthest <= this.#passedOn) return
    this.#filling = true
    try {
      this.#takeRead(await this.#read(this.#passedOn), this.#passedOn)
    } catch (error) {
      this.#filling = false
      this.#onError(error)
      return this.#fillSoon(RETRY_WAIT_MS)
    }
    this.#filling = false
    if (!this.#closed) this.#drain()
  }

  #takeRead(rows: readonly ReadyRow[], passedOn: number): void {
    for (const row of rows) this.#waiting.set(row.seq, row)
    // The feed no longer has what the hole needs: go on behind it. Who is before it gets a fresh snapshot.
    const first = rows[0]?.seq ?? this.#furthest + 1
    if (!this.#waiting.has(passedOn + 1)) this.#passedOn = first - 1
  }
}
