import { describe, expect, test } from 'vitest'
import { HEALTH_REASONS, type HealthKey } from '../../contract/api/care.ts'
import type { MetaAnswer, MetaAnswers, NumberFacts, TokenFacts } from '../../contract/meta-answer.ts'
import { WEBHOOK_FIELDS } from '../whatsapp/webhook-fields.ts'
import { healthLines } from './health-lines.ts'
import { NO_ANSWERS } from './meta-questions.ts'
import type { HealthInput } from './standing.ts'

const NOW_MS = Date.UTC(2026, 10, 23, 9)
const DAY_MS = 86_400_000
const ASKED_MS = NOW_MS - 3_600_000

function told<T>(value: T): MetaAnswer<T> {
  return { value, answeredAtMs: ASKED_MS, askedAtMs: ASKED_MS, failure: null }
}

const NUMBER: NumberFacts = {
  displayName: 'Noor Home',
  nameStatus: 'APPROVED',
  status: 'CONNECTED',
  onBizApp: true,
  platformType: 'CLOUD_API',
  quality: 'GREEN',
  codeVerification: 'VERIFIED',
  official: false,
  messagingLimit: 'TIER_2K',
  throughput: 'STANDARD',
  sending: { canSend: 'AVAILABLE', limits: [] },
}
const TOKEN: TokenFacts = {
  isValid: true,
  expiresAtMs: NOW_MS + 60 * DAY_MS,
  scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
  wabaIds: ['waba'],
}
const FIELDS = WEBHOOK_FIELDS.map((field) => field.name)

const ANSWERS: MetaAnswers = {
  number: told(NUMBER),
  account: told({
    name: 'Noor',
    review: 'APPROVED',
    businessVerification: 'verified',
    ownerName: null,
    currency: 'USD',
  }),
  funding: told({ hasPaymentMethod: true }),
  token: told(TOKEN),
  subscription: told({ appIds: ['app'] }),
  fields: told({ fields: FIELDS }),
  profile: NO_ANSWERS.profile,
  username: NO_ANSWERS.username,
}

const WELL: HealthInput = {
  mode: 'coexistence',
  state: 'live',
  stateSinceMs: NOW_MS - DAY_MS,
  wabaId: 'waba',
  appId: 'app',
  hasToken: true,
  answers: ANSWERS,
  syncs: [
    { kind: 'contacts', state: 'complete', alarmedAtMs: null, updatedAtMs: NOW_MS, received: 3 },
    { kind: 'history', state: 'complete', alarmedAtMs: null, updatedAtMs: NOW_MS, received: 90 },
  ],
  throughput: { minuteIn: 1, minuteOut: 1, secondIn: 0, secondOut: 0, peak: 1 },
  usage: null,
  webhook: { lastAtMs: NOW_MS - 1000, lagMs: 4, oldestWaitingMs: null, down: null },
  errors: [],
  nowMs: NOW_MS,
}

function verdict(key: HealthKey, more: Partial<HealthInput>): string | undefined {
  const line = healthLines({ ...WELL, ...more }).find((one) => one.key === key)
  return line && `${line.status} ${line.reason}`
}

const answers = (more: Partial<MetaAnswers>) => ({ answers: { ...ANSWERS, ...more } })
const number = (more: Partial<NumberFacts>) => answers({ number: told({ ...NUMBER, ...more }) })
const token = (more: Partial<TokenFacts>) => answers({ token: told({ ...TOKEN, ...more }) })
const without = (name: string) => answers({ fields: told({ fields: FIELDS.filter((field) => field !== name) }) })
const refused = {
  value: null,
  answeredAtMs: null,
  askedAtMs: ASKED_MS,
  failure: { code: 100, title: '', traceId: 'A1' },
}
const sync = (kind: 'contacts' | 'history', more: object) => ({
  syncs: WELL.syncs.map((one) => (one.kind === kind ? { ...one, ...more } : one)),
})
const UNPAID = { entity: 'WABA', canSend: 'BLOCKED', codes: [141006] }
const paid = { from: 'send', code: 131042, title: '', traceId: null, count: 2, lastAtMs: NOW_MS } as const

const CASES: readonly (readonly [HealthKey, string, Partial<HealthInput>])[] = [
  ['connection', 'ok live', {}],
  ['connection', 'ok syncing', { state: 'syncing' }],
  ['connection', 'look preparing', { state: 'preparing' }],
  ['connection', 'look connecting', { state: 'connecting' }],
  ['connection', 'look at_risk', { state: 'at_risk' }],
  ['connection', 'act offboarded', { state: 'offboarded' }],
  ['connection', 'act removed', { state: 'removed' }],
  ['connection', 'act restricted', { state: 'restricted' }],
  ['connection', 'act disabled', { state: 'disabled' }],
  ['connection', 'ok app_only', { mode: 'app_only' }],
  ['token', 'ok valid', {}],
  ['token', 'ok for_ever', token({ expiresAtMs: null })],
  ['token', 'look ends_soon', token({ expiresAtMs: NOW_MS + 14 * DAY_MS - 1 })],
  ['token', 'ok valid', token({ expiresAtMs: NOW_MS + 14 * DAY_MS })],
  ['token', 'act ends_now', token({ expiresAtMs: NOW_MS + 3 * DAY_MS - 1 })],
  ['token', 'act over', token({ expiresAtMs: NOW_MS })],
  ['token', 'act invalid', token({ isValid: false })],
  ['token', 'act none', { hasToken: false }],
  ['token', 'act scopes', token({ scopes: ['whatsapp_business_management'] })],
  ['token', 'act other_account', token({ wabaIds: ['another'] })],
  ['token', 'ok valid', token({ wabaIds: [] })],
  ['token', 'look unasked', answers({ token: NO_ANSWERS.token })],
  ['token', 'look unreadable', answers({ token: refused })],
  // An old answer counts until there is a new one: the failure is among the errors.
  ['token', 'ok valid', answers({ token: { ...told(TOKEN), failure: refused.failure } })],
  ['subscription', 'ok all', {}],
  ['subscription', 'act needed_missing', without('smb_message_echoes')],
  ['subscription', 'look some_missing', without('security')],
  ['subscription', 'ok all', { ...without('smb_message_echoes'), mode: 'api_only' }],
  ['subscription', 'act not_subscribed', answers({ subscription: told({ appIds: ['other'] }) })],
  ['subscription', 'look unasked', answers({ subscription: NO_ANSWERS.subscription })],
  ['sending', 'ok free', {}],
  ['sending', 'look limited', number({ sending: { canSend: 'LIMITED', limits: [] } })],
  ['sending', 'act blocked', number({ sending: { canSend: 'BLOCKED', limits: [] } })],
  ['sending', 'ok not_told', number({ sending: null })],
  ['quality', 'ok high', {}],
  ['quality', 'look medium', number({ quality: 'YELLOW' })],
  ['quality', 'act low', number({ quality: 'RED' })],
  ['quality', 'ok unrated', number({ quality: 'UNKNOWN' })],
  ['limit', 'ok standard', {}],
  ['limit', 'look starter', number({ messagingLimit: 'TIER_250' })],
  ['limit', 'ok none_told', number({ messagingLimit: null })],
  ['throughput', 'ok calm', {}],
  ['throughput', 'look busy', { throughput: { ...WELL.throughput, peak: 14 } }],
  ['throughput', 'act full', { throughput: { ...WELL.throughput, peak: 20 } }],
  ['throughput', 'ok calm', { throughput: { ...WELL.throughput, peak: 20 }, mode: 'api_only' }],
  ['management', 'ok untold', {}],
  ['management', 'ok free', { usage: { percent: 40, restsUntilMs: null, atMs: NOW_MS } }],
  ['management', 'look resting', { usage: { percent: 95, restsUntilMs: NOW_MS + 60_000, atMs: NOW_MS } }],
  ['management', 'look refused', { usage: { percent: null, restsUntilMs: NOW_MS + 60_000, atMs: NOW_MS } }],
  ['payment', 'ok there', {}],
  ['payment', 'look missing', answers({ funding: told({ hasPaymentMethod: false }) })],
  ['payment', 'act failing', { errors: [paid] }],
  ['payment', 'ok there', { errors: [{ ...paid, lastAtMs: ASKED_MS - 1 }] }],
  ['payment', 'act failing', number({ sending: { canSend: 'BLOCKED', limits: [UNPAID] } })],
  ['webhook', 'ok fresh', {}],
  ['webhook', 'look never', { webhook: { lastAtMs: null, lagMs: null, oldestWaitingMs: null, down: null } }],
  ['webhook', 'look old', { webhook: { ...WELL.webhook, lastAtMs: NOW_MS - 3 * DAY_MS } }],
  ['webhook', 'look late', { webhook: { ...WELL.webhook, oldestWaitingMs: NOW_MS - 60_000 } }],
  ['webhook', 'act stuck', { webhook: { ...WELL.webhook, oldestWaitingMs: NOW_MS - 300_000 } }],
  ...(['unreachable', 'elsewhere', 'no_reports'] as const).map((reason): [HealthKey, string, Partial<HealthInput>] => [
    'webhook',
    `act ${reason}`,
    { webhook: { ...WELL.webhook, down: { reason, sinceMs: NOW_MS - 60_000 } } },
  ]),
  ['contacts', 'ok complete', {}],
  ['contacts', 'look waiting', sync('contacts', { state: 'not_asked' })],
  ['contacts', 'act late', sync('contacts', { state: 'not_asked', alarmedAtMs: NOW_MS })],
  ['history', 'ok complete', {}],
  ['history', 'look waiting', sync('history', { state: 'not_asked' })],
  ['history', 'act late', sync('history', { state: 'not_asked', alarmedAtMs: NOW_MS })],
  ['history', 'ok running', sync('history', { state: 'receiving' })],
  ['history', 'look silent', sync('history', { state: 'silent' })],
  ['history', 'look partial', sync('history', { state: 'partial' })],
  ['history', 'ok declined', sync('history', { state: 'declined' })],
  ['history', 'look lost', sync('history', { state: 'used_up' })],
  ['errors', 'ok none', {}],
  ['errors', 'look some', { errors: [paid] }],
  ['errors', 'act access', { errors: [{ ...paid, code: 190, from: 'question' }] }],
]

describe('a line of the health page', () => {
  test.each(CASES)('%s: %s', (key, expected, more) => {
    expect(verdict(key, more)).toBe(expected)
  })

  test('a number without a phone has no lines about the import', () => {
    expect(verdict('history', {})).toBeDefined()
    expect(verdict('history', { mode: 'api_only' })).toBeUndefined()
  })

  test('every reason that the page has words for can come about', () => {
    const seen = new Set(CASES.map(([key, expected]) => `${key} ${expected.split(' ')[1]}`))
    const missing = Object.entries(HEALTH_REASONS)
      .filter(([key]) => key !== 'contacts')
      .flatMap(([key, reasons]) => reasons.map((reason) => `${key} ${reason}`))
      .filter((one) => !seen.has(one))
    expect(missing).toEqual([])
  })

  test('each says when it was known: Meta’s word with its age, ours as of now', () => {
    const lines = healthLines(WELL)
    expect(lines.find(({ key }) => key === 'quality')?.atMs).toBe(ASKED_MS)
    expect(lines.find(({ key }) => key === 'throughput')?.atMs).toBe(NOW_MS)
    expect(healthLines({ ...WELL, answers: NO_ANSWERS }).find(({ key }) => key === 'quality')?.atMs).toBeNull()
  })
})
