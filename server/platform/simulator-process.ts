import { type ChildProcess, spawn } from 'node:child_process'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inUse, prepareDataFolder } from './data-folder.ts'
import { lockFolder } from './folder-lock.ts'
import { portTaken, Refusal } from './refusal.ts'

const FREE_WAIT_MS_MAX = 3_000
const READY_WAIT_MS_MAX = 15_000
const STOP_WAIT_MS_MAX = 5_000
const POLL_INTERVAL_MS = 20
const CALL_TIMEOUT_MS = 10_000
/** Of what it printed last, kept to be told when it ends unasked. */
const SAID_CHARACTERS_MAX = 2_000

export interface SimulatorProcess {
  /** Base of its Graph API, its pages and its control API, without a slash at the end. */
  readonly url: string
  /** What one would enter in Meta's App Dashboard; the simulator verifies the address at once. */
  subscribeWebhook(webhook: { url: string; verifyToken: string }): Promise<void>
  stop(): Promise<void>
}

export interface SimulatorProcessOptions {
  readonly cloneFolder: string
  /** Where its world is kept; made when it is missing. */
  readonly dataFolder: string
  readonly port: number
  readonly appId: string
  readonly appSecret: string
  readonly onLine: (line: string) => void
  readonly onLost: (reason: string) => void
}

/**
 * Runs the simulator as a process of its own that ends with this one, and waits until it says where it answers. It learns
 * the app's credentials by environment and everything else over HTTP, as Meta would. `port` 0 takes a free one; `onLine`
 * gets what it prints. Throws a `Refusal` when the port or the folder is another's.
 */
export async function startSimulatorProcess(options: SimulatorProcessOptions): Promise<SimulatorProcess> {
  await waitUntilFree(options.port)
  await prepareDataFolder(options.dataFolder)
  // Two simulators of one folder would write over each other's world, and deliver its webhooks twice.
  const lock = await lockFolder(options.dataFolder)
  if (lock === null) throw new Refusal(inUse(options.dataFolder))
  const child = spawnSimulator(options)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-SAID_CHARACTERS_MAX)
      for (const line of chunk.toString().split('\n')) if (line !== '') options.onLine(line)
    })
  }
  let url: string
  try {
    url = await waitUntilReady(child, () => said)
  } catch (error) {
    child.kill('SIGKILL')
    await lock.release()
    throw error
  }
  let stopping = false
  child.once('exit', (code, signal) => {
    if (!stopping) options.onLost(`The simulator ended (${signal ?? code}): ${said.trim()}`)
  })
  return {
    url,
    subscribeWebhook: (webhook) => subscribe(url, webhook),
    async stop() {
      stopping = true
      await stopChild(child)
      await lock.release()
    },
  }
}

function spawnSimulator(options: SimulatorProcessOptions): ChildProcess {
  return spawn(process.execPath, [join(options.cloneFolder, 'simulator', 'main.ts')], {
    cwd: options.cloneFolder,
    env: {
      PATH: '/usr/bin:/bin',
      WASL_SIM_PORT: String(options.port),
      WASL_SIM_APP_ID: options.appId,
      WASL_SIM_APP_SECRET: options.appSecret,
      WASL_SIM_DATA: options.dataFolder,
      NODE_COMPILE_CACHE: join(options.cloneFolder, '.build', 'compiled'),
    },
    // A group of its own: Ctrl-C reaches us alone and we stop it in order. The channel closes when we are killed.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

/** The simulator of a Wasl that was killed notices it within moments and gives up its port. */
async function waitUntilFree(port: number): Promise<void> {
  const until = performance.now() + FREE_WAIT_MS_MAX
  while (port !== 0 && (await isTaken(port))) {
    if (performance.now() > until) throw new Refusal(portTaken('127.0.0.1', port, 'WASL_SIM_PORT'))
    await sleep(POLL_INTERVAL_MS)
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Gives the address it prints when it listens. Whoever else answers on the port is not ours. */
async function waitUntilReady(child: ChildProcess, said: () => string): Promise<string> {
  const until = performance.now() + READY_WAIT_MS_MAX
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Refusal(`The simulator did not start: ${said().trim() || `code ${child.exitCode ?? child.signalCode}`}`)
    }
    const url = /^simulator: (http:\S+)/m.exec(said())?.[1]
    if (url !== undefined) return url
    await sleep(POLL_INTERVAL_MS)
  }
  throw new Refusal(`The simulator was not ready after ${READY_WAIT_MS_MAX / 1000} s: ${said().trim()}`)
}

async function subscribe(url: string, webhook: { url: string; verifyToken: string }): Promise<void> {
  const answer = await fetch(`${url}/control/webhook`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(webhook),
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  })
  if (!answer.ok) throw new Error(`The simulator refused the webhook ${webhook.url}: ${await answer.text()}`)
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WAIT_MS_MAX)
  await ended
  clearTimeout(timer)
}
