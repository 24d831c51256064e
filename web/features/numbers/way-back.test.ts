import { expect, test } from 'vitest'
import { headingsOf } from '../../ui/heading-anchors.ts'
import { loadPage } from '../playbooks/built-in.ts'
import { REASON_WORDS } from './state-words.ts'
import { wayBack } from './way-back.ts'

const REASONS = Object.keys(REASON_WORDS) as (keyof typeof REASON_WORDS)[]
const ways = REASONS.flatMap((reason) => wayBack(reason) ?? [])

test('every way back says what to do', () => {
  expect(ways.length).toBeGreaterThan(10)
  for (const way of ways) expect(way.steps.length).toBeGreaterThan(0)
  expect(wayBack(null)).toBeNull()
})

test.each(['en', 'ar'] as const)('and leads to a place that is there, in %s', async (language) => {
  for (const { page, section } of ways) {
    const anchors = headingsOf(await loadPage(page, language)).map(({ id }) => id)
    expect(anchors, page).toContain(section)
  }
})
