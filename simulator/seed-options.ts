import { parseArgs } from 'node:util'
import { SCENARIO_NAMES } from './play/scenarios.ts'

/** What `bin/seed` was asked for. */
export interface SeedOptions {
  readonly seed: number
  readonly scenario: string
  readonly dialoguesDir: string | null
  readonly dialogues: number | null
  /** Address of the running Wasl, without a slash at the end. */
  readonly wasl: string
  /** Address of the simulator; `null` asks Wasl. */
  readonly sim: string | null
  readonly shareHistory: boolean
}

const WASL_DEFAULT = 'http://127.0.0.1:4780'

export const SEED_HELP = `bin/seed: plays a scenario on a running simulator and connects it to the running Wasl

Usage: bin/seed [--seed N] [--scenario NAME] [--wasl URL] [--sim URL]

  --seed N          everything random comes from it: the same seed makes the same people and messages (default 1)
  --scenario NAME   ${SCENARIO_NAMES.join(', ')} (default shop)
  --dialogues DIR   for "dialogues": the folder with sgd-*.jsonl.gz
  --count N         for "dialogues" and "standin": how many dialogues (default all, or 14272)
  --wasl URL        where Wasl runs (default ${WASL_DEFAULT})
  --sim URL         where the simulator runs (default: Wasl is asked)
  --no-history      connect without sharing the chats
  --help            this text

Start Wasl first (npm start). Nothing is written behind its back: the simulator plays, Wasl imports.
Ends when the history is complete: 0. Ends with 2 and one sentence when that cannot be.
`

/** Reads the arguments; a sentence when something is wrong with them, `'help'` when help was asked for. */
export function readSeedOptions(argv: readonly string[]): SeedOptions | 'help' | { readonly error: string } {
  const values = parsed(argv)
  if ('error' in values) return values
  if (values.help) return 'help'
  const seed = Number(values.seed ?? '1')
  if (!Number.isSafeInteger(seed)) return { error: '--seed takes a whole number.' }
  const count = values.count === undefined ? null : Number(values.count)
  if (count !== null && !(Number.isSafeInteger(count) && count > 0))
    return { error: '--count takes a whole number above 0.' }
  const scenario = values.scenario ?? 'shop'
  if (!SCENARIO_NAMES.includes(scenario))
    return { error: `There is no scenario ${scenario}; there are ${SCENARIO_NAMES.join(', ')}.` }
  if (scenario === 'dialogues' && values.dialogues === undefined)
    return { error: 'The scenario dialogues needs --dialogues DIR.' }
  for (const url of [values.wasl, values.sim]) {
    if (url !== undefined && !URL.canParse(url)) return { error: `${url} is not a web address.` }
  }
  return {
    seed,
    scenario,
    dialoguesDir: values.dialogues ?? null,
    dialogues: count,
    wasl: (values.wasl ?? WASL_DEFAULT).replace(/\/+$/, ''),
    sim: values.sim?.replace(/\/+$/, '') ?? null,
    shareHistory: values['no-history'] !== true,
  }
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = {
    seed: text,
    scenario: text,
    dialogues: text,
    count: text,
    wasl: text,
    sim: text,
    'no-history': flag,
    help: { ...flag, short: 'h' },
  }
  try {
    return parseArgs({ args: [...argv], options }).values
  } catch (error) {
    if (error instanceof TypeError) return { error: `${error.message}. See --help.` }
    throw error
  }
}
