import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExcludedCountry, PreflightKey, PreflightLine } from '../../contract/api/preflight.ts'
import { type Config, META_GRAPH_URL, readConfig } from '../config.ts'
import { readPreflight } from '../connecting/read-preflight.ts'
import { preflightParts } from '../connecting-parts.ts'
import { readWorkspaceIds } from '../inbox/route-store.ts'
import { WEBHOOK_PATH } from '../intake/routes.ts'
import { systemClock } from '../platform/clock.ts'
import { createSealer, keyFromFile } from '../platform/crypto.ts'
import { type Database, openDatabase } from '../platform/db.ts'
import { migrateDatabase } from '../platform/migrate.ts'
import { simulatedApp } from '../simulated-app.ts'
import { openGraph } from '../whatsapp/client.ts'
import { withOwnDatabase } from './own-database.ts'

const CONNECTIONS_MAX = 2
const EXIT_TROUBLE = 1
const SIGNS: Record<PreflightLine['standing'], string> = { ok: '✓', care: '!', trouble: '✗', unknown: '?' }

/** What each line is called in the pages' languages. */
const WORDS: Record<PreflightKey, string> = {
  app_version: 'appVersion',
  app_since: 'appSince',
  app_active: 'appActive',
  country: 'country',
  business_verified: 'businessVerified',
  facebook_page: 'facebookPage',
  partner_type: 'partnerType',
  payer: 'payer',
  webhook_https: 'webhookHttps',
  webhook_fields: 'webhookFields',
  eligibility: 'eligibility',
}
const KNOWN: Record<PreflightLine['known'], string> = {
  graph: 'knownGraph',
  checked: 'knownChecked',
  asked: 'knownAsked',
  none: 'knownNone',
}

const BY: Record<ExcludedCountry['by'], string> = {
  meta: 'byMeta',
  configuration: 'byConfiguration',
  team: 'byTeam',
}

/**
 * `bin/wasl preflight`: a line for each thing that connecting a number needs, how it is known, and what to do where it is not
 * as it should be. Gives the exit code: 1 when Meta will most likely refuse.
 */
export function preflight(cloneFolder: string, options: { readonly language: string }): Promise<number> {
  const words = wordsOf(cloneFolder, options.language)
  return withOwnDatabase(cloneFolder, async (url) => {
    const nowMs = systemClock.nowMs()
    await migrateDatabase({ url, nowMs })
    const onError = (error: Error) => process.stderr.write(`${error.message}\n`)
    const database = openDatabase({ url, max: CONNECTIONS_MAX, onError })
    try {
      const parts = await partsOf(readConfig(cloneFolder), database)
      let troubles = 0
      for (const workspaceId of await readWorkspaceIds(database)) {
        const { lines, excluded } = await readPreflight(parts, workspaceId)
        for (const line of lines) {
          process.stdout.write(shown(line, words))
          if (line.key === 'country') process.stdout.write(shownCountries(excluded, words))
        }
        troubles += lines.filter((line) => line.standing === 'trouble').length
      }
      return troubles === 0 ? 0 : EXIT_TROUBLE
    } finally {
      await database.close()
    }
  })
}

async function partsOf(config: Config, database: Database) {
  const key = config.secretKey ?? (await keyFromFile(config.dataFolder))
  const meta = config.meta ?? simulatedApp(key)
  const simulatorUrl = config.simulator.wanted ? `http://127.0.0.1:${config.simulator.port}` : null
  const { host, port, publicUrl } = config.webhook
  return preflightParts({
    database,
    clock: systemClock,
    graph: openGraph({ baseUrl: config.graphUrl ?? simulatorUrl ?? META_GRAPH_URL }),
    app: { appId: meta.appId, appSecret: meta.appSecrets[0] ?? '' },
    sealer: createSealer(key),
    simulatorUrl,
    connecting: {
      configId: meta.configId,
      webhookUrl: () => `${publicUrl ?? `http://${host}:${port}`}${WEBHOOK_PATH}`,
      verifyToken: meta.verifyToken,
      excludedCountries: config.excludedCountries,
    },
  })
}

function shown(line: PreflightLine, words: Readonly<Record<string, string>>): string {
  const { key, standing, known, detail } = line
  const what = `${SIGNS[standing]} ${words[`preflight.${WORDS[key]}`]} (${words[`preflight.${KNOWN[known]}`]})`
  const todo = standing === 'ok' ? '' : `\n  ${words[`preflight.${WORDS[key]}Do`]}`
  return `${what}${detail === null ? '' : `: ${detail}`}${todo}\n`
}

/** Which countries count as excluded, and who says so of each. */
function shownCountries(excluded: readonly ExcludedCountry[], words: Readonly<Record<string, string>>): string {
  return excluded.map(({ callingCode, by }) => `    +${callingCode}: ${words[`countries.${BY[by]}`]}\n`).join('')
}

function wordsOf(cloneFolder: string, language: string): Readonly<Record<string, string>> {
  const file = language === 'ar' ? 'ar.json' : 'en.json'
  return JSON.parse(readFileSync(join(cloneFolder, 'web', 'locales', file), 'utf8')) as Record<string, string>
}
