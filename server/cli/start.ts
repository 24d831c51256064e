import { readConfig } from '../config.ts'
import { startWasl, type Wasl } from '../main.ts'
import { Refusal } from '../platform/refusal.ts'

const EXIT_LOST = 1
const EXIT_FORCED = 130
/** npm passes a Ctrl-C on that the terminal has sent already: within this time two signals are one. */
const SAME_SIGNAL_MS = 1_000

/** `bin/wasl start`: runs until Ctrl-C or SIGTERM, then stops everything in order; a second signal stops it at once. */
export async function start(cloneFolder: string): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  let wasl: Wasl | undefined
  let ending = false
  let signalledAt = 0
  const end = async (code: number) => {
    ending = true
    await wasl?.stop()
    process.exit(code)
  }
  const onSignal = (signal: string) => {
    const isRepeated = signalledAt !== 0 && performance.now() - signalledAt < SAME_SIGNAL_MS
    if (ending && isRepeated) return
    if (ending) {
      say('Ended at once; if the database still runs, the next start stops it.')
      process.exit(EXIT_FORCED)
    }
    ending = true
    signalledAt = performance.now()
    say(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal}: stopping …`)
    // While it still starts, it is stopped as soon as it has started.
    if (wasl !== undefined) void end(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  const onLost = (reason: string) => {
    if (ending) return
    process.stderr.write(`${reason}\n`)
    void end(EXIT_LOST)
  }
  process.on('uncaughtException', (error) => onLost(error.stack ?? String(error)))
  try {
    wasl = await startWasl(readConfig(cloneFolder), { say, onLost })
  } catch (error) {
    if (ending && !(error instanceof Refusal)) process.exit(0)
    throw error
  }
  if (ending) return end(0)
  tellWhere(wasl, say)
}

function tellWhere(wasl: Wasl, say: (line: string) => void): void {
  say(`Wasl is ready: ${wasl.inboxUrl}`)
  if (wasl.simulatorUrl !== null) {
    say(`  the simulated phone:     ${wasl.simulatorUrl}/phone`)
    say(`  the simulated customers: ${wasl.simulatorUrl}/customers`)
  }
  say(`  webhooks come in at:     ${wasl.webhookUrl}`)
  say('Ctrl-C stops everything.')
}
