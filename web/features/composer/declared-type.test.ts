import { expect, test } from 'vitest'
import { kindFor } from '../../../contract/send-limits.ts'
import { declaredType } from './declared-type.ts'

test.each([
  ['IMG_0001.HEIC', '', 'image'],
  ['IMG_0001.heif', '', 'image'],
  ['IMG_0001.heic', 'image/heic', 'image'],
  ['heic', '', 'document'],
  ['list.heic.txt', '', 'document'],
  ['list.heic', 'text/plain', 'document'],
])('%s, said to be “%s”, goes as %s', (name, type, kind) => {
  expect(kindFor({ mimeType: declaredType({ name, type }), bytes: 100 })).toBe(kind)
})
