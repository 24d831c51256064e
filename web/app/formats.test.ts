import { describe, expect, test } from 'vitest'
import { formatsFor } from './formats.ts'

const NOON = Date.UTC(2026, 10, 23, 12, 0)
const DAY_MS = 86_400_000
const english = formatsFor({ language: 'en', digits: 'latn', calendar: 'gregory' }, 'Asia/Riyadh')
const arabic = formatsFor({ language: 'ar', digits: 'latn', calendar: 'gregory' }, 'Asia/Riyadh')
const hijri = formatsFor({ language: 'ar', digits: 'arab', calendar: 'islamic-umalqura' }, 'Asia/Riyadh')

describe('times', () => {
  test('a row of the list: time, yesterday, weekday, date', () => {
    expect([0, 1, 2, 30, 400].map((days) => english.rowTime(NOON - days * DAY_MS, NOON))).toEqual([
      '15:00',
      'Yesterday',
      'Sat',
      'Oct 24',
      'Oct 19, 2025',
    ])
  })

  test('days are those of the reader: just after midnight in Riyadh is today there', () => {
    const justAfter = Date.UTC(2026, 10, 22, 21, 30)
    expect(english.day(justAfter, NOON)).toBe('Today')
    expect(english.day(justAfter - DAY_MS / 24, NOON)).toBe('Yesterday')
  })

  test('Arabic words with Latin digits, or with Arabic ones and the calendar of Umm al-Qura', () => {
    expect(arabic.rowTime(NOON - DAY_MS, NOON)).toBe('أمس')
    expect(arabic.time(NOON)).toBe('15:00')
    expect(hijri.time(NOON)).toBe('١٥:٠٠')
    expect(hijri.day(NOON - 30 * DAY_MS, NOON)).toContain('١٤٤٨')
  })
})

test('lengths, amounts, money', () => {
  expect(english.seconds(18.4)).toBe('0:18')
  expect(english.hoursMinutes(85_560_000)).toBe('23:46')
  expect(hijri.hoursMinutes(72 * 60_000)).toBe('١:١٢')
  expect(english.number(148_212)).toBe('148,212')
  expect(english.percent(55)).toBe('55%')
  expect(english.money(340, 'SAR').replace(/\s/gu, ' ')).toBe('SAR 340.00')
  expect(english.money(5, 'not money')).toBe('5 not money')
})
