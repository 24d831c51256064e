import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configFrom, envExample, readConfig, VARIABLES } from './config.ts'

const meta = { WASL_META_APP_ID: '123', WASL_META_APP_SECRET: 'a'.repeat(32), WASL_META_VERIFY_TOKEN: 'long enough' }

test('nothing has to be set', () => {
  const config = configFrom({}, '/srv/wasl')
  expect(config).toMatchObject({
    dataFolder: '/srv/wasl/data',
    inbox: { host: '127.0.0.1', port: 4780 },
    webhook: { host: '127.0.0.1', port: 4781, publicUrl: null },
    simulator: { wanted: true, port: 4790 },
    rawDays: 30,
  })
  expect(config.meta).toBeUndefined()
})

test('every fault is listed at once, one line each, and no secret among them', () => {
  const secrets = { WASL_SECRET_KEY: 'not-hex-hunter2', DATABASE_URL: 'mysql://u:hunter2@db/x' }
  const read = () =>
    configFrom(
      { WASL_PORT: 'many', WASL_RAW_DAYS: '0', WASL_HOST: '0.0.0.0', WASL_LOG_LEVEL: 'loud', ...secrets },
      '/srv',
    )
  expect(read).toThrow(/6 fault/)
  for (const name of ['WASL_PORT', 'WASL_RAW_DAYS', 'WASL_HOST', 'WASL_LOG_LEVEL', 'WASL_SECRET_KEY', 'DATABASE_URL']) {
    expect(read).toThrow(new RegExp(`\n  ${name}: `))
  }
  expect(read).not.toThrow(/hunter2/)
})

test('countries are excluded by their codes, with or without a plus, each once', () => {
  const excluded = (text: string) => configFrom({ WASL_EXCLUDED_COUNTRIES: text }, '/srv').excludedCountries
  expect(configFrom({}, '/srv').excludedCountries).toEqual([])
  expect(excluded('234, +27,234')).toEqual(['234', '27'])
  expect(() => excluded('Nigeria')).toThrow('WASL_EXCLUDED_COUNTRIES: "Nigeria" must be country codes')
})

test('no address but loopback until there is sign-in', () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.4', 'inbox.example.com']) {
    expect(() => configFrom({ WASL_HOST: host }, '/srv'), host).toThrow(/no sign-in yet/)
  }
  expect(configFrom({ WASL_HOST: '::1' }, '/srv').inbox.host).toBe('::1')
})

test('Meta credentials come together, with several secrets, and silence the simulator', () => {
  const config = configFrom({ ...meta, WASL_META_APP_SECRET: `${'a'.repeat(32)}, ${'b'.repeat(32)}` }, '/srv')
  expect(config.meta?.appSecrets).toEqual(['a'.repeat(32), 'b'.repeat(32)])
  expect(config.simulator.wanted).toBe(false)
  expect(configFrom({ ...meta, WASL_SIMULATOR: 'on' }, '/srv').simulator.wanted).toBe(true)
  expect(() => configFrom({ WASL_META_APP_ID: '1' }, '/srv')).toThrow(
    /WASL_META_APP_SECRET, WASL_META_VERIFY_TOKEN: must be set too/,
  )
  expect(() => configFrom({ WASL_SIMULATOR: 'off' }, '/srv')).toThrow(/needs Meta credentials/)
})

test('a wrong credential hides neither itself nor the ones that are missing', () => {
  const read = () => configFrom({ WASL_META_APP_SECRET: `${'a'.repeat(32)},short` }, '/srv')
  expect(read).toThrow('WASL_META_APP_SECRET: the value must have at least 16 characters in each secret')
  expect(read).toThrow('WASL_META_APP_ID, WASL_META_VERIFY_TOKEN: must be set too')
})

test('the environment wins over .env, also when it sets a variable to nothing', () => {
  const clone = mkdtempSync(join(tmpdir(), 'wasl-config-'))
  const file = { WASL_RAW_DAYS: '7', WASL_LOG_LEVEL: 'debug', WASL_DATA_DIR: 'elsewhere' }
  const lines = Object.entries(file).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(clone, '.env'), lines.join(''))
  process.env.WASL_LOG_LEVEL = 'warn'
  process.env.WASL_DATA_DIR = ''
  try {
    expect(readConfig(clone)).toMatchObject({ rawDays: 7, logLevel: 'warn', dataFolder: join(clone, 'data') })
  } finally {
    delete process.env.WASL_LOG_LEVEL
    delete process.env.WASL_DATA_DIR
    rmSync(clone, { recursive: true })
  }
})

test('one port cannot serve two', () => {
  expect(() => configFrom({ WASL_PORT: '4781' }, '/srv')).toThrow(
    'WASL_WEBHOOK_PORT: 4781 is also the port of WASL_PORT',
  )
  expect(() => configFrom({ WASL_PORT: '0', WASL_WEBHOOK_PORT: '0' }, '/srv')).not.toThrow()
})

test('.env.example names every variable and is up to date', async () => {
  const committed = await readFile(new URL('../.env.example', import.meta.url), 'utf8')
  expect(committed, 'run `bin/wasl env-example > .env.example`').toBe(envExample())
  for (const name of Object.keys(VARIABLES)) expect(committed).toContain(`# ${name}=`)
})
