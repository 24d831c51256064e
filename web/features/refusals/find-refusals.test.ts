import { expect, test } from 'vitest'
import { findRefusals, spellCodes } from './find-refusals.ts'

const found = (query: string) => findRefusals(query, ({ message }) => message).map(({ message }) => message)

test('a refusal is found by its code, by the first signs of it, in the middle of a range, and by words', () => {
  expect(found('131047')).toEqual(['reply_window_closed'])
  expect(found(' 13105 ')).toContain('media_download_failed')
  expect(found('250')).toEqual(['access_lost'])
  expect(found('131207')).toEqual(['group'])
  expect(found('Window')).toEqual(['reply_window_closed'])
  expect(found('987654')).toEqual([])
  expect(found('').length).toBeGreaterThan(40)
})

test('codes are spelled one by one, ranges by their ends', () => {
  expect(spellCodes([131020, [131201, 131215]])).toBe('131020 · 131201–131215')
})
