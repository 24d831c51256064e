import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** Only the JSON line, without the table. */
  readonly json: boolean
  readonly runs: number
  readonly seed: number
  /** Webhooks a second; `null`: as fast as they are answered. */
  readonly rate: number | null
  readonly dialoguesFolder: string | null
  /** Live messages of one intake run. */
  readonly messages: number
  /** Length of one coexist run. */
  readonly seconds: number
  /** Tells where the server's CPU went; slows it by some per cent. */
  readonly profile: boolean
}

export const USAGE = `bin/bench NAME [--json] [--runs 3] [--seed 1] [--rate PER_SECOND] [--messages 20000] [--seconds 60] [--dialogues DIR] [--profile]

  intake      one text message per signed webhook from distinct senders over 32 connections; --rate paces them
  import      six months of history (262,524 messages); --dialogues DIR reads sgd-*.jsonl.gz, else a stand-in as large
  coexist     25 numbers at 20 messages a second each, by customers, phones and API, for --seconds
  send        50 numbers of the API alone: as fast as they are taken, then 100 a second; statuses flow back
  idle        memory of a Wasl that does nothing, and how long npm start takes
  peer-cases  the cases in which other systems lose, double or misfile messages

--profile tells where the server's CPU went, by file; it costs some speed.
Starts a Wasl of its own in a temporary folder. The last line printed is one JSON object.`

/** Reads the command line. Throws with one sentence when it cannot be understood. */
export function readArguments(args: readonly string[]): { name: string; options: BenchOptions } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      runs: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      rate: { type: 'string' },
      messages: { type: 'string', default: '20000' },
      seconds: { type: 'string', default: '60' },
      dialogues: { type: 'string' },
      profile: { type: 'boolean', default: false },
    },
  })
  const [name, ...rest] = positionals
  if (name === undefined || rest.length > 0) throw new Error('give the name of one bench')
  return {
    name,
    options: {
      json: values.json,
      runs: wholeNumber('--runs', values.runs),
      seed: wholeNumber('--seed', values.seed),
      rate: values.rate === undefined ? null : wholeNumber('--rate', values.rate),
      messages: wholeNumber('--messages', values.messages),
      seconds: wholeNumber('--seconds', values.seconds),
      dialoguesFolder: values.dialogues ?? null,
      profile: values.profile,
    },
  }
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} must be a whole number above 0`)
  return number
}
