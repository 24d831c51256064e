import process from 'node:process'
import { helpText, readOptions } from './options.ts'
import { startSimulator } from './simulator.ts'

/** `bin/sim`: starts the simulator and says where it is; Ctrl-C and SIGTERM stop it. */
async function main(): Promise<void> {
  const command = readOptions(process.argv.slice(2), process.env)
  if ('error' in command) return fail(command.error)
  if (command.help) return void process.stdout.write(helpText())
  const simulator = await startSimulator(command.options).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null
    throw error
  })
  if (!simulator)
    return fail(
      `Port ${command.options.port} is taken by another program; choose another with --port or WASL_SIM_PORT.`,
    )
  const stop = (): void => void simulator.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  // Started by a program with a channel to it: ends with that program, however it ended.
  process.once('disconnect', stop)
  if (command.scenario !== null) await loadAtStart(simulator.origin, command.scenario)
  console.log(`simulator: ${simulator.origin} (seed ${command.options.seed}); phone ${simulator.origin}/phone`)
}

async function loadAtStart(origin: string, name: string): Promise<void> {
  const response = await fetch(`${origin}/control/scenarios`, { method: 'POST', body: JSON.stringify({ name }) })
  const text = await response.text()
  if (!response.ok) return fail(text)
  console.log(`simulator: scenario ${name} ${text}`)
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

await main()
