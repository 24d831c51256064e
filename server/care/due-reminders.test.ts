import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueReminder, type WatchedNumber } from './due-reminders.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SIGN_MS = Date.UTC(2026, 10, 1, 12)

const NUMBER: WatchedNumber = {
  id: 'n',
  displayPhone: '+966 55 123 4567',
  verifiedName: 'Noor Home',
  mode: 'coexistence',
  state: 'live',
  stateReason: null,
  stateSinceMs: SIGN_MS,
  lastSignMs: SIGN_MS,
  remindedAtMs: null,
}
const dayAfter = (days: number) => SIGN_MS + days * DAY_MS

test.each<[string, number, Partial<WatchedNumber>, string | null]>([
  ['nine days and 23 hours', dayAfter(10) - HOUR_MS, {}, null],
  ['ten days', dayAfter(10), {}, 'open_phone 10 left 4'],
  ['thirteen days and a half', dayAfter(13.5), {}, 'open_phone 13 left 1'],
  ['fourteen days', dayAfter(14), {}, 'open_phone 14 left 0'],
  ['fifteen days', dayAfter(15), {}, null],
  ['ten days, at risk', dayAfter(10), { state: 'at_risk' }, 'open_phone 10 left 4'],
  ['ten days, of a number without a phone', dayAfter(10), { mode: 'api_only' }, null],
  ['ten days, never connected', dayAfter(10), { state: 'connecting' }, null],
  ['no sign of life ever', dayAfter(10), { lastSignMs: null }, null],
  ['eleven days, reminded an hour ago', dayAfter(11), { remindedAtMs: dayAfter(11) - HOUR_MS }, null],
  [
    'ten days, reminded before the last sign of life',
    dayAfter(10),
    { remindedAtMs: SIGN_MS - 1 },
    'open_phone 10 left 4',
  ],
  ['offboarded a moment ago', dayAfter(1), { state: 'offboarded', stateSinceMs: dayAfter(1) }, 'offboarded 0 left 0'],
  ['removed two days ago', dayAfter(3), { state: 'removed', stateSinceMs: dayAfter(1) }, 'removed 0 left 0'],
  ['removed three days ago', dayAfter(4), { state: 'removed', stateSinceMs: dayAfter(1) }, null],
  ['disabled', dayAfter(12), { state: 'disabled' }, null],
])('%s', (_name, nowMs, more, expected) => {
  const due = dueReminder({ ...NUMBER, ...more }, nowMs)
  expect(due && `${due.kind} ${due.silentDays} left ${due.daysLeft}`).toBe(expected)
})

describe('over a silence of twenty days, however rarely somebody looks,', () => {
  test('each reminder has an occasion of its own, there are at most five, and never two within 20 hours', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 20, maxLength: 400 }), (gapsHours) => {
        let nowMs = SIGN_MS
        let remindedAtMs: number | null = null
        const sent: { occasion: string; atMs: number }[] = []
        for (const gap of gapsHours) {
          nowMs += gap * HOUR_MS
          const due = dueReminder({ ...NUMBER, remindedAtMs }, nowMs)
          if (due === null || sent.some((one) => one.occasion === due.occasion)) continue
          sent.push({ occasion: due.occasion, atMs: nowMs })
          remindedAtMs = nowMs
        }
        expect(sent.length).toBeLessThanOrEqual(5)
        for (const [index, one] of sent.entries()) {
          expect(one.atMs).toBeGreaterThanOrEqual(dayAfter(10))
          if (index > 0) expect(one.atMs - (sent[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(20 * HOUR_MS)
        }
      }),
    )
  })

  test('who looks every hour is reminded on each of the five days', () => {
    let remindedAtMs: number | null = null
    const days = new Set<number>()
    for (let nowMs = SIGN_MS; nowMs < dayAfter(20); nowMs += HOUR_MS) {
      const due = dueReminder({ ...NUMBER, remindedAtMs }, nowMs)
      if (due === null || days.has(due.silentDays)) continue
      days.add(due.silentDays)
      remindedAtMs = nowMs
    }
    expect([...days]).toEqual([10, 11, 12, 13, 14])
  })
})
