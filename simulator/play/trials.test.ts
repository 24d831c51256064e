import { afterEach, expect, test } from 'vitest'
import type { LoadedScenario, SimulatorState } from '../control-api.ts'
import { NO_FAULTS } from '../faults.ts'
import { type Simulator, startSimulator } from '../simulator.ts'
import { APP, START_MS } from '../testing/connected-phone.ts'
import { TRIALS } from './trials.ts'

let simulator: Simulator | null = null
afterEach(() => simulator?.close())

test.each(Object.entries(TRIALS))(
  '%s is the shop under its faults, which those of others do not join',
  async (name, trial) => {
    simulator = await startSimulator({
      port: 0,
      seed: 3,
      ...APP,
      frozen: true,
      startMs: START_MS,
      faults: { graph5xxRatio: 0.7 },
    })
    const { origin, world } = simulator
    const answer = await fetch(`${origin}/control/scenarios`, { method: 'POST', body: JSON.stringify({ name }) })
    const loaded = (await answer.json()) as LoadedScenario
    expect(loaded.historyMessages).toBeGreaterThan(1_000)
    const state = (await (await fetch(`${origin}/control/state`)).json()) as SimulatorState
    expect(state.faults).toEqual({ ...NO_FAULTS, ...trial.faults })
    expect(world.numbers.get(loaded.phoneNumberId)?.routing).toEqual(trial.routing ?? null)
  },
)
