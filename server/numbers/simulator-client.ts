import { z } from 'zod'

/** Loading half a year of conversations takes the simulator a moment. */
const TIMEOUT_MS = 60_000

export interface SimulatedPhone {
  readonly phoneNumberId: string
  readonly connection: 'app_only' | 'connected' | 'offboarded' | 'removed'
}

/** The simulator's control API, as far as connecting its phone needs it. Throws when the simulator is not there. */
export interface SimulatorControl {
  phones(): Promise<readonly SimulatedPhone[]>
  loadScenario(name: string): Promise<void>
  /** The owner goes through Embedded Signup on the phone. */
  onboard(
    phoneNumberId: string,
    shareHistory: boolean,
  ): Promise<{ readonly code: string; readonly wabaId: string; readonly phoneNumberId: string }>
}

export class SimulatorAway extends Error {}

export function openSimulatorControl(simulatorUrl: string): SimulatorControl {
  const call = async <S extends z.ZodType>(path: string, body: unknown, shape: S): Promise<z.output<S>> => {
    const response = await fetch(`${simulatorUrl}/control/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new SimulatorAway('The simulator does not answer', { cause: error })
    })
    const text = await response.text()
    if (!response.ok) throw new SimulatorAway(`The simulator refused ${path}: ${text.slice(0, 300)}`)
    return shape.parse(JSON.parse(text))
  }
  return {
    phones: async () => (await call('state', undefined, stateShape)).numbers,
    loadScenario: async (name) => {
      await call('scenarios', { name }, z.unknown())
    },
    onboard: (phoneNumberId, shareHistory) => call('onboard', { phoneNumberId, shareHistory }, onboardShape),
  }
}

const stateShape = z.object({
  numbers: z.array(
    z.object({
      phoneNumberId: z.string(),
      connection: z.enum(['app_only', 'connected', 'offboarded', 'removed']),
    }),
  ),
})
const onboardShape = z.object({ code: z.string(), wabaId: z.string(), phoneNumberId: z.string() })
