import { expect, test } from 'vitest'
import { makeFile } from '../files/make-file.ts'
import { isAnimatedWebp } from './animated.ts'

test('a WebP moves by its flag alone', () => {
  const head = (flags: number): Buffer =>
    Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0', 'latin1'), Buffer.from([flags, 0, 0, 0])])
  expect([0x02, 0x12, 0x10, 0].map((flags) => isAnimatedWebp(head(flags)))).toEqual([true, true, false, false])
  expect(isAnimatedWebp(makeFile('sticker', 1).bytes)).toBe(false)
  expect(isAnimatedWebp(Buffer.alloc(0))).toBe(false)
})
