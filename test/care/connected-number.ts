import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { type ApiServer, startApiServer } from '../support/api-server.ts'
import type { TestDatabase } from '../support/database.ts'
import type { TestWorkspace } from '../support/workspace.ts'

const APP = { appId: '1234567890', appSecret: 'test_app_secret_of_the_app' }

/** The API and a whole simulator whose tiny phone is connected, on one clock that stands still. */
export interface ConnectedNumber {
  readonly server: ApiServer
  readonly simulator: Simulator
  readonly app: typeof APP
  readonly numberId: string
  readonly phoneNumberId: string
  readonly wabaId: string
  /** Moves the clock of both. */
  advance(ms: number): Promise<void>
  close(): Promise<void>
}

/** Connects the simulated phone through the API. No webhook is delivered: nobody listens. */
export async function connectSimulated(
  db: TestDatabase,
  workspace: TestWorkspace,
  { seed = 1, deliveryUrl }: { readonly seed?: number; readonly deliveryUrl?: () => string } = {},
): Promise<ConnectedNumber> {
  const startMs = Date.UTC(2026, 10, 23, 9)
  const simulator = await startSimulator({ port: 0, seed, ...APP, startMs, frozen: true })
  await fetch(`${simulator.origin}/control/scenarios`, { method: 'POST', body: JSON.stringify({ name: 'tiny' }) })
  const server = await startApiServer({
    db,
    workspaceId: workspace.workspaceId,
    graphUrl: simulator.origin,
    simulatorUrl: simulator.origin,
    clock: simulator.world.clock,
    app: APP,
    ...(deliveryUrl === undefined ? {} : { deliveryUrl }),
  })
  const connected = await server.call('POST', '/api/v1/numbers/simulated', { body: {} })
  if (connected.status !== 201) throw new Error(`The phone was not connected: ${JSON.stringify(connected.body)}`)
  const { id: numberId, phoneNumberId, wabaId } = connected.body.number
  return {
    ...{ server, simulator, app: APP, numberId, phoneNumberId, wabaId },
    advance: (ms) => simulator.world.clock.moveTo(simulator.world.clock.nowMs() + ms),
    async close() {
      await server.close()
      await simulator.close()
    },
  }
}
