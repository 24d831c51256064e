import { expect, test } from 'vitest'
import { barsOf } from './wave.ts'

test('each bar is the loudest of its stretch, the loudest bar is 1, silence stays flat', () => {
  const samples = new Float32Array([0, 0.1, -0.5, 0, 0.25, 0, 0, 0])
  expect(barsOf(samples, 4).map((bar) => Math.round(bar * 10) / 10)).toEqual([0.2, 1, 0.5, 0])
  expect(barsOf(new Float32Array(8), 4)).toEqual([0, 0, 0, 0])
})
