import { describe, expect, test } from 'vitest'
import type { ConnectStep, OnboardingView, StepView } from '../../../contract/api/connecting.ts'
import { isMoving, screenOf, screensOf } from './screens.ts'

const STEPS: readonly ConnectStep[] = ['signup', 'exchange', 'token', 'choose', 'subscribe', 'confirm', 'keep']

function at(step: ConnectStep | null, state: StepView['state'], more: Partial<OnboardingView> = {}): OnboardingView {
  const index = step === null ? STEPS.length : STEPS.indexOf(step)
  const stateOf = (position: number) => (position < index ? 'done' : position === index ? state : 'todo')
  return {
    ...{ id: 'o', way: 'coexistence', state: 'open', numberId: null, startedAtMs: 0, numbers: [] },
    steps: STEPS.map((one, position) => ({ step: one, state: stateOf(position), attempts: 1, error: null, atMs: 0 })),
    consents: [consent('phone_changes', true), consent('import', false)],
    ...more,
  }
}
const consent = (subject: 'phone_changes' | 'import', granted: boolean) =>
  ({ subject, granted, textVersion: '1', language: 'en', memberName: 'Noura', givenAtMs: 0 }) as const

describe('where an onboarding goes on', () => {
  test.each<[OnboardingView, string]>([
    [at('signup', 'todo', { consents: [] }), 'changes'],
    [at('signup', 'todo', { consents: [consent('phone_changes', false)] }), 'changes'],
    [at('signup', 'todo', { consents: [consent('phone_changes', true)] }), 'import'],
    [at('signup', 'todo', { consents: [], way: 'api_signup' }), 'signup'],
    [at('signup', 'failed'), 'signup'],
    [at('exchange', 'running'), 'run'],
    [at('exchange', 'failed'), 'signup'],
    [at('token', 'failed'), 'run'],
    [at('token', 'failed', { way: 'api_token' }), 'signup'],
    [at('choose', 'waiting'), 'numbers'],
    [at('choose', 'failed'), 'run'],
    [at('confirm', 'waiting'), 'run'],
    [at(null, 'done'), 'done'],
    [at('signup', 'todo', { state: 'done' }), 'done'],
  ])('%#', (onboarding, screen) => {
    expect(screenOf(onboarding)).toBe(screen)
  })
})

test('it moves by itself only while Meta is asked', () => {
  expect(isMoving(at('confirm', 'waiting'))).toBe(true)
  expect(isMoving(at('exchange', 'running'))).toBe(true)
  expect(isMoving(at('choose', 'waiting'))).toBe(false)
  expect(isMoving(at('confirm', 'waiting', { state: 'ended' }))).toBe(false)
})

test('an API-only number has no phone to change', () => {
  expect(screensOf('api_token')).not.toContain('changes')
  expect(screensOf('coexistence')).toContain('changes')
})
