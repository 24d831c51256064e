import { inWorkspace, outsideWorkspaces } from '../platform/db.ts'
import { type ChannelListener, listenToChannel } from '../platform/listen-channel.ts'
import { tellSenders } from './notice-store.ts'
import { NumberWindow } from './number-window.ts'
import { endLeases } from './pace-store.ts'
import { COUNTS_MAX, NOBODY, readNotice, SEND_CHANNEL, type SendNotice } from './send-notice.ts'
import { type WorkspaceDeps, WorkspaceSender } from './send-workspace.ts'

/** Milliseconds in which messages that came in are gathered before other processes are told. */
const TELL_WAIT_MS = 15
/** How often, in milliseconds, a process says that it is there, and for how long it is believed. */
const HERE_EVERY_MS = 30_000
const HERE_FOR_MS = 90_000
/** Numbers whose traffic is remembered; who has not been heard of for longest is forgotten first. */
const NUMBERS_MAX = 10_000

/** The sender of this process. */
export interface Sending {
  /** The name under which it holds numbers. */
  readonly holder: string
  /** A message waits: to be called after the commit. */
  wake(workspaceId: string, numberId: string): void
  /** Messages of customers or of its phone have come in for a number. */
  heard(numberId: string, count: number): void
  /** Begins to send. */
  start(databaseUrl: string): Promise<void>
  /** Resolves when nothing is on its way and nothing can go out now. */
  idle(): Promise<void>
  /** Ends the calls that are being made and writes what became of them. */
  stop(): Promise<void>
}

export type SendingDeps = Omit<WorkspaceDeps, 'windowOf'>

/** What sends the messages of all workspaces, as far as this process holds their numbers. */
export function createSending(deps: SendingDeps): Sending {
  const sender = new ProcessSender(deps)
  return {
    holder: deps.holder,
    wake: (workspaceId, numberId) => sender.wake(workspaceId, numberId),
    heard: (numberId, count) => sender.heard(numberId, count),
    start: (databaseUrl) => sender.start(databaseUrl),
    idle: () => sender.idle(),
    stop: () => sender.stop(),
  }
}

class ProcessSender {
  readonly #deps: SendingDeps
  readonly #workspaces = new Map<string, WorkspaceSender>()
  readonly #windows = new Map<string, NumberWindow>()
  /** Other processes, and when each was heard of. */
  readonly #others = new Map<string, number>()
  #untold = new Map<string, number>()
  #woken: { readonly workspaceId: string; readonly numberId: string }[] = []
  #tellTimer: NodeJS.Timeout | null = null
  #hereTimer: NodeJS.Timeout | null = null
  #listener: ChannelListener | null = null
  #state: 'new' | 'started' | 'stopped' = 'new'

  constructor(deps: SendingDeps) {
    this.#deps = deps
  }

  wake(workspaceId: string, numberId: string): void {
    if (this.#state === 'new') this.#woken.push({ workspaceId, numberId })
    if (this.#state === 'started') this.#senderOf(workspaceId).wake(numberId)
  }

  heard(numberId: string, count: number): void {
    this.#windowOf(numberId).hear(performance.now(), count)
    if (this.#others.size === 0) return
    this.#untold.set(numberId, (this.#untold.get(numberId) ?? 0) + count)
    this.#tellTimer ??= setTimeout(() => this.#tellHeard(), TELL_WAIT_MS)
  }

  async start(databaseUrl: string): Promise<void> {
    this.#listener = await listenToChannel({
      databaseUrl,
      channel: SEND_CHANNEL,
      hear: (payload) => this.#hear(payload),
      onAgain: () => this.#tell({ by: this.#deps.holder, what: 'hello' }),
      onError: this.#deps.onError,
    })
    this.#state = 'started'
    await this.#tell({ by: this.#deps.holder, what: 'hello' })
    this.#hereTimer = setInterval(() => this.#stay(), HERE_EVERY_MS)
    this.#hereTimer.unref()
    for (const { workspaceId, numberId } of this.#woken.splice(0)) this.wake(workspaceId, numberId)
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#workspaces.values()].map((sender) => sender.idle()))
  }

  async stop(): Promise<void> {
    this.#state = 'stopped'
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer)
    if (this.#hereTimer !== null) clearInterval(this.#hereTimer)
    await this.#listener?.close()
    await Promise.all([...this.#workspaces.values()].map((sender) => sender.stop()))
    for (const workspaceId of this.#workspaces.keys()) {
      await inWorkspace(this.#deps.database, workspaceId, (sql) => endLeases(sql, workspaceId, this.#deps.holder))
    }
  }

  #senderOf(workspaceId: string): WorkspaceSender {
    const known = this.#workspaces.get(workspaceId)
    if (known !== undefined) return known
    const sender = new WorkspaceSender({ ...this.#deps, windowOf: (id) => this.#windowOf(id) }, workspaceId)
    this.#workspaces.set(workspaceId, sender)
    return sender
  }

  #windowOf(numberId: string): NumberWindow {
    const window = this.#windows.get(numberId) ?? new NumberWindow()
    this.#windows.delete(numberId)
    this.#windows.set(numberId, window)
    if (this.#windows.size > NUMBERS_MAX) this.#windows.delete(this.#windows.keys().next().value as string)
    return window
  }

  #hear(payload: string): void {
    const notice = readNotice(payload)
    if (notice === null || notice.by === this.#deps.holder || this.#state !== 'started') return
    if (notice.by !== NOBODY && notice.what !== 'waits') this.#others.set(notice.by, performance.now())
    switch (notice.what) {
      case 'waits':
        return this.wake(notice.workspaceId, notice.numberId)
      case 'held':
        return this.#workspaces.get(notice.workspaceId)?.wait(notice.wait)
      case 'heard':
        for (const [numberId, count] of notice.counts) this.#windowOf(numberId).hear(performance.now(), count)
        return
      case 'hello':
        return void this.#tell({ by: this.#deps.holder, what: 'here' })
      case 'here':
        return
      default:
        notice satisfies never
    }
  }

  #stay(): void {
    const sinceMs = performance.now() - HERE_FOR_MS
    for (const [name, atMs] of this.#others) if (atMs < sinceMs) this.#others.delete(name)
    void this.#tell({ by: this.#deps.holder, what: 'here' })
  }

  #tellHeard(): void {
    this.#tellTimer = null
    const counts = [...this.#untold]
    this.#untold = new Map()
    for (let at = 0; at < counts.length; at += COUNTS_MAX) {
      void this.#tell({ by: this.#deps.holder, what: 'heard', counts: counts.slice(at, at + COUNTS_MAX) })
    }
  }

  async #tell(notice: SendNotice): Promise<void> {
    try {
      await outsideWorkspaces(this.#deps.database, (sql) => tellSenders(sql, notice))
    } catch (error) {
      this.#deps.onError(error, 'telling other processes about sends')
    }
  }
}
