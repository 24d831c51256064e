import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { Refusal } from '../platform/refusal.ts'

/** A wrong use or something to mend, told in a sentence. */
const EXIT_REFUSED = 2
const CLONE_FOLDER = fileURLToPath(new URL('../..', import.meta.url)).replace(/(?<=.)\/$/, '')

// Stripping the types of every file anew would cost a second at each start. Where it cannot write, Node goes without.
enableCompileCache(join(CLONE_FOLDER, '.build', 'compiled'))

const program = new Command('wasl')
  .description('Wasl: one WhatsApp number on the phone and in the Cloud API, with a team inbox')
  .version(packageJson.version)
  .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : EXIT_REFUSED))

program
  .command('start')
  .description('start everything: database, webhook listener, inbox, and the simulator when there is no Meta app')
  .action(async () => (await import('./start.ts')).start(CLONE_FOLDER))

program
  .command('explain')
  .description('say what Wasl makes of webhook payloads: one JSON line {file, events, unrecognised} for each')
  .argument('<file...>', 'JSON files: a whole webhook, or one bare change or value')
  .action(async (files: string[]) => {
    process.exitCode = await (await import('./explain.ts')).explainFiles(files)
  })

program
  .command('migrate')
  .description('bring the database to this version, without starting')
  .action(async () => (await import('./migrate.ts')).migrate(CLONE_FOLDER))

program
  .command('check')
  .description('prove that what is stored agrees with itself; also beside a running Wasl')
  .option('--media', 'also read every file that is kept, and compare its bytes with its hash')
  .action(async (options: { media?: true }) => {
    process.exitCode = await (await import('./check.ts')).check(CLONE_FOLDER, { media: options.media === true })
  })

program
  .command('preflight')
  .description('say what connecting a number needs, how each is known, and what to do; also beside a running Wasl')
  .option('--language <language>', 'en or ar', 'en')
  .action(async (options: { language: string }) => {
    process.exitCode = await (await import('./preflight.ts')).preflight(CLONE_FOLDER, options)
  })

program
  .command('rate-card')
  .description('say what a price list of Meta’s would change, without taking it: the costs page takes it')
  .argument('<file>', 'the CSV file that Meta’s pricing page links')
  .requiredOption('--from <day>', 'the first day on which it holds, as 2027-01-01')
  .option('--tiers <file>', 'the CSV file of the volume tiers')
  .action(async (file: string, options: { from: string; tiers?: string }) => {
    process.exitCode = await (await import('./rate-card.ts')).showRateCard(file, options)
  })

program
  .command('schema')
  .description('print the schema that the migrations make, as SQL')
  .action(async () => {
    const { freshSchema } = await import('./schema.ts')
    process.stdout.write(await freshSchema({ cloneFolder: CLONE_FOLDER, nowMs: Date.now() }))
  })

program
  .command('env-example')
  .description('print every variable with its meaning and default: the text of .env.example')
  .action(async () => void process.stdout.write((await import('../config.ts')).envExample()))

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  // Whatever still hangs on is not worth waiting for. The sentence is out when `write` calls back.
  process.stderr.write(`${error.message}\n`, () => process.exit(EXIT_REFUSED))
}
