import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scenario } from '../scenario.ts'
import { dialoguesScenario } from './dialogues.ts'
import { loadScenario } from './load-scenario.ts'
import { STANDIN_DIALOGUES, STANDIN_MESSAGES, standinDialogues, standinScenario } from './standin.ts'

const DAY_MS = 86_400_000
let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dialogues-'))
  const lines = Array.from({ length: 40 }, (_value, index) =>
    JSON.stringify({
      id: `x_${index}`,
      services: ['Hotels_1'],
      turns: [
        ['customer', `Question ${index}?`],
        ['agent', `Answer ${index}.`],
        ['customer', 'Thanks.'],
      ],
    }),
  )
  await writeFile(join(dir, 'sgd-b.jsonl.gz'), gzipSync(`${lines.slice(20).join('\n')}\n`))
  await writeFile(join(dir, 'sgd-a.jsonl.gz'), gzipSync(lines.slice(0, 20).join('\n')))
})
afterAll(() => rm(dir, { recursive: true }))

/** What holds for any scenario made of dialogues. */
function expectHistory(scenario: Scenario) {
  const offsets = scenario.acts.map((act) => act.atOffsetMs)
  expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
  expect(offsets[0]).toBeGreaterThanOrEqual(-180 * DAY_MS)
  expect(offsets.at(-1)).toBeLessThan(0)
  const phones = scenario.customers.map((customer) => customer.phone)
  expect(new Set(phones).size).toBe(scenario.customers.length)
}

describe('real dialogues', () => {
  test('each is one customer, its turns in order and at different seconds, the agent on the phone', async () => {
    const scenario = await dialoguesScenario({ dir, seed: 1 })
    expectHistory(scenario)
    expect(scenario.customers).toHaveLength(40)
    for (const customer of scenario.customers) {
      const acts = scenario.acts.filter((act) => act.customer === customer.key)
      expect(acts.map((act) => (act.do === 'send' && act.message.type === 'text' ? act.message.body : null))).toEqual([
        `Question ${customer.key.slice(1)}?`,
        `Answer ${customer.key.slice(1)}.`,
        'Thanks.',
      ])
      expect(acts.map((act) => act.by)).toEqual(['customer', 'phone', 'customer'])
      expect(new Set(acts.map((act) => Math.floor(act.atOffsetMs / 1000))).size).toBe(3)
    }
  })

  test('a limit takes the first ones; the same seed gives the same times', async () => {
    const few = await dialoguesScenario({ dir, seed: 1, limit: 5 })
    expect(few.customers).toHaveLength(5)
    expect(await dialoguesScenario({ dir, seed: 1, limit: 5 })).toEqual(few)
    expect(await dialoguesScenario({ dir, seed: 2, limit: 5 })).not.toEqual(few)
  })

  test('a folder without dialogues and a spoilt line are told in one sentence', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'none-'))
    await expect(dialoguesScenario({ dir: empty, seed: 1 })).rejects.toThrow('No files sgd-*.jsonl.gz')
    await writeFile(join(empty, 'sgd-x.jsonl.gz'), gzipSync('{"id":1}\n'))
    await expect(dialoguesScenario({ dir: empty, seed: 1 })).rejects.toThrow('sgd-x.jsonl.gz, line 1 is not a dialogue')
    await rm(empty, { recursive: true })
  })
})

describe('the stand-in', () => {
  test('is as large as the real dialogues, to the message', () => {
    let dialogues = 0
    let messages = 0
    let longest = 0
    for (const turns of standinDialogues(1, STANDIN_DIALOGUES)) {
      dialogues++
      messages += turns.length
      longest = Math.max(longest, turns.length)
    }
    expect({ dialogues, messages }).toEqual({ dialogues: 14_272, messages: STANDIN_MESSAGES })
    expect(longest).toBeLessThan(60)
  })

  test('smaller ones keep the proportion, the order and the phases', () => {
    const scenario = standinScenario({ seed: 3, dialogues: 300 })
    expectHistory(scenario)
    expect(scenario.acts).toHaveLength(Math.round((STANDIN_MESSAGES * 300) / STANDIN_DIALOGUES))
    for (const [from, to] of [
      [-DAY_MS, 0],
      [-90 * DAY_MS, -DAY_MS],
      [-180 * DAY_MS, -90 * DAY_MS],
    ] as const) {
      expect(scenario.acts.some((act) => act.atOffsetMs >= from && act.atOffsetMs < to)).toBe(true)
    }
  })
})

test('scenarios are loaded by name, and unknown names are told', async () => {
  const shop = await loadScenario('shop', { seed: 1, nowMs: Date.UTC(2026, 10, 23), options: {} })
  expect(shop.business.displayPhone).toBe('+966 55 123 4567')
  await expect(loadScenario('dialogues', { seed: 1, nowMs: 0, options: {} })).rejects.toThrow('dialoguesDir')
  await expect(loadScenario('circus', { seed: 1, nowMs: 0, options: {} })).rejects.toThrow('No scenario "circus"')
})
