import { describe, expect, test } from 'vitest'
import { WEBHOOK_FIELDS } from '../whatsapp/webhook-fields.ts'
import { EXCLUDED_BY_META, excludedAt } from './countries.ts'
import { type PreflightFacts, preflightLines } from './preflight-rules.ts'

const URL = 'https://hooks.example.com/webhooks/whatsapp'
const FIELDS = WEBHOOK_FIELDS.map(({ name }) => name)
const GOOD: PreflightFacts = {
  nowMs: Date.UTC(2026, 10, 28),
  answers: {
    app_version: '2.26.4.75',
    app_since: '2026-01-01',
    app_active: '2026-11-27',
    phone: '+966 55 123 4567',
    business_verified: 'yes',
    facebook_page: 'yes',
    partner_type: 'tech_provider',
    payer: 'own',
  },
  excluded: [],
  simulated: false,
  webhook: 'reached',
  subscription: { callbackUrl: URL, fields: FIELDS },
  webhookUrl: URL,
  verification: null,
}
const line = (key: string, facts: Partial<PreflightFacts>) =>
  preflightLines({ ...GOOD, ...facts }).find((one) => one.key === key)
const answer = (key: keyof PreflightFacts['answers'], text: string) => ({ answers: { ...GOOD.answers, [key]: text } })
const without = (field: string) => ({
  subscription: { callbackUrl: URL, fields: FIELDS.filter((name) => name !== field) },
})

test('all is well but what nobody can know', () => {
  const lines = preflightLines(GOOD)
  expect(lines.filter((one) => one.standing !== 'ok').map((one) => one.key)).toEqual(['eligibility'])
  expect(lines.at(-1)).toMatchObject({ known: 'none' })
})

describe('each line', () => {
  test.each<[string, Partial<PreflightFacts>, string, string]>([
    ['app_version', answer('app_version', '2.24.16.99'), 'trouble', 'asked'],
    ['app_version', answer('app_version', '2.24.17'), 'ok', 'asked'],
    ['app_version', answer('app_version', '2.9.99'), 'trouble', 'asked'],
    ['app_version', answer('app_version', '3.0'), 'ok', 'asked'],
    ['app_version', { answers: {} }, 'unknown', 'asked'],
    ['app_since', answer('app_since', '2026-11-22'), 'care', 'asked'],
    ['app_since', answer('app_since', '2026-11-21'), 'ok', 'asked'],
    ['app_since', { answers: { app_active: '2026-11-27' } }, 'unknown', 'asked'],
    ['app_active', { answers: { app_since: '2026-01-01' } }, 'unknown', 'asked'],
    ['app_active', answer('app_active', '2026-11-28'), 'ok', 'asked'],
    ['app_active', answer('app_active', '2026-11-21'), 'ok', 'asked'],
    ['app_active', answer('app_active', '2026-11-20'), 'care', 'asked'],
    ['app_active', answer('app_active', '2026-11-29'), 'ok', 'asked'],
    ['app_active', answer('app_active', '2026-11-30'), 'care', 'asked'],
    ['country', { excluded: [{ callingCode: '966', by: 'team' }] }, 'trouble', 'asked'],
    ['country', { excluded: [{ callingCode: '20', by: 'team' }] }, 'ok', 'asked'],
    ['country', answer('phone', '0000000'), 'care', 'asked'],
    ['business_verified', answer('business_verified', 'no'), 'care', 'asked'],
    ['business_verified', { ...answer('business_verified', 'no'), verification: 'verified' }, 'ok', 'graph'],
    ['business_verified', { verification: 'pending' }, 'care', 'graph'],
    ['facebook_page', answer('facebook_page', 'no'), 'care', 'asked'],
    ['partner_type', answer('partner_type', 'none'), 'trouble', 'asked'],
    ['payer', answer('payer', 'none'), 'care', 'asked'],
    ['payer', answer('payer', 'credit_line'), 'trouble', 'asked'],
    ['payer', { answers: { ...GOOD.answers, payer: 'credit_line', partner_type: 'solution_partner' } }, 'ok', 'asked'],
    ['webhook_https', { webhook: 'not_https', webhookUrl: 'http://x' }, 'trouble', 'checked'],
    ['webhook_https', { webhook: 'not_https', simulated: true }, 'unknown', 'checked'],
    ['webhook_https', { webhook: { failed: 'refused' }, simulated: true }, 'trouble', 'checked'],
    ['webhook_https', { webhook: { failed: 'certificate has expired' } }, 'trouble', 'checked'],
    ['webhook_fields', { subscription: null }, 'trouble', 'graph'],
    ['webhook_fields', { subscription: '190: Invalid' }, 'unknown', 'graph'],
    ['webhook_fields', without('smb_message_echoes'), 'trouble', 'graph'],
    ['webhook_fields', without('security'), 'care', 'graph'],
    ['webhook_fields', without('calls'), 'ok', 'graph'],
    ['webhook_fields', { subscription: { callbackUrl: 'https://other', fields: FIELDS } }, 'care', 'graph'],
  ])('%s of %j is %s, known as %s', (key, facts, standing, known) => {
    expect(line(key, facts)).toMatchObject({ standing, known })
  })

  test('names the fields that are missing', () => {
    expect(line('webhook_fields', without('history'))?.detail).toBe('history')
  })
})

test('the lists of countries are in order, and the newest excludes none', () => {
  const days = EXCLUDED_BY_META.map((list) => list.from)
  expect(days).toEqual([...days].sort())
  const onDay = (day: string) => excludedAt(Date.parse(day), { configured: [], team: [] })
  expect(onDay('2024-01-01')).toEqual([])
  expect(onDay('2025-10-23')).toEqual([
    { callingCode: '234', by: 'meta' },
    { callingCode: '27', by: 'meta' },
  ])
  expect(onDay('2026-11-28')).toEqual([])
  expect(excludedAt(Date.parse('2026-11-28'), { configured: ['20'], team: ['966'] })).toEqual([
    { callingCode: '20', by: 'configuration' },
    { callingCode: '966', by: 'team' },
  ])
})
