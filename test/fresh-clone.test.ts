import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Health } from '../contract/api/workspace.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Installing from npm's cache, building the pages, making the database. */
const START_WAIT_MS_MAX = 240_000
const STOP_WAIT_MS_MAX = 30_000
const POLL_MS = 100

let folder = ''
let clone = ''
let started: ChildProcess | undefined
let said = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasl-clone-'))
  // What `mkdtemp` closes would send the database to a system folder, which another test is about.
  chmodSync(folder, 0o755)
  clone = join(folder, 'wasl')
  // This clone may belong to somebody else than who runs the test; git takes that only from its configuration.
  execFileSync('git', ['clone', '-q', ROOT, clone], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
  })
})
afterAll(async () => {
  // Only when the test failed half-way: it stops what it started.
  if (started?.exitCode === null && started.signalCode === null) await ctrlC()
  rmSync(folder, { recursive: true, force: true })
})

test('`npm start` in a fresh clone reaches the inbox, `npm start` again is quick, and Ctrl-C stops everything', async () => {
  const [inbox, webhook, simulator] = await Promise.all([freePort(), freePort(), freePort()])
  const ports = { WASL_PORT: String(inbox), WASL_WEBHOOK_PORT: String(webhook), WASL_SIM_PORT: String(simulator) }
  await npmStart(ports, `http://127.0.0.1:${inbox}`)
  expect(said).toContain(`Wasl is ready: http://127.0.0.1:${inbox}`)

  const page = await (await fetch(`http://127.0.0.1:${inbox}/`)).text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
  expect(script, 'the page of the inbox names its script').toBeDefined()
  expect((await fetch(`http://127.0.0.1:${inbox}${script}`)).status).toBe(200)
  expect((await fetch(`http://127.0.0.1:${simulator}/control/state`)).status).toBe(200)

  await ctrlC()
  for (const port of [inbox, webhook, simulator]) expect(await answers(port), `port ${port} after Ctrl-C`).toBe(false)
  expect(processesIn(clone), 'nothing of the clone runs on').toEqual([])

  const again = performance.now()
  await npmStart(ports, `http://127.0.0.1:${inbox}`)
  console.log(`second npm start to healthy: ${Math.round(performance.now() - again)} ms`)
  // As a service manager does: only npm is told, and passes it on.
  started?.kill('SIGTERM')
  await hasEnded()
  expect(processesIn(clone), 'nothing runs on after SIGTERM').toEqual([])
})

/** As a person with an ordinary shell would: nothing of this run's environment but npm's cache and the ports. */
async function npmStart(ports: Record<string, string>, inboxUrl: string): Promise<void> {
  const { PATH, HOME, npm_config_cache: cache, npm_config_registry: registry } = process.env
  const path = (PATH ?? '').split(':').filter((entry) => !entry.includes('node_modules'))
  said = ''
  started = spawn('npm', ['start'], {
    cwd: clone,
    env: {
      PATH: path.join(':'),
      HOME,
      ...(cache === undefined ? {} : { npm_config_cache: cache }),
      ...(registry === undefined ? {} : { npm_config_registry: registry }),
      CI: 'true',
      ...ports,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  for (const stream of [started.stdout, started.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const health = async () => {
    if (started?.exitCode !== null) throw new Error(`npm start ended; it said:\n${said}`)
    const answer = await fetch(`${inboxUrl}/healthz`).catch(() => null)
    return answer === null ? null : ((await answer.json()) as Health).status
  }
  await expect.poll(health, { timeout: START_WAIT_MS_MAX, interval: POLL_MS }).toBe('ok')
  await expect.poll(() => said, { timeout: POLL_MS * 100 }).toContain('Wasl is ready')
}

/** The terminal sends SIGINT to the whole group in the foreground. */
async function ctrlC(): Promise<void> {
  process.kill(-(started?.pid as number), 'SIGINT')
  await hasEnded()
}

async function hasEnded(): Promise<void> {
  const ended = () => started?.exitCode !== null || started.signalCode !== null
  await expect.poll(ended, { timeout: STOP_WAIT_MS_MAX, interval: POLL_MS, message: said }).toBe(true)
}

function processesIn(path: string): string[] {
  const list = execFileSync('ps', ['-axo', 'pid=,stat=,args='], { encoding: 'utf8' })
  return list.split('\n').filter((line) => line.includes(`${path}/`) && !/^\s*\d+\s+Z/.test(line))
}

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  )
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
