import type { InboxEvent } from '../contract/inbox-event.ts'
import { apiJobs } from '../server/jobs.ts'
import { startSimulator } from '../simulator/simulator.ts'
import { APP } from './scenarios/rig.ts'
import { startWasl } from './scenarios/running-wasl.ts'
import type { Answer } from './support/api-server.ts'
import type { TestDatabase } from './support/database.ts'
import type { TestWorkspace } from './support/workspace.ts'

const ONCE = { attempt: 1, isLastAttempt: false }

export interface SimulatedWasl {
  readonly url: string
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>
  control(method: string, path: string, body?: unknown): Promise<unknown>
  /** The first event, past or to come, for which this holds. */
  until(found: (event: InboxEvent) => boolean): Promise<InboxEvent>
  /** Runs a job now. */
  run(task: string, payload?: object): Promise<void>
  /** Moves the clock of both, and waits until what came of it is in. */
  advance(ms: number): Promise<void>
  /** Connects the simulated phone; resolves when the number is live. */
  connect(options?: { readonly shareHistory?: boolean }): Promise<{ numberId: string; phoneNumberId: string }>
  close(): Promise<unknown[]>
}

/** Wasl and the whole simulator with the phone `tiny`, on one database; its clock runs. */
export async function startSimulatedWasl(db: TestDatabase, place: TestWorkspace, seed: number): Promise<SimulatedWasl> {
  const heard = listen()
  const simulator = await startSimulator({ port: 0, seed, ...APP, startMs: Date.UTC(2026, 10, 23, 9) })
  const wasl = await startWasl({ db, workspaceId: place.workspaceId, simulator, app: APP })
  wasl.api.deps.hub.subscribe(place.workspaceId, (frame) => heard.take(frame.text))
  const control = controlOf(simulator.origin)
  const call: SimulatedWasl['call'] = (method, path, body) => wasl.api.call(method, `/api/v1${path}`, { body })
  await control('PUT', 'webhook', wasl.webhook)
  await control('POST', 'play', { running: false })
  await control('POST', 'scenarios', { name: 'tiny' })
  return {
    ...{ url: wasl.api.url, call, control, until: heard.until },
    run: async (task, payload = {}) => void (await apiJobs(wasl.api.deps)[task]?.(payload, ONCE)),
    async advance(ms) {
      await control('POST', 'clock', { advanceMs: ms })
      await wasl.idle()
    },
    async connect({ shareHistory = true } = {}) {
      const { body } = await call('POST', '/numbers/simulated', { shareHistory })
      const { id, phoneNumberId } = body.number
      await heard.until(
        (event) => event.type === 'number.changed' && event.number.id === id && event.number.state === 'live',
      )
      await wasl.idle()
      return { numberId: id, phoneNumberId }
    },
    async close() {
      await simulator.close()
      await wasl.stop()
      await db.owner.query('delete from number_route')
      return [...wasl.failures()]
    },
  }
}

/** Keeps the events of the feed, and lets one wait for them. */
function listen() {
  const events: InboxEvent[] = []
  let wake = () => {}
  return {
    take(frame: string): void {
      events.push(...(JSON.parse(frame) as { rows: { event: InboxEvent }[] }).rows.map(({ event }) => event))
      wake()
    },
    async until(found: (event: InboxEvent) => boolean): Promise<InboxEvent> {
      for (;;) {
        const event = events.find(found)
        if (event !== undefined) return event
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

function controlOf(origin: string): SimulatedWasl['control'] {
  return async (method, path, body) => {
    const headers: HeadersInit = body === undefined ? {} : { 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${origin}/control/${path}`, { method, headers, ...sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
}
