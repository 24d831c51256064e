import { expect, test } from 'vitest'
import { placesOf } from './messaging-limit.ts'

test.each([
  ['TIER_50', 50],
  ['TIER_250', 250],
  ['TIER_2K', 2_000],
  ['TIER_10K', 10_000],
  ['TIER_100K', 100_000],
  ['TIER_UNLIMITED', null],
  ['TIER_NOT_SET', null],
  ['250', null],
  [null, null],
])('Meta’s word %s allows %s customers', (tier, places) => {
  expect(placesOf(tier)).toBe(places)
})
