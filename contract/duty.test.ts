import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Duty, instantOf, isTimeZone, likelyHolders, localOf, type WeeklyTime } from './duty.ts'

const SUNDAY = '2026-11-22'
const RIYADH = 'Asia/Riyadh'
const BERLIN = 'Europe/Berlin'

function duty(memberId: string, weekly: WeeklyTime | null, more: Partial<Duty> = {}): Duty {
  const sinceMs = Date.UTC(2026, 0, 1)
  return {
    id: memberId,
    numberId: 'n',
    memberId,
    weekly,
    timeZone: RIYADH,
    sinceMs,
    untilMs: null,
    endedAtMs: null,
    ...more,
  }
}
const at = (local: string, timeZone = RIYADH) => instantOf(local, timeZone) ?? Number.NaN
const hours = (from: number, to: number, weekdays = [0, 1, 2, 3, 4, 5, 6]): WeeklyTime => ({
  weekdays,
  fromMinute: from * 60,
  toMinute: to * 60,
})

describe('likelyHolders', () => {
  const day = duty('noura', hours(9, 17, [0, 1, 2, 3, 4]))
  const night = duty('salem', hours(22, 6, [6]))
  test.each([
    ['within', [day], '09:00', ['noura']],
    ['one minute before', [day], '08:59', []],
    ['at its end', [day], '17:00', []],
    ['on a day it does not have', [duty('x', hours(9, 17, [1]))], '10:00', []],
    ['after midnight of the day it began', [night], '05:59', ['salem']],
    ['not the evening of a day it does not begin on', [night], '22:30', []],
    ['two at once', [day, duty('maya', hours(8, 12))], '10:00', ['noura', 'maya']],
    ['one person twice', [day, duty('noura', hours(8, 12))], '10:00', ['noura']],
    ['all day', [duty('x', hours(0, 0, [0]))], '00:00', ['x']],
    ['around the clock from nine', [duty('x', hours(9, 9, [0]))], '09:00', ['x']],
    ['nobody', [], '10:00', []],
  ] as const)('%s', (_name, duties, time, holders) => {
    expect(likelyHolders(duties, at(`${SUNDAY}T${time}`))).toEqual(holders)
  })

  test('what stands there once takes the place of the week', () => {
    const once = duty('maya', null, { sinceMs: at(`${SUNDAY}T10:00`), untilMs: at(`${SUNDAY}T11:00`) })
    expect(likelyHolders([day, once], at(`${SUNDAY}T10:30`))).toEqual(['maya'])
    expect(likelyHolders([day, once], at(`${SUNDAY}T11:00`))).toEqual(['noura'])
  })

  test('what was ended still tells of the time before, and what was a mistake tells nothing', () => {
    const ended = { ...day, endedAtMs: at(`${SUNDAY}T12:00`) }
    expect(likelyHolders([ended], at(`${SUNDAY}T11:59`))).toEqual(['noura'])
    expect(likelyHolders([ended], at(`${SUNDAY}T12:00`))).toEqual([])
    expect(likelyHolders([{ ...day, endedAtMs: day.sinceMs }], at(`${SUNDAY}T10:00`))).toEqual([])
    expect(likelyHolders([{ ...day, sinceMs: at(`${SUNDAY}T10:00`) }], at(`${SUNDAY}T09:30`)), 'not before').toEqual([])
  })

  test('keeps to the wall clock over a change of the clocks', () => {
    const shop = duty('x', hours(9, 17), { timeZone: BERLIN })
    for (const date of ['2026-03-28', '2026-03-29', '2026-10-25']) {
      expect(likelyHolders([shop], at(`${date}T09:00`, BERLIN))).toEqual(['x'])
      expect(likelyHolders([shop], at(`${date}T08:59`, BERLIN))).toEqual([])
    }
  })
})

describe('instantOf', () => {
  test.each([
    ['2026-07-01T12:00', BERLIN, '2026-07-01T10:00:00.000Z'],
    ['2026-03-29T02:30', BERLIN, '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30', BERLIN, '2026-10-25T00:30:00.000Z'],
    ['2026-11-23T00:00', RIYADH, '2026-11-22T21:00:00.000Z'],
  ])('%s in %s', (local, timeZone, utc) => {
    expect(new Date(instantOf(local, timeZone) ?? 0).toISOString()).toBe(utc)
  })

  test('gives back what the clocks show', () => {
    const minute = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2028, 0) / 60_000 })
    const zone = fc.constantFrom(RIYADH, BERLIN, 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC')
    fc.assert(
      fc.property(minute, zone, (minutes, timeZone) => {
        const local = localOf(minutes * 60_000, timeZone)
        expect(localOf(instantOf(local, timeZone) ?? 0, timeZone)).toBe(local)
      }),
      { seed: 20261123 },
    )
  })

  test('what is no time is none', () => {
    expect(instantOf('yesterday', RIYADH)).toBeNull()
    expect([isTimeZone(RIYADH), isTimeZone('Nowhere/Else')]).toEqual([true, false])
  })
})
