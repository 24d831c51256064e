import { describe, expect, test } from 'vitest'
import type { CandidateNumber, ConnectStep } from '../../contract/api/connecting.ts'
import { accountsOf, isConfirmed, obviousNumber } from './candidates.ts'
import { confirmDelayMs } from './confirm-delay.ts'
import { signupLauncher } from './launcher.ts'
import { connectPageHeaders } from './page-headers.ts'
import { nextStep, type StepRow, stepsOf, stepViews } from './steps.ts'
import { signupTrouble, tokenTrouble, troubleOf } from './trouble.ts'

const candidate = (phoneNumberId: string, more: Partial<CandidateNumber> = {}): CandidateNumber => ({
  ...{ phoneNumberId, wabaId: '1', displayPhone: '', verifiedName: '', onPhone: true, inApi: true, chosen: false },
  numberId: null,
  ...more,
})

describe('which number', () => {
  test.each<[readonly CandidateNumber[], string | null, string | null]>([
    [[candidate('a')], null, 'a'],
    [[candidate('a'), candidate('b')], null, null],
    [[candidate('a'), candidate('b')], 'b', 'b'],
    [[candidate('a', { numberId: 'ours' }), candidate('b')], null, 'b'],
    [[candidate('a', { numberId: 'ours' }), candidate('b')], 'a', null],
    [[candidate('a')], 'c', null],
    [[], null, null],
  ])('of %j, named %s: %s', (numbers, named, expected) => {
    expect(obviousNumber(numbers, named)).toBe(expected)
  })

  test.each([
    ['coexistence', true, true, true],
    ['coexistence', true, false, false],
    ['coexistence', false, true, false],
    ['api_signup', false, true, true],
    ['api_token', true, true, false],
  ] as const)('%s with phone %s and API %s: %s', (way, onPhone, inApi, expected) => {
    expect(isConfirmed(way, { onPhone, inApi })).toBe(expected)
  })

  test('accounts are named once', () => {
    expect(accountsOf([candidate('a'), candidate('b'), candidate('c', { wabaId: '2' })])).toEqual(['1', '2'])
  })
})

describe('steps', () => {
  const row = (step: ConnectStep, state: StepRow['state'], atMs = 0): StepRow => ({
    ...{ step, state, atMs },
    attempts: 1,
    error: null,
  })

  test('none of them registers or deregisters', () => {
    for (const way of ['coexistence', 'api_signup', 'api_token'] as const)
      expect(stepsOf(way).join(' ')).not.toMatch(/regist/)
  })

  test('the next is the first that is not done', () => {
    expect(nextStep('coexistence', [])).toBe('signup')
    expect(nextStep('api_token', [])).toBe('token')
    expect(nextStep('coexistence', [row('signup', 'done'), row('exchange', 'failed')])).toBe('exchange')
    const all = stepsOf('coexistence').map((step) => row(step, 'done'))
    expect(nextStep('coexistence', all)).toBeNull()
  })

  test('a code whose exchange was cut off is told as unclear once nobody can be at it', () => {
    const rows = [row('signup', 'done'), row('exchange', 'running', 1_000)]
    const exchange = (nowMs: number) => stepViews('coexistence', rows, nowMs)[1]
    expect(exchange(61_000)).toMatchObject({ state: 'running' })
    expect(exchange(61_001)).toMatchObject({ state: 'failed', error: { why: 'code_unclear' } })
  })

  test('Meta is asked again ever less often, for a day', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((attempts) => confirmDelayMs(attempts, 0) ?? 0)
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
    expect(confirmDelayMs(1, 86_400_000)).not.toBeNull()
    expect(confirmDelayMs(1, 86_400_001)).toBeNull()
  })
})

describe('what an answer of Meta’s means', () => {
  const error = (code: number) =>
    ({ kind: 'error', status: 400, error: { code, title: 'T', details: 'D', traceId: 'trace' } }) as const
  test.each([
    ['exchange', error(100), 'code_refused'],
    ['exchange', error(4), 'rate_limited'],
    ['exchange', error(2), 'meta_away'],
    ['exchange', { kind: 'unclear', why: 'timeout', detail: '' }, 'code_unclear'],
    ['exchange', { kind: 'unreachable', detail: '' }, 'meta_away'],
    ['subscribe', error(190), 'access_lost'],
    ['subscribe', error(10), 'access_lost'],
    ['subscribe', error(299), 'access_lost'],
    ['subscribe', error(80007), 'rate_limited'],
    ['subscribe', error(100), 'refused'],
    ['confirm', { kind: 'unclear', why: 'connection_lost', detail: '' }, 'meta_away'],
  ] as const)('%s: %j is %s', (step, answer, why) => {
    expect(troubleOf(step, answer)).toMatchObject({ why })
  })

  test('keeps code, words and trace id', () => {
    expect(troubleOf('subscribe', error(100))).toMatchObject({ code: 100, title: 'T', details: 'D', traceId: 'trace' })
  })

  const both = ['whatsapp_business_management', 'whatsapp_business_messaging']
  test.each([
    [{ isValid: true, scopes: both, wabaIds: ['1'] }, '1', null],
    [{ isValid: true, scopes: both, wabaIds: [] }, '1', null],
    [{ isValid: true, scopes: [], wabaIds: ['1'] }, null, null],
    [{ isValid: false, scopes: both, wabaIds: ['1'] }, '1', 'token_invalid'],
    [{ isValid: true, scopes: ['whatsapp_business_management'], wabaIds: ['1'] }, '1', 'scope_missing'],
    [{ isValid: true, scopes: both, wabaIds: ['2'] }, '1', 'account_not_in_token'],
  ])('a token of %j for %s: %s', (facts, wabaId, why) => {
    expect(tokenTrouble(facts, wabaId)?.why ?? null).toBe(why)
  })

  const silent = { currentStep: null, errorCode: null, errorMessage: null, sessionId: null }
  test.each([
    ['FINISH', {}, null],
    ['FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', {}, null],
    ['FINISH_GRANT_ONLY_API_ACCESS', {}, null],
    ['FINISH_ONLY_WABA', {}, 'no_number_chosen'],
    ['CANCEL', { currentStep: 'PHONE_NUMBER_SETUP' }, 'cancelled'],
    ['CANCEL', { errorMessage: 'No' }, 'popup_error'],
    ['ERROR', {}, 'popup_error'],
    ['SOMETHING_NEW', {}, 'cancelled'],
  ])('the popup’s %s with %j: %s', (event, more, why) => {
    expect(signupTrouble({ event, ...silent, ...more }, 'api_signup')?.why ?? null).toBe(why)
    const onPhone = event === 'FINISH_GRANT_ONLY_API_ACCESS' ? 'access_only' : why
    expect(signupTrouble({ event, ...silent, ...more }, 'coexistence')?.why ?? null).toBe(onPhone)
  })
})

describe('the popup', () => {
  const meta = { appId: '1', configId: '2', graphVersion: 'v25.0', simulatorUrl: null }

  test('is Meta’s where its app is configured, and then exactly Meta’s origins are heard', () => {
    expect(signupLauncher(meta)).toEqual({
      launcher: { kind: 'meta', appId: '1', configId: '2', graphVersion: 'v25.0' },
      origins: ['https://www.facebook.com', 'https://web.facebook.com'],
    })
    expect(signupLauncher({ ...meta, configId: null })).toEqual({ launcher: { kind: 'missing' }, origins: [] })
  })

  test('is the simulator’s while it runs, and then nobody else is heard', () => {
    const { launcher, origins } = signupLauncher({ ...meta, simulatorUrl: 'http://127.0.0.1:4790/' })
    expect([launcher, origins]).toEqual([
      { kind: 'simulator', popupUrl: 'http://127.0.0.1:4790/signup' },
      ['http://127.0.0.1:4790'],
    ])
  })

  test('may be spoken with by its page alone, which loads Meta’s SDK only where the popup is Meta’s', () => {
    const policy = "default-src 'self'"
    const simulated = connectPageHeaders({ kind: 'simulator', popupUrl: 'http://127.0.0.1/signup' }, policy)
    expect(simulated).toEqual({
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'content-security-policy': policy,
    })
    const real = connectPageHeaders(signupLauncher(meta).launcher, policy)
    expect(real['content-security-policy']).toContain("script-src 'self' https://connect.facebook.net;")
  })
})
