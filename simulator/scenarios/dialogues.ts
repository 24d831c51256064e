import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { Scenario } from '../scenario.ts'
import { scenarioOf, type Turn } from './dialogue-acts.ts'

/** One line of the files. */
export interface Dialogue {
  readonly id: string
  readonly services: readonly string[]
  readonly turns: readonly Turn[]
}

const FILES = /^sgd-.*\.jsonl\.gz$/

/**
 * Real conversations as half a year of history: every dialogue of `dir/sgd-*.jsonl.gz` is one customer. `limit` takes only
 * the first so many. Throws with one sentence when the folder holds no such files or a line is not a dialogue.
 */
export async function dialoguesScenario(from: {
  readonly dir: string
  readonly seed: number
  readonly limit?: number
}): Promise<Scenario> {
  const turns: (readonly Turn[])[] = []
  for await (const dialogue of readDialogues(from.dir)) {
    if (turns.length === (from.limit ?? Number.POSITIVE_INFINITY)) break
    turns.push(dialogue.turns)
  }
  return scenarioOf('dialogues', from.seed, turns)
}

/** The dialogues of all files of the folder, by file name and line; one line in memory at a time. Throws as above. */
export async function* readDialogues(dir: string): AsyncGenerator<Dialogue> {
  const names = (await readdir(dir)).filter((name) => FILES.test(name)).sort()
  if (names.length === 0) throw new Error(`No files sgd-*.jsonl.gz in ${dir}`)
  for (const name of names) {
    const stream = createReadStream(join(dir, name)).pipe(createGunzip())
    let line = 0
    for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      line++
      if (text !== '') yield parse(text, `${name}, line ${line}`)
    }
  }
}

function parse(text: string, place: string): Dialogue {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${place} is not JSON`, { cause })
  }
  if (!isDialogue(value)) throw new Error(`${place} is not a dialogue {id, services, turns}`)
  return value
}

function isDialogue(value: unknown): value is Dialogue {
  if (typeof value !== 'object' || value === null || !('turns' in value) || !Array.isArray(value.turns)) return false
  return value.turns.every(
    (turn: unknown) =>
      Array.isArray(turn) && (turn[0] === 'customer' || turn[0] === 'agent') && typeof turn[1] === 'string',
  )
}
