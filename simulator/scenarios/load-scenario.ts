import type { Scenario } from '../scenario.ts'
import { dialoguesScenario } from './dialogues.ts'
import { shopScenario } from './shop.ts'
import { standinScenario } from './standin.ts'

/** Names that `POST /control/scenarios` knows. */
export const scenarioNames = ['shop', 'dialogues', 'standin'] as const

/** What a scenario may be given besides its seed: see each. Counts are whole numbers of dialogues. */
export interface ScenarioOptions {
  readonly dialoguesDir?: string
  readonly dialogues?: number
}

/** The scenario of that name; `nowMs` is the instant of its offset 0. Throws with one sentence when it cannot be had. */
export async function loadScenario(
  name: string,
  { seed, nowMs, options }: { readonly seed: number; readonly nowMs: number; readonly options: ScenarioOptions },
): Promise<Scenario> {
  switch (name) {
    case 'shop':
      return shopScenario({ seed, nowMs })
    case 'standin':
      return standinScenario({ seed, ...(options.dialogues !== undefined && { dialogues: options.dialogues }) })
    case 'dialogues': {
      if (options.dialoguesDir === undefined) throw new Error('The scenario "dialogues" needs options.dialoguesDir')
      return await dialoguesScenario({
        dir: options.dialoguesDir,
        seed,
        ...(options.dialogues !== undefined && { limit: options.dialogues }),
      })
    }
    default:
      throw new Error(`No scenario "${name}"; there are ${scenarioNames.join(', ')}`)
  }
}
