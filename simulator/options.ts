import type { Faults } from './control-api.ts'
import { FAULT_MEANINGS, readFaults } from './faults.ts'
import { TRIALS } from './play/trials.ts'
import type { SimulatorOptions } from './simulator.ts'

/** What the command line and the environment ask for. */
export interface CommandLine {
  readonly options: SimulatorOptions
  readonly scenario: string | null
  readonly help: boolean
}

const PORT_DEFAULT = 7101

/**
 * Reads arguments (they win) and environment; a sentence when something is wrong.
 * Flags: --port --seed --fault name=value (repeatable) --scenario --app-id --app-secret --at --frozen --help
 */
export function readOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLine | { error: string } {
  const flags = readFlags(argv)
  if ('error' in flags) return flags
  const { values, faultValues, switches } = flags
  const port = Number(values.get('port') ?? env.WASL_SIM_PORT ?? PORT_DEFAULT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return { error: 'The port must be a whole number from 0 to 65535.' }
  const seed = Number(values.get('seed') ?? 1)
  if (!Number.isInteger(seed)) return { error: 'The seed must be a whole number.' }
  const at = values.get('at')
  const startMs = at === undefined ? undefined : Date.parse(at)
  if (startMs !== undefined && Number.isNaN(startMs))
    return { error: `--at takes a date such as 2026-11-23T08:00:00Z, not ${at}.` }
  const faults = readFaults(Object.fromEntries(faultValues))
  if ('error' in faults) return faults as { error: string }
  const appId = values.get('app-id') ?? env.WASL_SIM_APP_ID ?? 'wasl-simulated-app'
  const appSecret = values.get('app-secret') ?? env.WASL_SIM_APP_SECRET ?? 'wasl-simulated-secret'
  const options: SimulatorOptions = {
    port,
    seed,
    appId,
    appSecret,
    faults: faults as Faults,
    frozen: switches.has('frozen'),
    folder: values.get('data') ?? env.WASL_SIM_DATA ?? null,
    ...(startMs === undefined ? {} : { startMs }),
  }
  return { options, scenario: values.get('scenario') ?? null, help: switches.has('help') }
}

const VALUE_FLAGS = ['port', 'seed', 'scenario', 'app-id', 'app-secret', 'at', 'data']
const SWITCHES = ['frozen', 'help']

interface Flags {
  readonly values: ReadonlyMap<string, string>
  readonly faultValues: ReadonlyMap<string, number>
  readonly switches: ReadonlySet<string>
}

function readFlags(argv: readonly string[]): Flags | { error: string } {
  const values = new Map<string, string>()
  const faultValues = new Map<string, number>()
  const switches = new Set<string>()
  for (let at = 0; at < argv.length; at++) {
    const [name = '', given] = (argv[at] ?? '').replace(/^-h$/, '--help').replace(/^--/, '').split(/=(.*)/s)
    if (!(argv[at] ?? '').startsWith('-')) return { error: `What is ${argv[at]}? See --help.` }
    if (SWITCHES.includes(name)) {
      switches.add(name)
      continue
    }
    if (name !== 'fault' && !VALUE_FLAGS.includes(name)) return { error: `There is no option --${name}. See --help.` }
    const value = given ?? argv[++at]
    if (value === undefined) return { error: `--${name} needs a value.` }
    if (name !== 'fault') values.set(name, value)
    else {
      const [fault = '', amount] = value.split('=')
      faultValues.set(fault, Number(amount))
    }
  }
  return { values, faultValues, switches }
}

/** The text of `bin/sim --help`. */
export function helpText(): string {
  const faults = Object.entries(FAULT_MEANINGS).map(([name, meaning]) => `  ${name.padEnd(30)}${meaning}`)
  const trials = Object.entries(TRIALS).map(([name, trial]) => `  ${name.padEnd(20)}${trial.meaning}`)
  return `bin/sim: a simulated Meta, business phone and customers, for Wasl and its tests

Usage: bin/sim [--port N] [--seed N] [--scenario NAME] [--fault NAME=VALUE]… [--at DATE] [--frozen]

  --port N            127.0.0.1 port (WASL_SIM_PORT; default ${PORT_DEFAULT}; 0 takes a free one)
  --seed N            everything random comes from it: the same seed and the same calls make the same run (default 1)
  --scenario NAME     loads a scenario at once: shop, dialogues, standin, tiny, or a trial (see below)
  --fault NAME=VALUE  a fault from the start (more by PUT /control/faults)
  --app-id, --app-secret   the Meta app (WASL_SIM_APP_ID, WASL_SIM_APP_SECRET)
  --data FOLDER       the world is kept there from one run to the next (WASL_SIM_DATA; default: not kept)
  --at DATE           the simulated clock starts there; --frozen: it stands still until moved

Graph API under /v23.0 to /v26.0; the phone at /phone, the customers at /customers; everything else at /control,
see docs/subsystems/simulator.md.

Trials (the shop, and something goes otherwise than well):
${trials.join('\n')}

Faults (ratios from 0 to 1 unless said otherwise):
${faults.join('\n')}
`
}
