import { describe, expect, test } from 'vitest'
import { readContactSearch } from './contact-search.ts'

describe('readContactSearch', () => {
  test.each([
    ['+966 55 123-4567', ['966551234567']],
    ['00966551234567', ['966551234567']],
    ['0551234567', ['551234567']],
    ['٠٥٥١٢٣٤٥٦٧', ['551234567']],
    ['\u2066+966 (55) 123\u2069', ['96655123']],
    ['551187654321', ['551187654321', '5511987654321']],
    ['5215512345678', ['5215512345678', '525512345678']],
    ['12', []],
    ['Layla 551', []],
    ['layla', []],
  ])('%s asks for the digits %j', (typed, digits) => {
    expect(readContactSearch(typed).digits).toEqual(digits)
  })

  test.each([
    ['  Layla   Harbi ', ['Layla', 'Harbi']],
    ['@layla.h', ['layla.h']],
    ['@', []],
    ['', []],
  ])('“%s” asks for the words %j', (typed, words) => {
    expect(readContactSearch(typed).words).toEqual(words)
  })
})
