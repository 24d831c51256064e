import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CLONE_FOLDER } from '../../test/support/postgres.ts'
import { Refusal } from './refusal.ts'
import { type SimulatorProcess, startSimulatorProcess } from './simulator-process.ts'

const running: SimulatorProcess[] = []
const folders: string[] = []
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wasl-sim-'))
  folders.push(folder)
  return folder
}

async function start(options: { port?: number; dataFolder?: string; lost?: string[] } = {}): Promise<SimulatorProcess> {
  const simulator = await startSimulatorProcess({
    cloneFolder: CLONE_FOLDER,
    dataFolder: options.dataFolder ?? join(makeFolder(), 'simulator'),
    port: options.port ?? 0,
    appId: '1',
    appSecret: 'an app secret',
    onLine: () => {},
    onLost: (reason) => options.lost?.push(reason),
  })
  running.push(simulator)
  return simulator
}

async function answers(simulator: SimulatorProcess): Promise<boolean> {
  return fetch(`${simulator.url}/control/state`).then(
    (answer) => answer.ok,
    () => false,
  )
}

test('port 0 takes a free one, and a stopped simulator gives it back', async () => {
  const lost: string[] = []
  const simulator = await start({ lost })
  expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/)
  expect(await answers(simulator)).toBe(true)
  await simulator.stop()
  expect(await answers(simulator)).toBe(false)
  expect(lost, 'it was asked to').toEqual([])
})

test("another one's port is refused in one sentence, and that one is not taken for ours", async () => {
  const other = await start()
  const port = Number(new URL(other.url).port)
  const refused = start({ port })
  await expect(refused).rejects.toBeInstanceOf(Refusal)
  await expect(refused).rejects.toThrow(
    `The port 127.0.0.1:${port} is taken by another program: stop it, or set WASL_SIM_PORT to another port.`,
  )
  expect(await answers(other)).toBe(true)
})

test('two simulators do not share a folder; when the first has gone, the next may have it', async () => {
  const dataFolder = join(makeFolder(), 'simulator')
  const first = await start({ dataFolder })
  await expect(start({ dataFolder })).rejects.toThrow(`The data folder ${dataFolder} is in use by another Wasl`)
  expect(await answers(first)).toBe(true)
  await first.stop()
  expect(await answers(await start({ dataFolder }))).toBe(true)
})
