import { expect, test } from 'vitest'
import { MARKETING_REST_MS, marketingFromMs, marketingResting } from './marketing-rest.ts'

const error = (code: number | null) => ({ code, title: 'x', details: null })

test.each([
  ['Meta held it back', error(131049), 5_000, 5_000 + MARKETING_REST_MS],
  ['it was not sent, because of that', marketingResting(9_000), 5_000, 9_000],
  ['another refusal', error(131050), 5_000, null],
  ['one of ours', error(null), 5_000, null],
  ['one whose time is not known', error(131049), null, null],
  ['none', null, 5_000, null],
])('from when a customer may get marketing again: %s', (_, error, deliveryAtMs, from) => {
  expect(marketingFromMs({ error, deliveryAtMs })).toBe(from)
})
