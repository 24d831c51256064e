import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkify, safeHref } from './linkify.ts'

describe('linkify', () => {
  test.each([
    ['see https://a.example/x.', ['see ', 'https://a.example/x', '.']],
    ['(https://a.example/x_(1))', ['(', 'https://a.example/x_(1)', ')']],
    ['رابط https://a.example/م؟', ['رابط ', 'https://a.example/م', '؟']],
    ['no link: javascript:alert(1) or www.a.example', ['no link: javascript:alert(1) or www.a.example']],
  ])('%s', (text, parts) => {
    expect(linkify(text).map((part) => part.text)).toEqual(parts)
  })

  test('never loses a sign, and every link is http or https', () => {
    const words = fc.array(
      fc.constantFrom(
        'https://a.example',
        'http://b.example/x?y=1',
        'javascript:x',
        'data:text/html,x',
        'https://',
        ' ',
        '.',
        '(',
        ')',
        '؟',
        '\u200f',
        'م',
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(words, (some) => {
        const text = some.join('')
        const parts = linkify(text)
        expect(parts.map((part) => part.text).join('')).toBe(text)
        for (const part of parts) if (part.kind === 'link') expect(part.href).toMatch(/^https?:\/\//)
      }),
    )
  })

  test('addresses that arrive as data are checked too', () => {
    expect(safeHref('javascript:alert(1)')).toBeNull()
    expect(safeHref('https://fb.me/x')).toBe('https://fb.me/x')
  })
})
