import { expect, test } from 'vitest'
import { dateOf, instantOf } from './device-words.ts'

const NOON_MS = new Date('2026-11-23T12:00:00').getTime()

test.each([
  ['2026-11-23', 'now'],
  ['2026-11-22', new Date('2026-11-22T23:59:59').getTime()],
  ['2026-12-01', 'now'],
  ['', null],
])('the date %s stands for an instant that has been', (date, ms) => {
  expect(instantOf(date, NOON_MS)).toBe(ms)
})

test('a date field shows the day that it was filled with', () => {
  expect(dateOf(new Date('2026-11-02T23:59:59').getTime())).toBe('2026-11-02')
  expect(dateOf(null)).toBe('')
})
