import { setTimeout as pause } from 'node:timers/promises'
import type { MessageRow } from '../inbox/rows.ts'
import { isDatabaseAway } from '../platform/api-fault.ts'
import type { Wait } from './back-off.ts'
import { PLAN_AHEAD_MS } from './claim-sends.ts'
import type { NumberWork } from './claim-store.ts'
import { NumberLane } from './number-lane.ts'
import type { Call, NumberWindow, Slot } from './number-window.ts'
import { type Round, type RoundDeps, runRound } from './run-round.ts'
import { type CallDeps, type ClaimedSend, sendClaimed } from './send-claimed.ts'
import { type Called, settleSend } from './settle-send.ts'
import { type HandOverDeps, handOverFile } from './upload-file.ts'

/** Calls of a workspace at once; each waits for Meta, and holds no connection to the database meanwhile. */
const CALLS_MAX = 400
/** Milliseconds for which the end of a call waits for others to be written with it, when nothing else is to be done. */
const SETTLE_WAIT_MS = 20
/** Milliseconds from one round to the next at least: a round costs much more than a message more in it. */
const ROUND_INTERVAL_MS = 20
/** Ended calls that are written together at most. */
const SETTLED_MAX = 200
/** Numbers that are due so soon are looked at together, in milliseconds. */
const TOGETHER_MS = 25
/** A call that could not be made for so long is given back: customers use the whole limit. Milliseconds. */
const GIVEN_BACK_AFTER_MS = 2_000
/** The wait after a round that failed, in milliseconds. */
const FAILED_WAIT_MS = 1_000
const NOT_CALLED = { kind: 'not_called' } as const

export interface WorkspaceDeps extends RoundDeps, CallDeps, HandOverDeps {
  readonly windowOf: (numberId: string) => NumberWindow
  readonly onError: (error: unknown, what: string) => void
}

/** Sends what waits of a workspace, round by round, as long as this process runs. */
export class WorkspaceSender {
  readonly #deps: WorkspaceDeps
  readonly #workspaceId: string
  readonly #lanes = new Map<string, NumberLane>()
  readonly #work = new Set<Promise<void>>()
  #called: (Called & { readonly numberId: string; readonly conversationId: string })[] = []
  #settleAtMs: number | null = null
  #calls = 0
  #nextRoundMs = Number.NEGATIVE_INFINITY
  #round: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #idleWaiters: (() => void)[] = []
  #stopped = false

  constructor(deps: WorkspaceDeps, workspaceId: string) {
    this.#deps = deps
    this.#workspaceId = workspaceId
  }

  /** Something may wait of the number. */
  wake(numberId: string): void {
    this.#laneOf(numberId).lookBy(performance.now())
    this.#schedule()
  }

  /** Somebody else has heard that a number, or a customer, has to wait; calls that were planned are given back. */
  wait(wait: Wait): void {
    this.#lanes.get(wait.numberId)?.wait(wait, performance.now())
    this.#schedule()
  }

  /** Resolves when nothing is on its way and nothing can go out now. */
  async idle(): Promise<void> {
    if (this.#isIdle()) return
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve))
  }

  /** Takes nothing more on, waits for the calls that are being made and writes what became of them. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#round
    while (this.#work.size > 0) await Promise.all(this.#work)
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#round
    if (this.#called.length > 0) await this.#settleEach()
  }

  #laneOf(numberId: string): NumberLane {
    const known = this.#lanes.get(numberId)
    if (known !== undefined) return known
    const lane = new NumberLane(numberId, this.#deps.windowOf(numberId))
    this.#lanes.set(numberId, lane)
    return lane
  }

  #schedule(): void {
    if (this.#round !== null || this.#stopped) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const atMs = this.#nextMs()
    if (atMs === null) return this.#tellIdle()
    const inMs = Math.max(atMs, this.#nextRoundMs) - performance.now()
    if (inMs > 0) {
      this.#tellIdle()
      this.#timer = setTimeout(() => this.#run(), inMs)
    } else this.#run()
  }

  #nextMs(): number | null {
    const looks = this.#calls >= CALLS_MAX ? [] : [...this.#lanes.values()].flatMap(({ lookAtMs }) => lookAtMs ?? [])
    const settles = this.#settleAtMs === null ? [] : [this.#settleAtMs]
    return looks.length + settles.length === 0 ? null : Math.min(...looks, ...settles)
  }

  #run(): void {
    this.#nextRoundMs = performance.now() + ROUND_INTERVAL_MS
    this.#round = this.#runRound()
      .catch((error: unknown) => this.#deps.onError(error, 'sending'))
      .finally(() => {
        this.#round = null
        this.#schedule()
      })
  }

  async #runRound(): Promise<void> {
    const called = this.#called.splice(0, SETTLED_MAX)
    this.#settleAtMs = this.#called.length > 0 ? 0 : null
    const byMs = performance.now() + TOGETHER_MS
    const lanes = [...this.#lanes.values()].filter(({ lookAtMs }) => lookAtMs !== null && lookAtMs <= byMs)
    const claiming = this.#calls >= CALLS_MAX ? [] : lanes
    for (const lane of claiming) lane.lookAtMs = null
    for (const one of called) this.#laneOf(one.numberId).inFlight.delete(one.conversationId)
    try {
      const round = await runRound(this.#deps, this.#workspaceId, { called, lanes: claiming })
      for (const { numberId } of called) {
        const lane = this.#laneOf(numberId)
        // Who had one on its way may have the next, which the round has perhaps not looked for.
        if (lane.waitsForEnd) lane.lookBy(performance.now())
      }
      this.#start(round)
    } catch (error) {
      this.#deps.onError(error, 'sending')
      for (const one of called) this.#laneOf(one.numberId).inFlight.add(one.conversationId)
      this.#called.unshift(...called)
      for (const lane of claiming) lane.lookBy(performance.now() + FAILED_WAIT_MS)
      await this.#settleEach()
    }
  }

  /** One that cannot be written keeps no other from being written. When the database is away, all of them wait for it. */
  async #settleEach(): Promise<void> {
    const called = this.#called.splice(0)
    this.#settleAtMs = null
    for (const one of called) {
      try {
        const waits = await settleSend(this.#deps, this.#workspaceId, one.messageId, one.verdict)
        for (const wait of waits) this.#laneOf(wait.numberId).wait(wait, performance.now())
        this.#laneOf(one.numberId).inFlight.delete(one.conversationId)
      } catch (error) {
        this.#deps.onError(error, 'settling a send')
        if (!isDatabaseAway(error)) continue
        this.#called.push(one)
        this.#settleAtMs = performance.now() + FAILED_WAIT_MS
      }
    }
  }

  #start({ sends, handOver, waits }: Round): void {
    for (const wait of waits) this.#laneOf(wait.numberId).wait(wait, performance.now())
    const byNumber = Map.groupBy(sends, ({ row }) => row.numberId)
    for (const [numberId, claimed] of byNumber) {
      const lane = this.#laneOf(numberId)
      const waiting = Math.max(claimed.length, claimed[0]?.number.queued ?? 0)
      const wish = { perSecond: lane.perSecond, wanted: claimed.length, waiting, aheadMs: Number.POSITIVE_INFINITY }
      const slots = lane.window.plan(performance.now(), wish)
      for (const [index, send] of claimed.entries()) {
        lane.inFlight.add(send.row.conversationId)
        this.#calls++
        this.#do(this.#call(lane, send, slots[index] as Slot).finally(() => this.#calls--))
      }
    }
    for (const { row, number } of handOver) {
      const lane = this.#laneOf(row.numberId)
      if (!lane.handingOver.has(row.id)) this.#do(this.#handOver(lane, row, number))
    }
  }

  #do(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => this.#deps.onError(error, 'sending'))
      .finally(() => {
        this.#work.delete(done)
        this.#schedule()
      })
    this.#work.add(done)
  }

  /** Waits for the slot, looks at the number's limit once more, and calls. */
  async #call(lane: NumberLane, send: ClaimedSend, slot: Slot): Promise<void> {
    const call = await passGate(lane, slot, send.row.conversationId)
    const verdict = call === null ? NOT_CALLED : await sendClaimed(this.#deps, this.#workspaceId, send)
    if (call !== null) lane.window.answered(call, performance.now())
    const { row, waiting, number } = send
    const afterRefusals = waiting.refusals > 0 || number.pauses > 0
    const { id: messageId, numberId, conversationId } = row
    this.#called.push({ messageId, numberId, conversationId, verdict, afterRefusals })
    this.#settleAtMs ??= performance.now() + SETTLE_WAIT_MS
    if (call === null) lane.waitsForEnd = true
  }

  async #handOver(lane: NumberLane, row: MessageRow, number: NumberWork): Promise<void> {
    lane.handingOver.add(row.id)
    const heldMs = await handOverFile(this.#deps, this.#workspaceId, row, number).finally(() =>
      lane.handingOver.delete(row.id),
    )
    if (heldMs === null) lane.lookBy(performance.now())
    else lane.wait({ numberId: row.numberId, conversationId: row.conversationId, heldMs }, performance.now())
  }

  #isIdle(): boolean {
    const soonMs = performance.now() + 2 * PLAN_AHEAD_MS
    const isDue = [...this.#lanes.values()].some(({ lookAtMs }) => lookAtMs !== null && lookAtMs <= soonMs)
    return this.#round === null && this.#work.size === 0 && this.#called.length === 0 && !isDue
  }

  #tellIdle(): void {
    if (this.#idleWaiters.length === 0 || !this.#isIdle()) return
    for (const resolve of this.#idleWaiters.splice(0)) resolve()
  }
}

/**
 * Slots are planned; this looks at the calls as they are really made. A busy machine makes some late, and the next ones
 * must then not come too near. `null`: the call is not to be made, by this process or for now.
 */
async function passGate(lane: NumberLane, slot: Slot, conversationId: string): Promise<Call | null> {
  const untilMs = slot.atMs + GIVEN_BACK_AFTER_MS
  let waitMs = slot.atMs - performance.now()
  for (;;) {
    if (waitMs > 0) await pause(waitMs)
    const nowMs = performance.now()
    if (nowMs >= lane.callsUntilMs || nowMs > untilMs || lane.mustWait(conversationId, nowMs)) {
      lane.window.drop(slot)
      return null
    }
    const passed = lane.window.pass(nowMs, slot, lane.perSecond)
    if (typeof passed !== 'number') return passed
    waitMs = passed
  }
}
