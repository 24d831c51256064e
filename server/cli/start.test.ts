import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CLONE_FOLDER } from '../../test/support/postgres.ts'

const CLI = join(CLONE_FOLDER, 'server', 'cli', 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'wasl-start-'))
chmodSync(folder, 0o711)
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children.filter((one) => one.exitCode === null)) {
    child.kill('SIGINT')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

const meta = {
  WASL_META_APP_ID: '1234567890',
  WASL_META_APP_SECRET: 'a'.repeat(32),
  WASL_META_VERIFY_TOKEN: 'a verify token',
  WASL_SIMULATOR: 'off',
}
const ports = {
  WASL_PORT: '0',
  WASL_WEBHOOK_PORT: '0',
  WASL_DATA_DIR: folder,
  WASL_LOG_LEVEL: 'warn',
  DATABASE_URL: '',
}

function startOnce(environment: Record<string, string>): { status: number | null; stderr: string } {
  const run = spawnSync(process.execPath, [CLI, 'start'], {
    env: { ...ports, ...meta, ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status: run.status, stderr: run.stderr }
}

/** Starts a Wasl and gives it when it says that it is ready, with all it said so far. */
async function startWasl(
  environment: Record<string, string> = {},
): Promise<{ child: ChildProcess; said: () => string }> {
  const child = spawn(process.execPath, [CLI, 'start'], { env: { ...ports, ...meta, ...environment }, stdio: 'pipe' })
  children.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  await expect.poll(() => said, { timeout: 60_000 }).toContain('Ctrl-C stops everything.')
  return { child, said: () => said }
}

test('Wasl says where it is; a second one on the same folder is refused; Ctrl-C stops it with code 0', async () => {
  const { child, said } = await startWasl()
  const inbox = /Wasl is ready: (http:\S+)/.exec(said())?.[1]
  expect(await (await fetch(`${inbox}/healthz`)).json()).toEqual({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    database: 'embedded',
    simulator: null,
    webhook_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:[1-9]\d+\/webhooks\/whatsapp$/),
    lag_ms: 0,
  })
  const webhook = /webhooks come in at: +(http:\/\/[^/\s]+)/.exec(said())?.[1]
  const atMetasDoor = await fetch(`${webhook}/healthz`)
  expect([atMetasDoor.status, await atMetasDoor.json()], 'the internet learns no more').toEqual([200, { status: 'ok' }])
  const metrics = await fetch(`${inbox}/metrics`)
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(await metrics.text()).toMatch(/^wasl_projection_lag_milliseconds 0$/m)

  const second = startOnce({})
  expect(second.stderr).toBe(
    `The data folder ${folder} is in use by another Wasl: stop that one, or set WASL_DATA_DIR to another folder.\n`,
  )
  expect(second.status).toBe(2)
  expect((await fetch(`${inbox}/healthz`)).status, 'the first one goes on').toBe(200)

  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a Ctrl-C that comes twice, from the terminal and from npm, still stops everything in order', async () => {
  const { child, said } = await startWasl()
  child.kill('SIGINT')
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(said()).not.toContain('Ended at once')
})

test('SIGTERM stops it in order too', async () => {
  const { child } = await startWasl()
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a taken port is one sentence, and the database it had started is stopped', async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const run = startOnce({ WASL_PORT: String(port) })
  server.close()
  expect(run.stderr).toBe(
    `The port 127.0.0.1:${port} is taken by another program: stop it, or set WASL_PORT to another port.\n`,
  )
  expect(run.status).toBe(2)
  const { child } = await startWasl()
  child.kill('SIGINT')
  await once(child, 'exit')
})

test('every fault of the configuration is told, and nothing is started', () => {
  const run = startOnce({ WASL_PORT: 'many', WASL_RAW_DAYS: 'few', WASL_META_APP_SECRET: '' })
  expect(run.status).toBe(2)
  expect(run.stderr).toMatch(/3 fault\(s\):\n {2}WASL_PORT: .*\n {2}WASL_RAW_DAYS: .*\n {2}WASL_META_APP_SECRET: /)
})

test('a wrong command is refused with code 2', () => {
  const run = spawnSync(process.execPath, [CLI, 'fly'], { encoding: 'utf8' })
  expect(run.status).toBe(2)
  expect(run.stderr).toContain("unknown command 'fly'")
})
