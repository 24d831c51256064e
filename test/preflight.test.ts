import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Question } from '../contract/api/preflight.ts'
import { WEBHOOK_FIELDS } from '../server/whatsapp/webhook-fields.ts'
import { type Simulator, startSimulator } from '../simulator/simulator.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { CLONE_FOLDER } from './support/postgres.ts'
import { createTestWorkspace, type TestWorkspace } from './support/workspace.ts'

const APP = { appId: '1234567890', appSecret: 'test_app_secret_of_the_app' }
const LANGUAGES = ['en', 'ar'] as const
const GOOD: Record<Question, string> = {
  app_version: '2.26.10',
  app_since: '2026-01-01',
  // The command asks the clock of the machine.
  app_active: new Date().toISOString().slice(0, 10),
  phone: '+966 55 123 4567',
  business_verified: 'yes',
  facebook_page: 'yes',
  partner_type: 'tech_provider',
  payer: 'own',
}

let db: TestDatabase
let workspace: TestWorkspace
let simulator: Simulator
let dataFolder: string

beforeAll(async () => {
  db = await createTestDatabase()
  workspace = await createTestWorkspace(db)
  simulator = await startSimulator({ port: 0, seed: 4, ...APP, startMs: Date.UTC(2026, 10, 23, 9), frozen: true })
  dataFolder = await mkdtemp(join(tmpdir(), 'wasl-preflight-'))
  for (const [question, answer] of Object.entries(GOOD)) await say(question, answer)
})
afterAll(async () => {
  await simulator.close()
  await db.close()
  await rm(dataFolder, { recursive: true, force: true })
})

describe.each(LANGUAGES)('in %s', (language) => {
  const words = JSON.parse(readFileSync(join(CLONE_FOLDER, 'web', 'locales', `${language}.json`), 'utf8'))
  const t = (key: string): string => words[key] ?? expect.fail(`there is no text ${key}`)
  const line = (sign: string, key: string, known: string, detail?: string) =>
    `${sign} ${t(`preflight.${key}`)} (${t(`preflight.${known}`)})${detail === undefined ? '' : `: ${detail}`}`
  const todo = (key: string) => `  ${t(`preflight.${key}Do`)}`

  test('every line is there, in order, with how it is known; what is not known says what to do', async () => {
    subscribe(WEBHOOK_FIELDS.map(({ name }) => name))
    const { code, out } = await preflight(language)
    expect(out.trimEnd().split('\n')).toEqual([
      line('✓', 'appVersion', 'knownAsked', GOOD.app_version),
      line('✓', 'appSince', 'knownAsked', GOOD.app_since),
      line('✓', 'appActive', 'knownAsked', GOOD.app_active),
      line('✓', 'country', 'knownAsked', GOOD.phone),
      line('✓', 'businessVerified', 'knownAsked', GOOD.business_verified),
      line('✓', 'facebookPage', 'knownAsked', GOOD.facebook_page),
      line('✓', 'partnerType', 'knownAsked', GOOD.partner_type),
      line('✓', 'payer', 'knownAsked', GOOD.payer),
      // The simulator delivers on this machine: that needs no HTTPS, and whether Meta could is not known.
      line('?', 'webhookHttps', 'knownChecked', WEBHOOK_URL),
      todo('webhookHttps'),
      line('✓', 'webhookFields', 'knownGraph'),
      line('?', 'eligibility', 'knownNone'),
      todo('eligibility'),
    ])
    expect(code).toBe(0)
  })

  test('what Meta would refuse is marked and ends with 1: a country the configuration excludes, a missing field', async () => {
    subscribe(WEBHOOK_FIELDS.map(({ name }) => name).filter((name) => name !== 'history'))
    const { code, out } = await preflight(language, { WASL_EXCLUDED_COUNTRIES: '966,27' })
    expect(out).toContain(
      [
        line('✗', 'country', 'knownAsked', GOOD.phone),
        todo('country'),
        `    +966: ${t('countries.byConfiguration')}`,
        `    +27: ${t('countries.byConfiguration')}`,
      ].join('\n'),
    )
    expect(out).toContain([line('✗', 'webhookFields', 'knownGraph', 'history'), todo('webhookFields')].join('\n'))
    expect(code).toBe(1)
  })
})

test('with Meta in place of the simulator an address without HTTPS is trouble', async () => {
  subscribe(WEBHOOK_FIELDS.map(({ name }) => name))
  const { code, out } = await preflight('en', { WASL_SIMULATOR: 'off' })
  expect(out).toMatch(/^✗ .*HTTPS.*: http:\/\/127\.0\.0\.1:4999\/webhooks\/whatsapp$/m)
  expect(code).toBe(1)
})

test('what nobody has answered is asked for, and is no trouble', async () => {
  subscribe(WEBHOOK_FIELDS.map(({ name }) => name))
  await db.owner.query('delete from preflight_answer where question = $1', ['payer'])
  const { code, out } = await preflight('en')
  expect(out).toMatch(/^\? .*\(.*\)\n {2}\S/m)
  expect(code).toBe(0)
})

const WEBHOOK_URL = 'http://127.0.0.1:4999/webhooks/whatsapp'

/** The command as an operator runs it. */
async function preflight(language: string, environment: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    [join(CLONE_FOLDER, 'server/cli/main.ts'), 'preflight', '--language', language],
    {
      env: {
        ...process.env,
        DATABASE_URL: db.url,
        WASL_DATA_DIR: dataFolder,
        WASL_SIMULATOR: 'on',
        WASL_GRAPH_URL: simulator.origin,
        WASL_PUBLIC_URL: new URL(WEBHOOK_URL).origin,
        WASL_META_APP_ID: APP.appId,
        WASL_META_APP_SECRET: APP.appSecret,
        WASL_META_VERIFY_TOKEN: 'a verify token',
        ...environment,
      },
    },
  )
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const [code] = await once(child, 'close')
  expect(err).toBe('')
  return { code, out }
}

function say(question: string, answer: string): Promise<unknown> {
  return db.owner.query(
    'insert into preflight_answer (workspace_id, question, answer, member_id, answered_at) values ($1, $2, $3, $4, now())',
    [workspace.workspaceId, question, answer, workspace.noura.id],
  )
}

/** What the app is subscribed to at Meta, as if its address had been entered in the App Dashboard. */
function subscribe(fields: readonly string[]): void {
  simulator.world.settings.subscription = { url: WEBHOOK_URL, verifyToken: 'a verify token', fields: [...fields] }
}
