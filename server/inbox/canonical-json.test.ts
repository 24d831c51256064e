import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, storableJson, storableText } from './canonical-json.ts'

test('the order of keys and absent values make no difference', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe(
    canonicalJson({ b: [1, { c: 'x', d: null }] }),
  )
})

test('what differs differs', () => {
  for (const other of [{ a: 2 }, { a: '1' }, { a: [1] }, { a: null }, {}]) {
    expect(canonicalJson(other)).not.toBe(canonicalJson({ a: 1 }))
  }
})

test('what PostgreSQL can store stays letter for letter', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value = JSON.parse(text)
      fc.pre(!/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)))
      expect(storableJson(value)).toBe(JSON.stringify(value))
    }),
    { seed: 20261123 },
  )
})

test.each([
  ['a character U+0000', 'a\u0000b', 'a\ufffdb'],
  ['half a surrogate pair', 'a\ud83db', 'a\ufffdb'],
  ['both', '\udc00\u0000', '\ufffd\ufffd'],
  ['text that only looks like an escape', 'C:\\u0000', 'C:\\u0000'],
  ['a whole pair', '👍', '👍'],
])('%s', (_name, given, stored) => {
  expect(JSON.parse(storableJson({ given }))).toEqual({ given: stored })
})

test('a text column takes no character U+0000 either', () => {
  expect(storableText('a\u0000b')).toBe('a\ufffdb')
})
