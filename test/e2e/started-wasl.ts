import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const CLONE_FOLDER = fileURLToPath(new URL('../..', import.meta.url))
const START_WAIT_MS_MAX = 120_000
const STOP_WAIT_MS_MAX = 40_000
const POLL_MS = 20
const LOG_LINES_SHOWN = 40

/** A Wasl and its simulator as `npm start` runs them, on ports and in a folder of their own. */
export interface StartedWasl {
  readonly inboxUrl: string
  readonly simulatorUrl: string
  /** `kill -9` of the server; the simulator may live on for a moment, as an orphan would. */
  kill(): Promise<void>
  /** Starts it again after a kill, on the same ports and folder. */
  restart(): Promise<void>
  /** Stops it and removes its folder. */
  end(): Promise<void>
}

export async function startWaslWithSimulator(): Promise<StartedWasl> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'wasl-e2e-'))
  // PostgreSQL runs as another user when Wasl runs as root: let that user pass through.
  chmodSync(dataFolder, 0o711)
  const [inboxPort, webhookPort, simulatorPort] = await Promise.all([freePort(), freePort(), freePort()])
  const environment = {
    WASL_PORT: String(inboxPort),
    WASL_WEBHOOK_PORT: String(webhookPort),
    WASL_SIM_PORT: String(simulatorPort),
    WASL_DATA_DIR: dataFolder,
    WASL_SIMULATOR: 'on',
    WASL_LOG_LEVEL: 'warn',
    DATABASE_URL: '',
  }
  const inboxUrl = `http://127.0.0.1:${inboxPort}`
  let child = await start(dataFolder, environment, inboxUrl)
  return {
    inboxUrl,
    simulatorUrl: `http://127.0.0.1:${simulatorPort}`,
    kill: () => endProcess(child, 'SIGKILL'),
    async restart() {
      child = await start(dataFolder, environment, inboxUrl)
    },
    async end() {
      await endProcess(child, 'SIGINT')
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function start(dataFolder: string, environment: Record<string, string>, inboxUrl: string): Promise<ChildProcess> {
  const log = join(dataFolder, 'e2e.log')
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, [join(CLONE_FOLDER, 'server/cli/main.ts'), 'start'], {
    cwd: CLONE_FOLDER,
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, output],
  })
  const until = performance.now() + START_WAIT_MS_MAX
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) break
    const answer = await fetch(`${inboxUrl}/healthz`).catch(() => null)
    if (answer?.ok === true) return child
    await pause(POLL_MS)
  }
  child.kill('SIGKILL')
  throw new Error(`Wasl did not start:\n${readFileSync(log, 'utf8').split('\n').slice(-LOG_LINES_SHOWN).join('\n')}`)
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const late = await Promise.race([ended.then(() => false), pause(STOP_WAIT_MS_MAX, true, { ref: false })])
  if (!late) return
  child.kill('SIGKILL')
  throw new Error(`Wasl did not end ${STOP_WAIT_MS_MAX} ms after ${signal}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
