import { type BenchOptions, readArguments, USAGE } from './arguments.ts'
import type { BenchRun } from './bench-run.ts'
import { runCoexist } from './coexist.ts'
import { spreadOf, tableOf } from './figures.ts'
import { runIdle } from './idle.ts'
import { runImport } from './import.ts'
import { runIntake } from './intake.ts'
import { runPeerCases } from './peer-cases.ts'
import { runSend } from './send.ts'

const BENCHES: Readonly<Record<string, (options: BenchOptions, run: number) => Promise<BenchRun>>> = {
  intake: runIntake,
  import: runImport,
  coexist: runCoexist,
  send: runSend,
  idle: runIdle,
  'peer-cases': runPeerCases,
}

await main(process.argv.slice(2))

/** Ends with code 1 when a run had faults or failed, with code 2 when the command line makes no sense. */
async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.length === 0) {
    console.log(USAGE)
    return
  }
  const { name, options } = readOrExplain(args)
  const bench = BENCHES[name]
  if (bench === undefined) return refuse(`there is no bench ${name}`)
  const say = options.json ? () => {} : (line: string) => console.log(line)
  const runs: BenchRun[] = []
  for (let run = 1; run <= options.runs; run++) {
    const done = await bench(options, run)
    runs.push(done)
    say(`run ${run} of ${options.runs}: ${JSON.stringify(done.figures)}`)
    for (const note of done.notes) say(`  ${note}`)
    for (const fault of done.faults) console.error(`  fault: ${fault}`)
  }
  const spread = spreadOf(runs.map((run) => run.figures))
  say(`\n${tableOf(spread)}\n`)
  console.log(
    JSON.stringify({
      bench: name,
      ...(options.rate === null ? {} : { rate: options.rate }),
      runs: options.runs,
      ...spread,
    }),
  )
  process.exitCode = runs.some((run) => run.faults.length > 0) ? 1 : 0
}

function readOrExplain(args: readonly string[]): ReturnType<typeof readArguments> {
  try {
    return readArguments(args)
  } catch (error) {
    return refuse((error as Error).message)
  }
}

function refuse(sentence: string): never {
  console.error(`bench: ${sentence}\n\n${USAGE}`)
  process.exit(2)
}
