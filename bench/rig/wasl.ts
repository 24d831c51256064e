import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Health } from '../../contract/api/workspace.ts'
import { freePorts } from './free-ports.ts'

const START_WAIT_MS_MAX = 120_000
const STOP_WAIT_MS_MAX = 60_000
const POLL_MS = 5
const CLONE_FOLDER = fileURLToPath(new URL('../..', import.meta.url))
/** Lines of the log that are shown when Wasl did not start. */
const LOG_LINES_SHOWN = 30

/** The folder of one Wasl, its ports and its secret; it outlives the process, so that Wasl can be killed and started. */
export interface WaslHome {
  readonly dataFolder: string
  readonly inboxPort: number
  readonly webhookPort: number
  /** Where Wasl looks for the Graph API; nobody listens there but in `coexist`. */
  readonly graphPort: number
  readonly appSecret: string
  remove(): void
}

export interface RunningWasl {
  readonly pid: number
  /** From the start of the process to the first healthy answer. */
  readonly startMs: number
  /** Ctrl-C, and wait until it has gone. */
  stop(): Promise<void>
  /** `kill -9` of the server's process alone. */
  kill(): Promise<void>
}

export async function makeHome(): Promise<WaslHome> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'wasl-bench-'))
  // PostgreSQL runs as another user when Wasl runs as root: let that user pass through.
  chmodSync(dataFolder, 0o711)
  const [inboxPort, webhookPort, graphPort] = (await freePorts(3)) as [number, number, number]
  const appSecret = randomBytes(16).toString('hex')
  return {
    dataFolder,
    inboxPort,
    webhookPort,
    graphPort,
    appSecret,
    remove: () => rmSync(dataFolder, { recursive: true, force: true }),
  }
}

/** What Wasl is told: its ports and folder, Meta's credentials, and that no simulator shall run. */
export function environmentOf(home: WaslHome): NodeJS.ProcessEnv {
  const { DATABASE_URL: _external, ...inherited } = process.env
  return {
    ...inherited,
    WASL_PORT: String(home.inboxPort),
    WASL_WEBHOOK_PORT: String(home.webhookPort),
    WASL_DATA_DIR: home.dataFolder,
    WASL_META_APP_ID: '1234567890',
    WASL_META_APP_SECRET: home.appSecret,
    WASL_META_VERIFY_TOKEN: 'bench-verify-token',
    WASL_GRAPH_URL: `http://127.0.0.1:${home.graphPort}`,
    WASL_SIMULATOR: 'off',
    WASL_LOG_LEVEL: 'warn',
  }
}

/**
 * Starts the server by `bin/wasl start`, whose shell becomes the server, and waits until it is healthy. Throws with the
 * end of its log. With `profile` V8 writes a CPU profile into the data folder when the server stops.
 */
export function startWasl(home: WaslHome, profile = false): Promise<RunningWasl> {
  const options = profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${home.dataFolder}` } : {}
  return startCommand(home, 'sh', [join(CLONE_FOLDER, 'bin/wasl'), 'start'], options)
}

/** The same by `npm start`, as a person does; `pid` is npm's. */
export function npmStartWasl(home: WaslHome): Promise<RunningWasl> {
  return startCommand(home, 'npm', ['start'])
}

async function startCommand(
  home: WaslHome,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<RunningWasl> {
  const log = join(home.dataFolder, 'bench.log')
  const output = openSync(log, 'a')
  const startedAt = performance.now()
  const child = spawn(command, [...args], {
    cwd: CLONE_FOLDER,
    env: { ...environmentOf(home), ...environment },
    stdio: ['ignore', output, output],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilHealthy(home, child, log)
  const startMs = performance.now() - startedAt
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const late = pause(STOP_WAIT_MS_MAX, 'late', { ref: false })
    if ((await Promise.race([ended, late])) === 'late')
      throw new Error(`Wasl did not end ${STOP_WAIT_MS_MAX} ms after ${signal}`)
  }
  return { pid: child.pid as number, startMs, stop: () => end('SIGINT'), kill: () => end('SIGKILL') }
}

async function untilHealthy(home: WaslHome, child: ChildProcess, log: string): Promise<void> {
  const until = performance.now() + START_WAIT_MS_MAX
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`Wasl ended while starting:\n${tail(log)}`)
    if ((await healthOf(home))?.status === 'ok') return
    await pause(POLL_MS)
  }
  child.kill('SIGKILL')
  throw new Error(`Wasl was not healthy after ${START_WAIT_MS_MAX} ms:\n${tail(log)}`)
}

/** What `/healthz` says, or `null` when nobody answers. */
export async function healthOf(home: WaslHome): Promise<Health | null> {
  const answer = await fetch(`http://127.0.0.1:${home.inboxPort}/healthz`).catch(() => null)
  return answer === null ? null : ((await answer.json()) as Health)
}

function tail(log: string): string {
  return readFileSync(log, 'utf8').split('\n').slice(-LOG_LINES_SHOWN).join('\n')
}
