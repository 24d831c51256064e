import { expect, test } from 'vitest'
import { alarms } from './state-words.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test.each([
  ['live', 'confirmed', 0, false],
  ['at_risk', 'token_ending', 90, true],
  // Counted by a banner of its own.
  ['at_risk', 'phone_silent', 1, false],
  ['offboarded', 'device_changed', 90, true],
  ['removed', 'change_number', 6, true],
  ['removed', 'change_number', 7, false],
  ['disabled', 'banned', 90, true],
  ['removed', null, 0, false],
] as const)('of a number %s for %s since %i days the inbox speaks: %s', (state, stateReason, days, spoken) => {
  expect(alarms({ mode: 'coexistence', state, stateReason, stateSinceMs: 0 }, days * DAY_MS)).toBe(spoken)
})

test('nobody is alarmed by a number that was put on the phone alone', () => {
  const moved = { state: 'removed', stateReason: 'account_disconnected', stateSinceMs: 0 } as const
  expect(alarms({ ...moved, mode: 'coexistence' }, DAY_MS)).toBe(true)
  expect(alarms({ ...moved, mode: 'app_only' }, DAY_MS)).toBe(false)
})
