import { expect, test } from 'vitest'
import { likelyLanguage } from './likely-language.ts'

test.each([
  ['as they wrote last', { texts: ['Where is my order?', 'أين طلبي؟'], names: ['نورة'], phone: '966551234567' }, 'en'],
  ['mostly Arabic is Arabic', { texts: ['طلبي رقم ABC وصل'], names: [], phone: '447700900000' }, 'ar'],
  ['what has no letters says nothing', { texts: ['👍 12'], names: ['نورة'], phone: '447700900000' }, 'ar'],
  ['as they are called', { texts: [], names: ['Layla'], phone: '966551234567' }, 'en'],
  ['where their number is from', { texts: [], names: [], phone: '966551234567' }, 'ar'],
  ['a number from elsewhere', { texts: [], names: [], phone: '447700900000' }, 'en'],
  ['nothing known', { texts: [], names: [], phone: null }, 'en'],
] as const)('%s', (_name, voice, language) => {
  expect(likelyLanguage(voice)).toBe(language)
})
