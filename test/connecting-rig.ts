import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { OnboardingView, SignupBody } from '../contract/api/connecting.ts'
import type { BusinessNumber } from '../contract/number.ts'
import { phoneChangesVersion } from '../contract/phone-changes.ts'
import { type Simulator, startSimulator } from '../simulator/simulator.ts'
import { type Answer, type ApiServer, startApiServer } from './support/api-server.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { createTestWorkspace, type TestWorkspace } from './support/workspace.ts'

const APP = { appId: '1234567890', appSecret: 'test_app_secret_of_the_app' }

/** The real routes, with the simulator as Meta and its clock standing still; made anew for each test. */
export interface ConnectingRig {
  readonly db: TestDatabase
  readonly workspace: TestWorkspace
  readonly simulator: Simulator
  readonly server: ApiServer
  /** Numbers whose early deliveries were taken up. */
  readonly replayed: string[]
  /** The phone that there is. */
  readonly phone: { readonly phoneNumberId: string; readonly wabaId: string }
  control<T>(path: string, body: unknown): Promise<T>
  post(path: string, body?: unknown, as?: string): Promise<Answer>
  begin(way?: string, numberId?: string | null): Promise<OnboardingView>
  agree(id: string, subject: string, granted?: boolean): Promise<Answer>
  /** An onboarding with both consents given. */
  agreed(imports?: boolean): Promise<OnboardingView>
  /** The owner goes through the popup; what it would post to the page, with the code of the login. */
  popup(wish?: object): Promise<Partial<SignupBody>>
  signup(id: string, said: Partial<SignupBody>): Promise<Answer>
  /** The number as it was kept. */
  kept(): Promise<BusinessNumber>
  laterMs(byMs: number): Promise<void>
}

/** Sets it up for the tests of a file; what it gives is good inside of a test. */
export function connectingRig(firstSeed: number): ConnectingRig {
  const rig = {} as { -readonly [K in keyof ConnectingRig]: ConnectingRig[K] }
  let seed = firstSeed
  let db: TestDatabase
  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    Object.assign(rig, { db, replayed: [], workspace: await createTestWorkspace(db) })
    rig.simulator = await startSimulator({
      ...{ port: 0, seed: ++seed, ...APP },
      ...{ startMs: Date.UTC(2026, 10, 23, 9), frozen: true },
    })
    rig.server = await startApiServer({
      ...{ db, workspaceId: rig.workspace.workspaceId, app: APP, clock: rig.simulator.world.clock },
      graphUrl: rig.simulator.origin,
      simulatorUrl: rig.simulator.origin,
      replayUnplaced: async (phoneNumberId) => void rig.replayed.push(phoneNumberId),
    })
    Object.assign(rig, calls(rig))
    const { phoneNumberId, wabaId } = await rig.control<ConnectingRig['phone']>('scenarios', { name: 'tiny' })
    rig.phone = { phoneNumberId, wabaId }
    return async () => {
      await rig.server.close()
      // Meta is never asked to register or deregister a number, whatever the test did.
      expect(rig.simulator.world.counters.all().registrations_asked).toBeUndefined()
      await rig.simulator.close()
      expect(rig.server.errors).toEqual([])
    }
  })
  return rig
}

function calls(rig: ConnectingRig): Partial<ConnectingRig> {
  const { server, simulator } = rig
  const post: ConnectingRig['post'] = (path, body = {}, as) =>
    server.call('POST', `/api/v1/connect/${path}`, { body, ...(as === undefined ? {} : { as }) })
  const agree: ConnectingRig['agree'] = (id, subject, granted = true) =>
    post(`onboardings/${id}/consents`, { subject, granted, textVersion: phoneChangesVersion, language: 'ar' })
  const begin: ConnectingRig['begin'] = async (way = 'coexistence', numberId = null) =>
    (await post('onboardings', { way, numberId })).body.onboarding
  const control: ConnectingRig['control'] = async (path, body) => {
    const response = await fetch(`${simulator.origin}/control/${path}`, { method: 'POST', body: JSON.stringify(body) })
    return await response.json()
  }
  return {
    control,
    post,
    begin,
    agree,
    async agreed(imports = true) {
      const { id } = await begin()
      await agree(id, 'phone_changes')
      return (await agree(id, 'import', imports)).body.onboarding
    },
    async popup(wish = {}) {
      const { phoneNumberId } = rig.phone
      const { code, wabaId } = await control<{ code: string; wabaId: string }>('onboard', { phoneNumberId, ...wish })
      return { event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', code, wabaId }
    },
    signup: (id, said) => post(`onboardings/${id}/signup`, said),
    async kept() {
      const { numbers } = (await server.call('GET', '/api/v1/numbers')).body as { numbers: BusinessNumber[] }
      const number = numbers.find((one) => one.phoneNumberId === rig.phone.phoneNumberId)
      if (number === undefined) throw new Error('the number was not kept')
      return number
    },
    laterMs: (byMs) => simulator.world.clock.moveTo(simulator.world.clock.nowMs() + byMs),
  }
}
