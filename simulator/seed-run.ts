import { resolve } from 'node:path'
import type { SeedOptions } from './seed-options.ts'

/** Milliseconds between two looks at the progress, and after which one without any is the last. */
const LOOK_MS = 400
const STUCK_MS = 180_000
/** States of a synchronisation that do not change any more by themselves. */
const ENDED = new Set(['complete', 'partial', 'declined', 'silent', 'too_late', 'used_up'])

/** As much of Wasl's answers as is read here; the documented shape is that of its HTTP API. */
interface Sync {
  readonly kind: string
  readonly state: string
  readonly progressPercent: number | null
  readonly received: number
}
interface WaslNumber {
  readonly phoneNumberId: string
  readonly displayPhone: string
  readonly syncs: readonly Sync[]
}

/** A reason for giving up that a person can act on. */
export class SeedFailure extends Error {}

/**
 * Loads the scenario into the simulator, lets Wasl connect it, and follows the import to its end, one line for each step
 * to `print`. Throws SeedFailure with one sentence when something is not there or refuses.
 */
export async function runSeed(options: SeedOptions, print: (line: string) => void): Promise<void> {
  const sim = options.sim ?? (await simulatorOf(options.wasl))
  const loaded = await call<{ phoneNumberId: string; customers: number; historyMessages: number; liveActs: number }>(
    'The simulator',
    `${sim}/control/scenarios`,
    { name: options.scenario, seed: options.seed, options: scenarioOptions(options) },
  )
  print(
    `${options.scenario} (seed ${options.seed}): ${loaded.customers} customers, ${loaded.historyMessages} messages, ${loaded.liveActs} live acts`,
  )
  const { number } = await call<{ number: WaslNumber }>('Wasl', `${options.wasl}/api/v1/numbers/simulated`, {
    shareHistory: options.shareHistory,
  })
  if (number.phoneNumberId !== loaded.phoneNumberId) {
    throw new SeedFailure(
      `Wasl connected another phone of the simulator first (${number.displayPhone}); run this again.`,
    )
  }
  print(`connected ${number.displayPhone}`)
  await followImport(options.wasl, loaded.phoneNumberId, print)
}

async function followImport(wasl: string, phoneNumberId: string, print: (line: string) => void): Promise<void> {
  let shown = ''
  let shownAt = performance.now()
  for (;;) {
    const { numbers } = await call<{ numbers: readonly WaslNumber[] }>('Wasl', `${wasl}/api/v1/numbers`)
    const syncs = numbers.find((number) => number.phoneNumberId === phoneNumberId)?.syncs ?? []
    const line = syncs.map(progressOf).join('; ')
    if (line !== shown) {
      print(line)
      shown = line
      shownAt = performance.now()
    }
    const history = syncs.find((sync) => sync.kind === 'history')
    if (history && ENDED.has(history.state)) {
      if (history.state === 'complete' || history.state === 'declined') return
      throw new SeedFailure(`The history ended as "${history.state}" after ${history.received} messages.`)
    }
    if (performance.now() - shownAt > STUCK_MS)
      throw new SeedFailure(`Nothing has come for ${STUCK_MS / 1000} seconds.`)
    await new Promise((done) => setTimeout(done, LOOK_MS))
  }
}

function progressOf(sync: Sync): string {
  const percent = sync.progressPercent === null || sync.state === 'complete' ? '' : ` ${sync.progressPercent}%`
  return `${sync.kind}: ${sync.state}${percent}, ${sync.received} received`
}

function scenarioOptions(options: SeedOptions): Record<string, unknown> {
  return {
    ...(options.dialoguesDir !== null && { dialoguesDir: resolve(options.dialoguesDir) }),
    ...(options.dialogues !== null && { dialogues: options.dialogues }),
  }
}

async function simulatorOf(wasl: string): Promise<string> {
  const { simulator } = await call<{ simulator: string | null }>('Wasl', `${wasl}/healthz`)
  if (simulator === null) throw new SeedFailure('This Wasl talks to Meta, not to a simulator.')
  return simulator.replace(/\/+$/, '')
}

/** GET, or POST with a body. */
async function call<T>(who: string, url: string, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new SeedFailure(`${who} does not answer at ${new URL(url).origin}; is it running?`, { cause })
  })
  const text = await response.text()
  if (!response.ok) throw new SeedFailure(`${who} refused ${new URL(url).pathname}: ${text}`)
  return JSON.parse(text) as T
}
