import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of everything Meta sends and answers, written anew, and of what Wasl makes of it. */
export const FIXTURES = join(import.meta.dirname, '../../fixtures')

/** The JSON files below a folder of `fixtures`, such as `cloud-api` (webhooks) or `graph`, sorted. */
export function fixtureFiles(folder: string): string[] {
  return readdirSync(join(FIXTURES, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
}

/** The JSON of one fixture, e.g. `cloud-api/messages/text.json`, read anew each time. */
export function readFixture(path: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, path), 'utf8'))
}
