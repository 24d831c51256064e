import type { SimulatedClock } from '../clock.ts'
import type { Faults } from '../control-api.ts'
import type { Counters } from '../counters.ts'
import type { Chance } from '../random.ts'
import { BODY_BYTES_MAX, envelope, valueJson } from './envelope.ts'
import { postWebhook } from './post.ts'
import type { Update } from './update.ts'

/** Deliveries under way at once. */
const CONCURRENT_MAX = 8
/** Milliseconds: how long a failing webhook is tried again before Meta gives it up. */
export const RETRY_MS_MAX = 7 * 24 * 3_600_000
/** Milliseconds after each failed attempt: at once, then with decreasing frequency; the last one repeats. */
export const RETRY_AFTER_MS = [
  0, 5_000, 15_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000, 43_200_000,
]
/** Milliseconds in which a batch gathers, when batching is on. */
const GATHER_MS = 25
/** Bytes that a change takes besides its value: its field, and an entry of its own at worst. */
const CHANGE_BYTES = 200
/** Deliveries remembered for `GET /control/webhooks`. */
const LOG_MAX = 500

/** One attempt, for tests to look at. */
export interface DeliveryRecord {
  readonly delivery: number
  readonly attempt: number
  readonly atMs: number
  readonly status: number
  readonly updates: number
  readonly bytes: number
  readonly field: string
}

export interface Delivery {
  readonly number: number
  readonly url: string
  readonly body: string
  readonly updates: number
  readonly field: string
  readonly copy: boolean
  attempt: number
  firstAtMs: number | null
}

/** Sends updates as webhooks, in order, and again until they are accepted or seven days are over. */
export interface WebhookQueue {
  post(update: Update, url: string): void
  /** A payload as given: no envelope is put round it. */
  postRaw(body: string, url: string): void
  pending(): number
  log(): readonly DeliveryRecord[]
  /** Webhooks that nobody has accepted yet, as data; and sending them again, in another run. */
  undelivered(): readonly Delivery[]
  resume(deliveries: readonly Delivery[]): void
  /** Resolves when nothing waits that could go without the clock moving. */
  idle(): Promise<void>
  close(): void
}

export interface QueueNeeds {
  readonly clock: SimulatedClock
  readonly chance: Chance
  readonly counters: Counters
  readonly secret: () => string
  readonly faults: () => Faults
}

export function createWebhookQueue(needs: QueueNeeds): WebhookQueue {
  return new DeliveringQueue(needs)
}

class DeliveringQueue implements WebhookQueue {
  readonly #needs: QueueNeeds
  /** Not yet in a webhook. */
  readonly #waiting: { readonly update: Update; readonly url: string }[] = []
  /** Webhooks that may go. */
  readonly #ready: Delivery[] = []
  /** Made and not yet accepted or given up. */
  readonly #open = new Set<Delivery>()
  readonly #records: DeliveryRecord[] = []
  #idleWaiters: (() => void)[] = []
  /** Updates and webhooks that wait for an instant. */
  #held = 0
  #flying = 0
  #updateNumber = 0
  #deliveryNumber = 0
  #gathering = false
  #closed = false

  constructor(needs: QueueNeeds) {
    this.#needs = needs
  }

  post(update: Update, url: string): void {
    const { chance, clock, counters, faults } = this.#needs
    counters.add('updates')
    const reorderMs = faults().webhookReorderMsMax
    const delayMs = reorderMs === 0 ? 0 : chance.between(0, reorderMs, 'reorder', ++this.#updateNumber)
    if (delayMs === 0) this.#enqueue(update, url)
    else this.#hold(clock.nowMs() + delayMs, () => this.#enqueue(update, url))
  }

  postRaw(body: string, url: string): void {
    this.#ready.push(this.#make(url, body, 1, 'raw'))
    this.#pump()
  }

  pending(): number {
    return this.#waiting.length + this.#ready.length + this.#held + this.#flying
  }

  log(): readonly DeliveryRecord[] {
    return this.#records
  }

  undelivered(): readonly Delivery[] {
    return [...this.#open]
  }

  resume(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.#deliveryNumber = Math.max(this.#deliveryNumber, delivery.number)
      this.#open.add(delivery)
      this.#ready.push(delivery)
    }
    this.#pump()
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isIdle()) resolve()
      else this.#idleWaiters.push(resolve)
    })
  }

  close(): void {
    this.#closed = true
    this.#wakeIdle()
  }

  #enqueue(update: Update, url: string): void {
    const { clock, faults } = this.#needs
    this.#waiting.push({ update, url })
    if (faults().webhookBatchUpdatesMax <= 1) return this.#pump()
    if (this.#gathering) return
    this.#gathering = true
    clock.at(clock.nowMs() + GATHER_MS, () => {
      this.#gathering = false
      this.#pump()
    })
  }

  #pump(): void {
    while (!this.#closed && this.#flying < CONCURRENT_MAX) {
      const next = this.#ready.shift() ?? (this.#gathering ? null : this.#takeBatch())
      if (!next) break
      this.#flying++
      void this.#attempt(next)
    }
    if (this.#isIdle()) this.#wakeIdle()
  }

  #isIdle(): boolean {
    return this.#flying === 0 && this.#ready.length === 0 && (this.#gathering || this.#waiting.length === 0)
  }

  #wakeIdle(): void {
    for (const wake of this.#idleWaiters) wake()
    this.#idleWaiters = []
  }

  #takeBatch(): Delivery | null {
    const first = this.#waiting.shift()
    if (!first) return null
    const batch = [first.update]
    const max = first.update.bare ? 1 : Math.max(1, this.#needs.faults().webhookBatchUpdatesMax)
    let bytes = max > 1 ? valueJson(first.update).length : 0
    while (batch.length < max) {
      const next = this.#waiting[0]
      if (!next || next.url !== first.url || next.update.bare) break
      bytes += valueJson(next.update).length + CHANGE_BYTES
      if (bytes > BODY_BYTES_MAX) break
      this.#waiting.shift()
      batch.push(next.update)
    }
    return this.#make(first.url, envelope(batch), batch.length, first.update.field)
  }

  #make(url: string, body: string, updates: number, field: string): Delivery {
    const number = ++this.#deliveryNumber
    const delivery = { number, url, body, updates, field, copy: false, attempt: 0, firstAtMs: null }
    this.#open.add(delivery)
    return delivery
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { chance, clock, counters } = this.#needs
    const faults = this.#needs.faults()
    const { number, attempt } = delivery
    delivery.attempt++
    delivery.firstAtMs ??= clock.nowMs()
    counters.add('webhook_attempts')
    const lost = attempt === 0 && chance.ratio('drop', number) < faults.webhookDropThenRetryRatio
    const forged = chance.ratio('secret', number, attempt) < faults.webhookWrongSecretRatio
    const secret = forged ? `${this.#needs.secret()}-wrong` : this.#needs.secret()
    const status = lost ? 0 : await postWebhook(delivery.url, delivery.body, secret)
    this.#remember(delivery, status)
    this.#flying--
    if (status === 200) this.#accepted(delivery, chance.ratio('duplicate', number) < faults.webhookDuplicateRatio)
    else this.#failed(delivery)
    this.#pump()
  }

  #accepted(delivery: Delivery, again: boolean): void {
    const { counters } = this.#needs
    this.#open.delete(delivery)
    counters.add('webhooks_accepted')
    counters.add('updates_accepted', delivery.updates)
    if (!again || delivery.copy) return
    counters.add('webhooks_duplicated')
    // Its number is made from the original's: copies are born in the order of answers, which no seed decides.
    this.#ready.push({ ...delivery, number: -delivery.number, copy: true, attempt: 0, firstAtMs: null })
  }

  #failed(delivery: Delivery): void {
    if (this.#closed) return
    const { clock, counters } = this.#needs
    counters.add('webhook_failures')
    const leftMs = (delivery.firstAtMs ?? 0) + RETRY_MS_MAX - clock.nowMs()
    if (leftMs <= 0) {
      this.#open.delete(delivery)
      return counters.add('webhooks_dropped')
    }
    const waitMs = Math.min(leftMs, RETRY_AFTER_MS[Math.min(delivery.attempt, RETRY_AFTER_MS.length) - 1] ?? 0)
    const again = (): void => {
      this.#ready.push(delivery)
      this.#pump()
    }
    if (waitMs === 0) this.#ready.push(delivery)
    else this.#hold(clock.nowMs() + waitMs, again)
  }

  #hold(untilMs: number, then: () => void): void {
    this.#held++
    this.#needs.clock.at(untilMs, () => {
      this.#held--
      then()
    })
  }

  #remember({ number, attempt, updates, field, body }: Delivery, status: number): void {
    const atMs = this.#needs.clock.nowMs()
    this.#records.push({ delivery: number, attempt, atMs, status, updates, bytes: body.length, field })
    if (this.#records.length > LOG_MAX) this.#records.splice(0, this.#records.length - LOG_MAX)
  }
}
