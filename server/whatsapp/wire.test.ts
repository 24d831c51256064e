import { describe, expect, test } from 'vitest'
import { decimal, id, isUserId, keepable, phone, text, timeMs, whole, words } from './wire.ts'

describe('phone', () => {
  test.each([
    ['966550102030', '966550102030'],
    ['+966 55 010 2030', '966550102030'],
    ['+1 (202) 555-0147', '12025550147'],
    ['\u200e+966 55\u00a0010 2030', '966550102030'],
  ])('%j is %s', (wire, digits) => {
    expect(phone(wire)).toBe(digits)
  })

  test.each(['', '+', 'DISPLAY_PHONE_NUMBER', 'SA.31877420956183320', '966x', '1'.repeat(21), 966550102030, null, {}])(
    '%j is none',
    (wire) => {
      expect(phone(wire)).toBeNull()
    },
  )
})

describe('timeMs', () => {
  test.each([
    ['1794211200', 1_794_211_200_000],
    [1794211200, 1_794_211_200_000],
    ['1', 1000],
    ['253402300799', 253_402_300_799_000],
  ])('%j is %d', (wire, ms) => {
    expect(timeMs(wire)).toBe(ms)
  })

  test.each([
    '',
    '0',
    0,
    '-5',
    -5,
    'soon',
    '1794211200.5',
    1.5,
    '1794211200000',
    253_402_300_800,
    Number.POSITIVE_INFINITY,
    null,
    [],
    true,
  ])('%j is none', (wire) => {
    expect(timeMs(wire)).toBeNull()
  })
})

test('numbers are read from text too, and nothing else is', () => {
  expect([whole('12'), whole(12), whole(1.5), whole('1.5'), whole('0x10'), whole(2 ** 60)]).toEqual([
    12,
    12,
    null,
    null,
    null,
    null,
  ])
  expect([decimal('24.7136'), decimal(-3.5), decimal('1e3'), decimal(Number.POSITIVE_INFINITY), decimal('')]).toEqual([
    24.7136,
    -3.5,
    null,
    null,
    null,
  ])
})

test('an id is text or a whole number, not empty and not endless', () => {
  expect([id('wamid.x'), id(1184402295573310), id(''), id(1.5), id('x'.repeat(513)), id({})]).toEqual([
    'wamid.x',
    '1184402295573310',
    null,
    null,
    null,
    null,
  ])
})

test('a user id has a country, a dot, and letters and digits', () => {
  const wires = ['SA.31877420956183320', 'EG.ENT.20917745530118', 'SA.', 'sa.1', '966550102030', 'SA.1 2']
  expect(wires.map(isUserId)).toEqual([true, true, false, false, false, false])
})

test('text that PostgreSQL refuses is made storable: U+0000 and halves of surrogate pairs', () => {
  expect(text('a\u0000b')).toBe('a\ufffdb')
  expect(text('half \ud83d')).toBe('half \ufffd')
  expect(text('whole 🙏')).toBe('whole 🙏')
  expect([text(''), words(''), text(7)]).toEqual(['', null, null])
})

test('what is kept whole is storable at every depth, and nesting has an end', () => {
  expect(keepable({ 'k\u0000': ['\ud800', { n: 1 }, null, true] })).toEqual({
    'k\ufffd': ['\ufffd', { n: 1 }, null, true],
  })
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
  expect(JSON.stringify(keepable(deep))).toBe(`${'['.repeat(40)}"…"${']'.repeat(40)}`)
  expect(Object.keys(keepable(JSON.parse('{"__proto__":1}')) as object)).toEqual(['__proto__'])
})
