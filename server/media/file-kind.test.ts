import { expect, test } from 'vitest'
import { fileType } from './file-kind.ts'

test.each([
  // The bytes decide, whatever the sender says.
  ['image/png', 'image/jpeg', 'image/png'],
  ['application/pdf', 'image/jpeg', 'application/pdf'],
  ['image/jpeg', 'text/html', 'image/jpeg'],
  // Nothing that is known: never what the sender says.
  [null, 'image/jpeg', null],
  [null, 'text/html', null],
  // One container, sound or picture: the sender knows.
  ['video/mp4', 'audio/mp4', 'audio/mp4'],
  ['audio/ogg; codecs=opus', 'audio/ogg; codecs=opus', 'audio/ogg'],
  ['audio/x-m4a', null, 'audio/mp4'],
  // But not across families.
  ['video/mp4', 'audio/ogg', 'video/mp4'],
])('bytes of %s called %s are %s', (sniffed, declared, type) => {
  expect(fileType(sniffed, declared)).toBe(type)
})
