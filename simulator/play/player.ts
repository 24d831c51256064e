import { perform } from '../chat/acts.ts'
import type { Cancel } from '../clock.ts'
import type { Act, Play } from '../control-api.ts'
import type { ScenarioAct } from '../scenario.ts'
import type { World } from '../world.ts'
import type { Script } from './load.ts'
import { continuationOf } from './scenarios.ts'

/** Plays the live acts of connected numbers, at the speed that is set; then the scenario goes on, if it can. */
export interface Player {
  add(script: Script): void
  /** The number was connected: its live acts begin, or go on after a reconnection. */
  begin(numberId: string): void
  set(play: Play): void
  state(): Required<Play>
  /** Where everything stands, as data; and going on from there, in another run. */
  saved(): SavedPlay
  resume(saved: SavedPlay): void
}
export interface SavedPlay {
  readonly play: Required<Play>
  readonly parts: readonly Omit<Part, 'cancel'>[]
}

interface Part {
  readonly script: Script
  acts: readonly ScenarioAct[]
  next: number
  /** 0 while the script lasts, then the number of the batch that goes on from it. */
  batch: number
  /** How far the script was played at `sinceMs`, as an offset of the scenario; `null` before onboarding. */
  positionMs: number | null
  sinceMs: number
  cancel: Cancel
}

export function createPlayer(world: World): Player {
  return new ScriptPlayer(world)
}

class ScriptPlayer implements Player {
  readonly #world: World
  readonly #parts = new Map<string, Part>()
  #running = true
  #speed = 1

  constructor(world: World) {
    this.#world = world
  }

  add(script: Script): void {
    const part = { script, acts: script.acts, next: 0, batch: 0, positionMs: null, sinceMs: 0, cancel: () => {} }
    this.#parts.set(script.number.id, part)
  }

  begin(numberId: string): void {
    // By the number, not by the id it began with: that changes with the phone's number.
    const part = [...this.#parts.values()].find(({ script }) => script.number.id === numberId)
    if (!part || part.positionMs !== null) return
    part.positionMs = 0
    part.sinceMs = this.#world.clock.nowMs()
    this.#schedule(part)
  }

  set(play: Play): void {
    for (const part of this.#parts.values()) this.#settle(part)
    this.#running = play.running
    this.#speed = play.speed ?? this.#speed
    for (const part of this.#parts.values()) this.#schedule(part)
  }

  state(): Required<Play> {
    return { running: this.#running, speed: this.#speed }
  }

  saved(): SavedPlay {
    for (const part of this.#parts.values()) this.#settle(part)
    return { play: this.state(), parts: [...this.#parts.values()].map(({ cancel: _cancel, ...part }) => part) }
  }

  resume(saved: SavedPlay): void {
    this.#running = saved.play.running
    this.#speed = saved.play.speed
    for (const kept of saved.parts) {
      const part: Part = { ...kept, sinceMs: this.#world.clock.nowMs(), cancel: () => {} }
      this.#parts.set(part.script.number.id, part)
      this.#schedule(part)
    }
  }

  #schedule(part: Part): void {
    part.cancel()
    if (!this.#running || part.positionMs === null) return
    if (part.next >= part.acts.length) goOn(part, part.positionMs)
    const act = part.acts[part.next]
    if (!act) return
    const waitMs = Math.max(0, act.atOffsetMs - part.positionMs) / this.#speed
    const options = { skippedByMoves: part.batch > 0 }
    part.cancel = this.#world.clock.at(part.sinceMs + waitMs, () => this.#step(part, act), options)
  }

  #step(part: Part, act: ScenarioAct): void {
    part.sinceMs = this.#world.clock.nowMs()
    part.positionMs = act.atOffsetMs
    part.next++
    playAct(this.#world, part.script, act, part.batch === 0 ? 'script_acts' : 'chatter_acts')
    this.#schedule(part)
  }

  #settle(part: Part): void {
    const nowMs = this.#world.clock.nowMs()
    if (part.positionMs !== null && this.#running) part.positionMs += (nowMs - part.sinceMs) * this.#speed
    part.sinceMs = nowMs
  }
}

/** More of the same people, when the acts known so far are played. */
function goOn(part: Part, positionMs: number): void {
  const { number, seed, goesOn } = part.script
  const more = goesOn ? continuationOf(number.scenario, seed) : null
  if (!more) return
  part.batch++
  part.acts = more(part.batch, positionMs, part.sinceMs - positionMs)
  part.next = 0
}

/** A scripted act, live. What cannot be done (editing too late, say) is counted, not fatal: scripts are random too. */
function playAct(world: World, script: Script, scripted: ScenarioAct, counter: 'script_acts' | 'chatter_acts'): void {
  const { number, wamidByKey } = script
  const customer = number.customers.get(scripted.customer)
  const act = liveAct(scripted, wamidByKey)
  if (!customer || !act) return world.counters.add(`${counter}_impossible`)
  const result = perform(world, number, customer, act)
  if ('error' in result) return world.counters.add(`${counter}_impossible`)
  world.counters.add(counter)
  if (scripted.do === 'send') wamidByKey.set(scripted.key, result.wamid)
}

function liveAct(act: ScenarioAct, wamidByKey: ReadonlyMap<string, string>): Act | null {
  if (act.do === 'send') {
    const quoteWamid = act.quoteKey === undefined ? undefined : wamidByKey.get(act.quoteKey)
    return {
      by: act.by,
      do: 'send',
      message: act.message,
      ...(quoteWamid ? { quoteWamid } : {}),
      ...(act.referral ? { referral: act.referral } : {}),
    }
  }
  if (act.do === 'call') return { by: act.by, do: 'call', seconds: act.seconds }
  const wamid = wamidByKey.get(act.targetKey)
  if (wamid === undefined) return null
  if (act.do === 'react') return { by: act.by, do: 'react', wamid, emoji: act.emoji }
  return act.do === 'edit' ? { by: act.by, do: 'edit', wamid, text: act.text } : { by: act.by, do: 'delete', wamid }
}
