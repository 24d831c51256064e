import { expect, test } from 'vitest'
import { hueOf, initialsOf } from './initials.ts'

test.each([
  ['Layla Al-Harbi', 'LH'],
  ['ليلى الحربي', 'لح'],
  ['@sara.oud', 'SO'],
  ['+201005550142', '42'],
  ['Tomás', 'T'],
  ['', '•'],
])('%s → %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('the same person keeps the same colour', () => {
  expect(hueOf('a', 5)).toBe(hueOf('a', 5))
  expect(new Set(['a', 'b', 'c', 'd', 'e'].map((seed) => hueOf(seed, 5))).size).toBe(5)
})
