import { describe, expect, test } from 'vitest'
import { percentile, spreadOf } from './figures.ts'

describe('figures', () => {
  test('percentile takes the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(percentile(values, 0.5)).toBe(50)
    expect(percentile(values, 0.99)).toBe(99)
    expect(percentile([7], 0.99)).toBe(7)
    expect(percentile([], 0.5)).toBeNaN()
  })

  test('spreadOf folds runs to min, median and max', () => {
    expect(spreadOf([{ a: 3 }, { a: 1 }, { a: 2.3456 }])).toEqual({ a: { min: 1, median: 2.35, max: 3 } })
  })
})
