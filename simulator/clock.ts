import { popDue, pushDue } from './due-heap.ts'

/**
 * The simulated clock. It runs with real time (or stands still when frozen) and can be moved forward; whatever is due
 * on the way fires in order, each at its own instant, and what it started is waited for before time goes on. So seven
 * days of webhook retries pass in a test, with the right time stamps.
 */
export interface SimulatedClock {
  nowMs(): number
  /** Fires `task` at that instant, at once when it is past. A promise it returns holds a moving clock until it ends. */
  at(dueMs: number, task: Task, options?: TaskOptions): Cancel
  /** Moves forward to that instant (never back) and resolves when everything due on the way is done. */
  moveTo(targetMs: number): Promise<void>
  /** Registers what a moving clock waits for before it passes on to the next instant. */
  whenSettled(wait: () => Promise<void>): void
  close(): void
}
export type Task = () => unknown
export type Cancel = () => void
export interface TaskOptions {
  /** Passed over by a moved clock and fired at its end instead: chatter that would flood a leap of months. */
  readonly skippedByMoves?: boolean
}

/** Milliseconds of due tasks in one go: those that draw pictures would else keep everybody waiting. */
const FIRE_MS_MAX = 20
/** The longest that setTimeout takes, in ms. */
const TIMER_MS_MAX = 2 ** 31 - 1

interface Entry {
  readonly dueMs: number
  readonly order: number
  readonly task: Task
  readonly skipped: boolean
  cancelled: boolean
}

export interface ClockOptions {
  /** Unix ms; now without it. */
  readonly startMs?: number
  readonly frozen?: boolean
  /** What a task throws. */
  readonly onError: (error: unknown) => void
}

export function createClock(options: ClockOptions): SimulatedClock {
  return new RunningClock(options)
}

class RunningClock implements SimulatedClock {
  readonly #onError: (error: unknown) => void
  readonly #frozen: boolean
  readonly #queue: Entry[] = []
  readonly #waits: (() => Promise<void>)[] = []
  #offsetMs: number
  /** Where the clock stands: while it is moved, or for good when frozen. */
  #pinnedMs: number | null
  #order = 0
  #timer: NodeJS.Timeout | undefined
  #closed = false
  #moving: Promise<void> = Promise.resolve()

  constructor(options: ClockOptions) {
    const startMs = options.startMs ?? Date.now()
    this.#onError = options.onError
    this.#frozen = options.frozen ?? false
    this.#offsetMs = startMs - Date.now()
    this.#pinnedMs = this.#frozen ? startMs : null
  }

  nowMs(): number {
    return this.#pinnedMs ?? Date.now() + this.#offsetMs
  }

  at(dueMs: number, task: Task, options?: TaskOptions): Cancel {
    const skipped = options?.skippedByMoves ?? false
    const entry: Entry = { dueMs, order: this.#order++, task, skipped, cancelled: false }
    pushDue(this.#queue, entry)
    if (this.#frozen && dueMs <= this.nowMs()) void Promise.resolve().then(() => this.#fireFrozen())
    else if (this.#queue[0] === entry) this.#arm()
    return () => {
      entry.cancelled = true
    }
  }

  moveTo(targetMs: number): Promise<void> {
    this.#moving = this.#moving.then(() => this.#move(targetMs))
    return this.#moving
  }

  whenSettled(wait: () => Promise<void>): void {
    this.#waits.push(wait)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#queue.length = 0
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const next = this.#queue[0]
    if (this.#closed || !next || this.#pinnedMs !== null) return
    this.#timer = setTimeout(() => this.#fire(), Math.min(Math.max(next.dueMs - this.nowMs(), 0), TIMER_MS_MAX))
    this.#timer.unref()
  }

  #fire(): void {
    const until = performance.now() + FIRE_MS_MAX
    while (this.#pinnedMs === null && this.#isDue() && performance.now() < until) void this.#run(popDue(this.#queue))
    this.#arm()
  }

  /** A frozen clock has no timer: what is due at this very instant fires here. */
  async #fireFrozen(): Promise<void> {
    while (this.#isDue()) await this.#run(popDue(this.#queue))
  }

  #isDue(): boolean {
    const next = this.#queue[0]
    return !this.#closed && next !== undefined && next.dueMs <= this.nowMs()
  }

  async #run(entry: Entry | undefined): Promise<void> {
    if (!entry || entry.cancelled) return
    try {
      await entry.task()
    } catch (error) {
      this.#onError(error)
    }
  }

  async #move(targetMs: number): Promise<void> {
    if (targetMs <= this.nowMs() || this.#closed) return
    clearTimeout(this.#timer)
    this.#pinnedMs = this.nowMs()
    const passedOver = await this.#runUntil(targetMs)
    this.#pinnedMs = this.#frozen ? targetMs : null
    this.#offsetMs = targetMs - Date.now()
    for (const entry of passedOver) pushDue(this.#queue, { ...entry, dueMs: targetMs })
    if (this.#frozen) await this.#fireFrozen()
    this.#arm()
  }

  /** Everything due until then, each at its instant; gives what moves pass over. */
  async #runUntil(targetMs: number): Promise<Entry[]> {
    const passedOver: Entry[] = []
    for (;;) {
      const next = this.#queue[0]
      // What is under way may put new tasks before the next one: it is waited for before time goes on.
      if ((next?.dueMs ?? Number.POSITIVE_INFINITY) > this.nowMs()) for (const wait of this.#waits) await wait()
      if ((this.#queue[0]?.dueMs ?? Number.POSITIVE_INFINITY) > targetMs) return passedOver
      const entry = popDue(this.#queue)
      if (!entry || entry.cancelled) continue
      if (entry.skipped) passedOver.push(entry)
      else {
        this.#pinnedMs = Math.max(this.nowMs(), entry.dueMs)
        await this.#run(entry)
      }
    }
  }
}
