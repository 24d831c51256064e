import { expect, test } from 'vitest'
import { arabic } from './words-ar.ts'
import { english, type WordKey } from './words-en.ts'

const keys = Object.keys(english) as WordKey[]
const slotsOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort()

test('both languages have every string, with the same slots', () => {
  expect(Object.keys(arabic).sort()).toEqual([...keys].sort())
  for (const key of keys) {
    expect(arabic[key], key).not.toBe('')
    expect(slotsOf(arabic[key]), key).toEqual(slotsOf(english[key]))
  }
})

test('Arabic strings are Arabic', () => {
  const latin = keys.filter((key) => key !== 'otherLanguage' && !/\p{Script=Arabic}/u.test(arabic[key]))
  expect(latin).toEqual([])
})
