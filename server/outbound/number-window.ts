/**
 * Meta counts what a number sends and hears in any one second. These are the messages of the last second as far as one
 * process knows them, and the instants at which the next may be sent. Instants are milliseconds of a steady clock.
 */

const SECOND_MS = 1_000
/** So many waiting are let out as soon as the second has room; a longer queue is sent at even intervals. */
const SHORT_QUEUE = 4
/**
 * A queue is spaced a little wider than the limit asks for: a call that is some milliseconds late and the next that is not
 * must not make one too many in a second. A second then holds 15 of them with 20 ms to spare.
 */
const SPACING_MARGIN = 1.02
/** What the last look allows a queue's calls to come nearer, so that a late one can be caught up with. */
const QUEUE_WINDOW_MS = 1_008
/** A call that has to wait looks again at least this often, in milliseconds. */
const LOOK_MS_MAX = 50
/** Milliseconds that a queue which was held up may make up for. */
const CREDIT_MS = 400
/** Over how long the mean of what is heard is taken. */
const MEAN_S = 5
/** By how much a mean may pass a whole number and is still taken for it. */
const MEAN_SLACK = 0.1

export interface Slot {
  /** Not before this instant. */
  readonly atMs: number
  /** It belongs to a queue, whose calls keep their distance. */
  readonly spaced: boolean
}

/** A call that was made. */
export interface Call {
  readonly startMs: number
  /** When Meta has counted it at the latest, as far as that is known. */
  countedMs: number
}

/** A call without an answer is taken for counted after this time, in milliseconds. */
const UNANSWERED_MS = 4_000
/** How slowly the shortest time of an answer is forgotten. */
const LATENCY_GROWTH = 1.02

interface Wish {
  readonly perSecond: number
  /** Slots at most. */
  readonly wanted: number
  /** Messages of the number that wait. */
  readonly waiting: number
  /** None further ahead, in milliseconds. */
  readonly aheadMs: number
}

export class NumberWindow {
  #made: Call[] = []
  /** The shortest time that an answer has taken lately: what is more is delay, before or behind the counting. */
  #latencyMs = Number.POSITIVE_INFINITY
  #planned: Slot[] = []
  #heard: number[] = []
  #lastSlotMs = Number.NEGATIVE_INFINITY

  /** Messages of customers or of the phone have come in. */
  hear(nowMs: number, count: number): void {
    for (let index = 0; index < count; index++) this.#heard.push(nowMs)
    forget(this.#heard, nowMs - MEAN_S * SECOND_MS)
  }

  /** How many calls could be planned now. */
  room(nowMs: number, wish: Wish): number {
    return this.#slots(nowMs, wish).length
  }

  /** Takes slots for calls, which are to be passed or dropped. */
  plan(nowMs: number, wish: Wish): Slot[] {
    const slots = this.#slots(nowMs, wish)
    this.#planned.push(...slots)
    this.#lastSlotMs = slots.at(-1)?.atMs ?? this.#lastSlotMs
    return slots
  }

  #slots(nowMs: number, { perSecond, wanted, waiting, aheadMs }: Wish): Slot[] {
    const spaced = waiting > SHORT_QUEUE
    const left = perSecond - (spaced ? this.#expected(nowMs) : 0)
    const taken = this.#taken(nowMs)
    const slots: Slot[] = []
    let lastMs = this.#lastSlotMs
    while (slots.length < wanted) {
      const spacingMs = spaced ? (SECOND_MS * SPACING_MARGIN) / Math.max(left, 1) : 0
      const atMs = Math.max(nextInQueue(nowMs, lastMs, spacingMs), freeAt(taken, perSecond))
      if (atMs > nowMs + aheadMs) break
      slots.push({ atMs, spaced })
      taken.push(atMs)
      lastMs = atMs
    }
    return slots
  }

  /** When the next slot could be, with nothing taken for it. */
  opensAt(nowMs: number, perSecond: number): number {
    return Math.max(nowMs, freeAt(this.#taken(nowMs), perSecond), this.#planned.at(-1)?.atMs ?? 0)
  }

  /** The last look before a call: the call if it may be made now, which is counted; else the milliseconds until to look again. */
  pass(nowMs: number, slot: Slot, perSecond: number): Call | number {
    const windowMs = slot.spaced ? QUEUE_WINDOW_MS : SECOND_MS
    this.#made = this.#made.filter(({ countedMs }) => countedMs > nowMs - QUEUE_WINDOW_MS)
    const counting = this.#made.map(({ countedMs }) => countedMs).filter((atMs) => atMs > nowMs - windowMs)
    if (counting.length + this.#heardAt(nowMs, slot.spaced) < perSecond) {
      this.drop(slot)
      const call = { startMs: nowMs, countedMs: nowMs + UNANSWERED_MS }
      this.#made.push(call)
      return call
    }
    const heardMs = this.#heard.find((atMs) => atMs > nowMs - SECOND_MS) ?? nowMs
    return Math.min(Math.max(1, Math.min(...counting, heardMs) + windowMs - nowMs), LOOK_MS_MAX)
  }

  /** The call was answered: what its answer took beyond the shortest time may have passed before it was counted. */
  answered(call: Call, nowMs: number): void {
    const tookMs = nowMs - call.startMs
    this.#latencyMs = Math.min(this.#latencyMs * LATENCY_GROWTH, tookMs)
    call.countedMs = nowMs - this.#latencyMs
  }

  /** A slot of which no use is made. */
  drop(slot: Slot): void {
    const index = this.#planned.indexOf(slot)
    if (index >= 0) this.#planned.splice(index, 1)
  }

  /** Everything that counts at an instant a second ahead at most, ascending. */
  #taken(nowMs: number): number[] {
    const since = nowMs - SECOND_MS
    const made = this.#made.map(({ countedMs }) => Math.min(countedMs, nowMs))
    const recent = [...made, ...this.#heard].filter((atMs) => atMs > since)
    return [...recent, ...this.#planned.map(({ atMs }) => atMs)].sort((a, b) => a - b)
  }

  /** Messages that were heard in the last second; for a queue no fewer than it has to expect. */
  #heardAt(nowMs: number, spaced: boolean): number {
    const count = this.#heard.filter((atMs) => atMs > nowMs - SECOND_MS).length
    return spaced ? Math.max(count, this.#expected(nowMs)) : count
  }

  /** Messages a second that are to be expected, those on their way here among them: the mean of some seconds. */
  #expected(nowMs: number): number {
    const some = this.#heard.filter((atMs) => atMs > nowMs - MEAN_S * SECOND_MS)
    const sinceMs = Math.max(SECOND_MS, nowMs - (some[0] ?? nowMs))
    return Math.ceil(Math.max(0, ((some.length - 1) * SECOND_MS) / sinceMs - MEAN_SLACK))
  }
}

/** A queue that was held up goes on where it stopped, unless that is long ago. */
function nextInQueue(nowMs: number, lastMs: number, spacingMs: number): number {
  const nextMs = lastMs + spacingMs
  if (spacingMs === 0) return Math.max(nowMs, nextMs)
  return nextMs < nowMs - CREDIT_MS ? nowMs : nextMs
}

/** When a second that ends then has room for one more. */
function freeAt(taken: readonly number[], perSecond: number): number {
  const leaves = taken.at(-perSecond)
  return leaves === undefined ? Number.NEGATIVE_INFINITY : leaves + SECOND_MS
}

function forget(instants: number[], untilMs: number): void {
  let gone = 0
  while (gone < instants.length && (instants[gone] as number) <= untilMs) gone++
  if (gone > 0) instants.splice(0, gone)
}
