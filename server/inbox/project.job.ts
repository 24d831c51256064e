import {
  type Delivery,
  isDatabaseAway,
  type Projector,
  projectDeliveries,
  tellUnrecognised,
} from './project-deliveries.ts'
import { oldestQueuedMs, type QueuedDelivery, readBodies, readQueue, requeueUnplaced } from './queue-store.ts'
import { statisticsRefresher } from './refresh-statistics.ts'

/** Deliveries projected together, on the live lane. */
const LIVE_DELIVERIES_MAX = 500
/** Bytes of bodies projected together, on the live lane. */
const LIVE_BYTES_MAX = 4 * 1024 * 1024
/**
 * The live lane starts no sooner than this after its last start, and rests as long as its last transaction took beyond what
 * is free, up to a limit: a transaction costs much more than a message more in it, and on a busy machine small ones would
 * take all the CPU there is. Where many wait already there is nothing to wait for.
 */
const LIVE_PACE = { intervalMs: 5, freeMs: 8, restMsMax: 10, crowd: 64 }
const HISTORY_PACE = { intervalMs: 0, freeMs: 0, restMsMax: 0, crowd: 0 }
/** Imports at the same time, each with a connection of its own; a third one gains nothing on two cores. */
const HISTORY_LANES = 2
/** Messages of an import in one transaction: live traffic waits for no longer than that takes. */
const FACTS_BESIDE_LIVE_MAX = 250
const FACTS_QUIET_MAX = 2_000
/** How long after live traffic an import still holds back. */
const LIVE_RECENTLY_MS = 1_000
/** Bodies handed over in memory; what comes beyond is read from the table. */
const MEMORY_BYTES_MAX = 32 * 1024 * 1024
/** Deliveries known by id; what comes beyond is found by the sweep. */
const KNOWN_MAX = 100_000
/** A body above this is an import, whatever it says. */
const LIVE_BODY_BYTES_MAX = 128 * 1024
/** The queue is swept for what this process does not know: left by a crash, postponed, or taken in by others. */
const SWEEP_INTERVAL_MS = 1_000
const SWEEP_DELIVERIES_MAX = 1_000
/** Others get this long to project what they took in themselves. */
const SWEEP_AGE_MS = 5_000
/** The wait when the database is away. */
const AWAY_WAIT_MS = 250

const HISTORY_MARK = Buffer.from('"history"')

export interface StoredBody {
  readonly id: string
  readonly receivedAtMs: number
  readonly body: Buffer
}

export interface RunningProjector {
  /** Takes deliveries just stored; they need not be read from the table again. */
  offer(deliveries: readonly StoredBody[]): void
  /** Looks into the queue now: for deliveries that came back into it. */
  sweep(): Promise<void>
  /** Puts what came for this number, or its account, before it was connected back into the queue; gives how many. */
  replayUnplaced(phoneNumberId: string, wabaId: string): Promise<number>
  /** Age of the oldest delivery that is stored and not yet projected; 0 when there is none. */
  lagMs(): Promise<number>
  /** Resolves when nothing that is known here waits any more. */
  idle(): Promise<void>
  /** Finishes what is being projected and stops; the rest stays queued. */
  stop(): Promise<void>
}

export type ProjectorOptions = Omit<Projector, 'factsPerTransaction'>

interface Entry {
  readonly id: string
  readonly receivedAtMs: number
  readonly attempts: number
  readonly bytes: number
  /** `null`: to be read from the table. */
  readonly body: Buffer | null
}

/**
 * Projects what intake has stored, on lanes of their own for live traffic and for imports, so that no live message
 * waits for one. What a crash has left in the queue is taken first.
 */
export function startProjector(options: ProjectorOptions): RunningProjector {
  const runner = new Runner(options)
  runner.start()
  return runner
}

class Runner implements RunningProjector {
  readonly #options: ProjectorOptions
  readonly #live: Lane
  readonly #history: Lane
  readonly #known = new Set<string>()
  readonly #countFacts: (facts: number) => void
  #memoryBytes = 0
  #lastLiveMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null
  #sweeping: Promise<void> | null = null
  #stopped = false
  #idleWaiters: (() => void)[] = []

  constructor(options: ProjectorOptions) {
    this.#options = options
    this.#countFacts = statisticsRefresher(options.database, options.onFailure)
    const deps = (factsPerTransaction: () => number): Projector => ({ ...options, factsPerTransaction })
    const importFacts = () => {
      const quiet = options.clock.nowMs() - this.#lastLiveMs > LIVE_RECENTLY_MS
      return quiet ? FACTS_QUIET_MAX : FACTS_BESIDE_LIVE_MAX
    }
    const liveDeps = deps(() => FACTS_QUIET_MAX)
    const historyDeps = deps(importFacts)
    this.#live = new Lane(1, LIVE_PACE, (entries) => this.#project(liveDeps, entries), takeLive)
    this.#history = new Lane(HISTORY_LANES, HISTORY_PACE, (entries) => this.#project(historyDeps, entries), takeOne)
  }

  start(): void {
    void this.#sweep(0)
    this.#timer = setInterval(() => void this.#sweep(SWEEP_AGE_MS), SWEEP_INTERVAL_MS)
    this.#timer.unref()
  }

  offer(deliveries: readonly StoredBody[]): void {
    for (const { id, receivedAtMs, body } of deliveries) {
      // A sweep may have seen it first: it reads the queue while the commit's answer is on its way here.
      if (this.#known.has(id) || this.#known.size >= KNOWN_MAX || this.#stopped) continue
      const fits = this.#memoryBytes + body.length <= MEMORY_BYTES_MAX
      const entry = { id, receivedAtMs, attempts: 0, bytes: body.length, body: fits ? body : null }
      const isImport = body.length > LIVE_BODY_BYTES_MAX || body.includes(HISTORY_MARK)
      this.#add(entry, isImport)
    }
  }

  async sweep(): Promise<void> {
    await this.#sweeping
    await this.#sweep(0)
  }

  async replayUnplaced(phoneNumberId: string, wabaId: string): Promise<number> {
    const count = await requeueUnplaced(this.#options.database, [phoneNumberId, wabaId])
    if (count === 0) return 0
    await tellUnrecognised(this.#options)
    void this.sweep()
    return count
  }

  async lagMs(): Promise<number> {
    const oldest = await oldestQueuedMs(this.#options.database)
    return oldest === null ? 0 : Math.max(0, this.#options.clock.nowMs() - oldest)
  }

  async idle(): Promise<void> {
    await this.#sweeping
    if (this.#known.size === 0) return
    await new Promise<void>((done) => this.#idleWaiters.push(done))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#sweeping
    await Promise.all([this.#live.stop(), this.#history.stop()])
  }

  #add(entry: Entry, isImport: boolean): void {
    this.#known.add(entry.id)
    if (entry.body !== null) this.#memoryBytes += entry.bytes
    if (isImport) return this.#history.add(entry)
    this.#lastLiveMs = this.#options.clock.nowMs()
    this.#live.add(entry)
  }

  #sweep(ageMs: number): Promise<void> {
    if (this.#sweeping !== null || this.#stopped) return this.#sweeping ?? Promise.resolve()
    this.#sweeping = this.#takeQueued(ageMs)
      .catch((error: unknown) => this.#options.onFailure(error, 'sweeping the queue'))
      .finally(() => {
        this.#sweeping = null
      })
    return this.#sweeping
  }

  async #takeQueued(ageMs: number): Promise<void> {
    const nowMs = this.#options.clock.nowMs()
    const queued = await readQueue(this.#options.database, nowMs, nowMs - ageMs, SWEEP_DELIVERIES_MAX)
    for (const delivery of queued) {
      if (!this.#known.has(delivery.id)) this.#add(entryOf(delivery), delivery.bytes > LIVE_BODY_BYTES_MAX)
    }
  }

  /** Projects entries, and again while the database is away. */
  async #project(deps: Projector, entries: readonly Entry[]): Promise<void> {
    for (;;) {
      try {
        this.#countFacts(await projectDeliveries(deps, await this.#withBodies(entries)))
        break
      } catch (error) {
        const away = isDatabaseAway(error)
        deps.onFailure(error, away ? 'the database is away' : 'projecting')
        // A surprise: the deliveries are still queued, and the sweep will bring them again.
        if (!away || this.#stopped) break
        await new Promise((done) => setTimeout(done, AWAY_WAIT_MS))
      }
    }
    for (const entry of entries) {
      this.#known.delete(entry.id)
      if (entry.body !== null) this.#memoryBytes -= entry.bytes
    }
    if (this.#known.size === 0) for (const done of this.#idleWaiters.splice(0)) done()
  }

  async #withBodies(entries: readonly Entry[]): Promise<Delivery[]> {
    const missing = entries.filter(({ body }) => body === null).map(({ id }) => id)
    const read = missing.length === 0 ? new Map<string, Buffer>() : await readBodies(this.#options.database, missing)
    return entries.flatMap((entry) => {
      const body = entry.body ?? read.get(entry.id)
      return body === undefined ? [] : [{ ...entry, body }]
    })
  }
}

function entryOf({ id, receivedAtMs, attempts, bytes }: QueuedDelivery): Entry {
  return { id, receivedAtMs, attempts, bytes, body: null }
}

/** As many as are there, up to the limits. */
function takeLive(queue: Entry[]): Entry[] {
  let bytes = 0
  let count = 0
  while (count < queue.length && count < LIVE_DELIVERIES_MAX && (count === 0 || bytes < LIVE_BYTES_MAX)) {
    bytes += (queue[count] as Entry).bytes
    count++
  }
  return queue.splice(0, count)
}

function takeOne(queue: Entry[]): Entry[] {
  return queue.splice(0, 1)
}

interface Pace {
  /** Between two starts, at the least. */
  readonly intervalMs: number
  /** Work that asks for no rest. Milliseconds. */
  readonly freeMs: number
  readonly restMsMax: number
  /** From so many waiting entries on there is no rest. */
  readonly crowd: number
}

/** A queue with workers: each takes what `take` gives it, at its pace. */
class Lane {
  readonly #queue: Entry[] = []
  readonly #workersMax: number
  readonly #pace: Pace
  readonly #work: (entries: readonly Entry[]) => Promise<void>
  readonly #take: (queue: Entry[]) => Entry[]
  readonly #running = new Set<Promise<void>>()
  #active = 0
  #nextStartMs = Number.NEGATIVE_INFINITY
  #stopped = false

  constructor(
    workersMax: number,
    pace: Pace,
    work: (entries: readonly Entry[]) => Promise<void>,
    take: (queue: Entry[]) => Entry[],
  ) {
    this.#workersMax = workersMax
    this.#pace = pace
    this.#work = work
    this.#take = take
  }

  add(entry: Entry): void {
    this.#queue.push(entry)
    if (this.#active >= this.#workersMax || this.#stopped) return
    // Counted by hand, so that nothing can be added between the end of a worker's loop and the end of its promise.
    this.#active++
    const worker: Promise<void> = this.#run().finally(() => this.#running.delete(worker))
    this.#running.add(worker)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#running)
  }

  async #run(): Promise<void> {
    // The entries of one commit are offered one after the other: the first must not leave without the rest.
    await new Promise((done) => setImmediate(done))
    while (this.#queue.length > 0 && !this.#stopped) {
      const waitMs = this.#nextStartMs - performance.now()
      if (waitMs > 0 && this.#queue.length < this.#pace.crowd) await new Promise((done) => setTimeout(done, waitMs))
      const startMs = performance.now()
      const entries = this.#take(this.#queue)
      if (entries.length > 0) await this.#work(entries)
      this.#nextStartMs = this.#nextAfter(startMs, performance.now())
    }
    this.#active--
  }

  #nextAfter(startMs: number, endMs: number): number {
    const { intervalMs, freeMs, restMsMax } = this.#pace
    const restMs = Math.min(Math.max(endMs - startMs - freeMs, 0), restMsMax)
    return Math.max(startMs + intervalMs, endMs + restMs)
  }
}
