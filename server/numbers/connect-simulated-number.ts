import { type ConnectDeps, type ConnectOutcome, connectNumber, isConnected } from './connect-number.ts'
import { SimulatorAway, type SimulatorControl } from './simulator-client.ts'

/** What the simulated phone holds when nobody has given it anything else. */
const SCENARIO_DEFAULT = 'shop'

/**
 * Connects the simulator's phone. Only the signup itself differs from a real number: its owner is a program. Loads the
 * demonstration first when the simulator has no phone yet.
 */
export async function connectSimulatedNumber(
  deps: ConnectDeps & { readonly simulator: SimulatorControl },
  workspaceId: string,
  options: { readonly shareHistory: boolean },
): Promise<ConnectOutcome> {
  try {
    const phone = await choosePhone(deps.simulator)
    if (await isConnected(deps.database, workspaceId, phone)) return { ok: false, code: 'number_exists' }
    const signup = await deps.simulator.onboard(phone, options.shareHistory)
    return await connectNumber(deps, workspaceId, signup)
  } catch (error) {
    if (error instanceof SimulatorAway) {
      return { ok: false, code: 'graph_unreachable', details: { step: 'simulator', title: error.message } }
    }
    throw error
  }
}

/** A phone that is not connected if there is one. */
async function choosePhone(simulator: SimulatorControl): Promise<string> {
  let phones = await simulator.phones()
  if (phones.length === 0) {
    await simulator.loadScenario(SCENARIO_DEFAULT)
    phones = await simulator.phones()
  }
  const phone = phones.find((one) => one.connection !== 'connected') ?? phones[0]
  if (phone === undefined) throw new SimulatorAway('The simulator has no phone')
  return phone.phoneNumberId
}
