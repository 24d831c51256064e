import type { Pool } from 'pg'
import { WEBHOOK_PATH } from '../../server/intake/routes.ts'
import { sign, webhook, wireText } from './webhooks.ts'
import type { TestWorkspace } from './workspace.ts'

const POSTERS = 8
const DONE_WITHIN_MS = 30_000

/** Meta's side: what was sent, what was answered with 200, and what has to be sent again. */
export class WebhookSender {
  readonly acked = new Set<string>()
  readonly #unanswered: string[] = []
  readonly #place: TestWorkspace
  readonly #random: () => number
  #count = 0
  #sending = false
  #waiting: { readonly acks: number; readonly done: () => void } | null = null

  constructor(place: TestWorkspace, random: () => number) {
    this.#place = place
    this.#random = random
  }

  /** Sends from several connections for as long as `work` takes. */
  async during(port: number, work: () => Promise<void>): Promise<void> {
    this.#sending = true
    const posters = Array.from({ length: POSTERS }, () => this.#post(port, () => this.#sending))
    await work()
    this.#sending = false
    await Promise.all(posters)
  }

  /** Resolves in the middle of the load, when so many more are acknowledged. */
  acknowledged(more: number): Promise<void> {
    return new Promise((done) => {
      this.#waiting = { acks: this.acked.size + more, done }
    })
  }

  /** Sends everything again that had no answer. */
  async resend(port: number): Promise<void> {
    await this.#post(port, () => this.#unanswered.length > 0)
  }

  async #post(port: number, more: () => boolean): Promise<void> {
    while (more()) {
      const id = this.#next()
      const status = await this.#send(port, id)
      if (status === 200) this.acked.add(id)
      else this.#unanswered.push(id)
      if (this.#waiting !== null && this.acked.size >= this.#waiting.acks) this.#waiting.done()
      // Meta waits before it tries again; without any wait a dead server would be asked in a tight loop.
      if (status !== 200) await new Promise((done) => setTimeout(done, 10))
    }
  }

  #next(): string {
    const draw = this.#random()
    const again = draw < 0.5 || !this.#sending ? this.#unanswered.shift() : undefined
    if (again !== undefined) return again
    // Now and then something that was answered already is delivered once more.
    if (draw > 0.95 && this.#count > 0) return `wamid.${Math.floor(this.#random() * this.#count)}`
    return `wamid.${this.#count++}`
  }

  async #send(port: number, id: string): Promise<number> {
    const from = `9665${String(Number(id.slice(6)) % 300).padStart(8, '0')}`
    const body = Buffer.from(
      JSON.stringify(webhook(this.#place.number, { value: { messages: [wireText({ id, from })] } })),
    )
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) }
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${WEBHOOK_PATH}`, { method: 'POST', body, headers })
      await answer.arrayBuffer()
      return answer.status
    } catch {
      return 0
    }
  }
}

/** Numbers from 0 to 1, the same for the same seed (Mulberry32). */
export function randoms(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Resolves when everything that is stored is projected. */
export async function nothingQueued(owner: Pool): Promise<void> {
  const deadline = performance.now() + DONE_WITHIN_MS
  for (;;) {
    const { rows } = await owner.query('select count(*)::int as queued from delivery_queue')
    if (rows[0].queued === 0) return
    if (performance.now() > deadline) throw new Error(`${rows[0].queued} deliveries are still queued`)
    await new Promise((done) => setTimeout(done, 20))
  }
}
