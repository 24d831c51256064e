import { expect, test } from 'vitest'
import { preferredLanguage } from './preferred-language.ts'

test.each([
  [['ar-SA', 'en'], 'ar'],
  [['fr', 'ar'], 'ar'],
  [['en-GB', 'ar'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
])('%s → %s', (languages, chosen) => {
  expect(preferredLanguage(languages)).toBe(chosen)
})
