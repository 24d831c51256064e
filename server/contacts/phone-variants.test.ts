import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalPhone } from './phone-variants.ts'

test.each([
  ['Brazil, mobile without the ninth digit', '551187654321', '5511987654321'],
  ['Brazil, mobile with it', '5511987654321', '5511987654321'],
  ['Brazil, a landline', '551132654321', '551132654321'],
  ['Mexico, with the old 1', '5215512345678', '525512345678'],
  ['Mexico, without it', '525512345678', '525512345678'],
  ['Argentina, without the 9', '541123456789', '5491123456789'],
  ['Argentina, with the 9', '5491123456789', '5491123456789'],
  ['Saudi Arabia', '966551234567', '966551234567'],
  ['the United States', '15551234567', '15551234567'],
])('%s', (_name, digits, canonical) => {
  expect(canonicalPhone(digits)).toBe(canonical)
})

test('the canonical form is its own, and countries never mix', () => {
  const digits = fc.tuple(
    fc.constantFrom('55', '521', '52', '54', '549', '966', '1'),
    fc.stringMatching(/^[0-9]{7,11}$/),
  )
  fc.assert(
    fc.property(digits, ([country, rest]) => {
      const canonical = canonicalPhone(country + rest)
      expect(canonicalPhone(canonical)).toBe(canonical)
      expect(canonical.slice(0, 2)).toBe((country + rest).slice(0, 2))
    }),
    { seed: 20261123, numRuns: 500 },
  )
})
