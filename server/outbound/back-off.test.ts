import { expect, test } from 'vitest'
import { backOffOf } from './back-off.ts'

test('Meta’s waits: 4^X seconds for a customer, growing ones for a number', () => {
  const waits = (code: number | null) =>
    [0, 1, 2, 20].map((refusals) => backOffOf(code, 7_000).waitMs(refusals) / 1_000)
  expect([backOffOf(131056, 0).scope, ...waits(131056)]).toEqual(['pair', 1, 4, 16, 4_096])
  expect([backOffOf(130429, 0).scope, ...waits(130429)]).toEqual(['number', 0.25, 0.5, 1, 60])
  for (const code of [80007, 4])
    expect([backOffOf(code, 0).scope, ...waits(code)]).toEqual(['number', 60, 120, 240, 3_600])
  expect([backOffOf(131016, 0).scope, ...waits(131016)]).toEqual(['pair', 7, 7, 7, 7])
  expect(backOffOf(null, 5).scope).toBe('pair')
})
