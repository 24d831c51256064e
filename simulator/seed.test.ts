import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCENARIO_NAMES } from './play/scenarios.ts'
import { readSeedOptions, SEED_HELP, type SeedOptions } from './seed-options.ts'
import { runSeed, SeedFailure } from './seed-run.ts'
import { type Simulator, startSimulator } from './simulator.ts'

let simulator: Simulator
let wasl: Server
let waslUrl = ''
/** What the stand-in for Wasl tells of its history, one entry a look. */
let states: string[] = []

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: 1, appId: 'app', appSecret: 'secret' })
  wasl = createServer(async (request, response) => {
    const answer = await waslAnswer(request.method ?? '', request.url ?? '')
    response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((done) => wasl.listen(0, '127.0.0.1', done))
  waslUrl = `http://127.0.0.1:${(wasl.address() as AddressInfo).port}`
})
afterAll(async () => {
  wasl.close()
  await simulator.close()
})

/** Speaks as much of Wasl's HTTP API as the seeding needs, and onboards the simulator's phone as Wasl does. */
async function waslAnswer(method: string, path: string): Promise<unknown> {
  if (path === '/healthz') return { simulator: simulator.origin }
  const phone = [...simulator.world.numbers.values()].at(-1)
  const numberOf = (state: string) => ({
    phoneNumberId: phone?.id,
    displayPhone: phone?.business.displayPhone,
    syncs: [{ kind: 'history', state, progressPercent: 50, received: 7 }],
  })
  if (method === 'POST' && path === '/api/v1/numbers/simulated') {
    await fetch(`${simulator.origin}/control/onboard`, {
      method: 'POST',
      body: JSON.stringify({ phoneNumberId: phone?.id }),
    })
    return { number: numberOf('asked') }
  }
  return path === '/api/v1/numbers' ? { numbers: [numberOf(states.shift() ?? 'receiving')] } : null
}

function options(argv: readonly string[]): SeedOptions {
  const read = readSeedOptions(argv)
  if (read === 'help' || 'error' in read) throw new Error('not these')
  return read
}

describe('seeding', () => {
  test('loads the scenario, connects it and follows the import to its end', async () => {
    states = ['asked', 'receiving', 'receiving', 'complete']
    const lines: string[] = []
    await runSeed(options(['--scenario', 'standin', '--count', '20', '--seed', '5', '--wasl', waslUrl]), (line) =>
      lines.push(line),
    )
    expect(lines).toEqual([
      'standin (seed 5): 20 customers, 368 messages, 0 live acts',
      'connected +966 55 123 4568',
      'history: asked 50%, 7 received',
      'history: receiving 50%, 7 received',
      'history: complete, 7 received',
    ])
    const number = [...simulator.world.numbers.values()].at(-1)
    expect([number?.scenario, number?.connection]).toEqual(['standin', 'connected'])
  })

  test('an import that ends short of complete, and a Wasl that is not there, are told in one sentence', async () => {
    states = ['partial']
    const wish = ['--scenario', 'standin', '--count', '2', '--sim', simulator.origin]
    await expect(runSeed(options([...wish, '--wasl', waslUrl]), () => {})).rejects.toThrow(
      'The history ended as "partial"',
    )
    const nobody = runSeed(options(['--wasl', 'http://127.0.0.1:1']), () => {})
    await expect(nobody).rejects.toThrow(SeedFailure)
    await expect(nobody).rejects.toThrow('Wasl does not answer at http://127.0.0.1:1; is it running?')
  })
})

describe('arguments', () => {
  test.each([
    [['--seed', 'x'], '--seed takes a whole number.'],
    [['--scenario', 'circus'], 'There is no scenario circus'],
    [['--scenario', 'dialogues'], 'needs --dialogues DIR'],
    [['--count', '0'], '--count takes a whole number above 0.'],
    [['--wasl', 'nowhere'], 'nowhere is not a web address.'],
    [['--colour'], "'--colour'"],
  ])('%j is refused', (argv, sentence) => {
    expect(readSeedOptions(argv)).toEqual({ error: expect.stringContaining(sentence) })
  })

  test('every scenario the simulator knows is taken', () => {
    for (const scenario of SCENARIO_NAMES) {
      expect(options(['--scenario', scenario, '--dialogues', 'folder']).scenario).toBe(scenario)
      expect(SEED_HELP).toContain(scenario)
    }
  })

  test('help is help, and the defaults are the demonstration', () => {
    expect(readSeedOptions(['-h'])).toBe('help')
    expect(options([])).toMatchObject({ seed: 1, scenario: 'shop', sim: null, shareHistory: true })
  })
})
