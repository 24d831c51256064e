import process from 'node:process'
import { readSeedOptions, SEED_HELP } from './seed-options.ts'
import { runSeed, SeedFailure } from './seed-run.ts'

/** `bin/seed`: see SEED_HELP. */
async function main(): Promise<number> {
  const options = readSeedOptions(process.argv.slice(2))
  if (options === 'help') {
    process.stdout.write(SEED_HELP)
    return 0
  }
  if ('error' in options) return complain(options.error)
  try {
    await runSeed(options, (line) => process.stdout.write(`${line}\n`))
    return 0
  } catch (error) {
    if (error instanceof SeedFailure) return complain(error.message)
    throw error
  }
}

function complain(sentence: string): number {
  process.stderr.write(`${sentence}\n`)
  return 2
}

process.exitCode = await main()
