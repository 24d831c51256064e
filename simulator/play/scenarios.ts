import type { Scenario, ScenarioAct } from '../scenario.ts'
import { loadScenario, scenarioNames } from '../scenarios/load-scenario.ts'
import { continueShop } from '../scenarios/shop-continue.ts'
import { makeTiny } from './tiny.ts'
import { TRIALS } from './trials.ts'

/** Scenarios by name; a trial is the demonstration under some fault. */
export const SCENARIO_NAMES: readonly string[] = [...scenarioNames, 'tiny', ...Object.keys(TRIALS)]

/**
 * What people do when the script has ended: the acts of batch 1, 2, …, all after `fromOffsetMs`; `zeroMs` is the instant
 * of offset 0.
 */
export type Continuation = (batch: number, fromOffsetMs: number, zeroMs: number) => readonly ScenarioAct[]

/** How a scenario goes on: the demonstration does, `null` for the others, since measurements want silence. */
export function continuationOf(name: string, seed: number): Continuation | null {
  if (name !== 'shop') return null
  return (batch, fromOffsetMs, zeroMs) => continueShop({ seed, batch, fromOffsetMs, nowMs: zeroMs })
}

/** Makes the scenario of that name; one sentence when there is none or its maker refuses the options. */
export async function makeScenario(
  name: string,
  seed: number,
  nowMs: number,
  options: Readonly<Record<string, unknown>>,
): Promise<Scenario | { error: string }> {
  if (!SCENARIO_NAMES.includes(name))
    return { error: `There is no scenario ${name}; there are ${SCENARIO_NAMES.join(', ')}.` }
  if (name === 'tiny') return makeTiny({ seed, country: options.country })
  try {
    return await loadScenario(name in TRIALS ? 'shop' : name, { seed, nowMs, options })
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
