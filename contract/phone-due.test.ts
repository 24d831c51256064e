import { expect, test } from 'vitest'
import { phoneDue } from './phone-due.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const NUMBER = { mode: 'coexistence', state: 'live', lastSignMs: 0 } as const

test.each([
  [0, 'fine', 13],
  [10 * DAY_MS - 1, 'fine', 4],
  [10 * DAY_MS, 'remind', 3],
  [13 * DAY_MS - 1, 'remind', 1],
  [13 * DAY_MS, 'urgent', 0],
  [14 * DAY_MS - 1, 'urgent', 0],
  [14 * DAY_MS, 'over', 0],
])('%i ms after the last sign it is %s, with %i days left', (nowMs, stage, daysLeft) => {
  expect(phoneDue(NUMBER, nowMs)).toEqual({ stage, daysLeft, lastSignMs: 0, openByMs: 13 * DAY_MS })
})

test('a sign from a clock ahead of ours is a fresh one', () => {
  expect(phoneDue({ ...NUMBER, lastSignMs: DAY_MS }, 0)).toMatchObject({ stage: 'fine', daysLeft: 13 })
})

test('no phone, no sign, or no connection: nothing is due', () => {
  expect(phoneDue({ ...NUMBER, mode: 'api_only' }, 99 * DAY_MS)).toBeNull()
  expect(phoneDue({ ...NUMBER, lastSignMs: null }, 99 * DAY_MS)).toBeNull()
  expect(phoneDue({ ...NUMBER, state: 'removed' }, 99 * DAY_MS)).toBeNull()
})
