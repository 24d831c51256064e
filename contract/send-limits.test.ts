import { expect, test } from 'vitest'
import { FILE_LIMITS, fileFault, isOneEmoji, kindFor, type UploadKind, uploadBytesMax } from './send-limits.ts'

const MB = 1024 * 1024

/** Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media */
test.each<[UploadKind, string | null, number, boolean, ReturnType<typeof fileFault>]>([
  ['image', 'image/jpeg', 5 * MB, false, null],
  ['image', 'image/png', 5 * MB + 1, false, 'size'],
  ['image', 'image/webp', 100, false, 'type'],
  ['video', 'video/mp4', 16 * MB, false, null],
  ['video', 'video/3gpp', 16 * MB + 1, false, 'size'],
  ['video', 'video/quicktime', 100, false, 'type'],
  ['audio', 'audio/mpeg', 16 * MB, false, null],
  ['audio', 'audio/wav', 100, false, 'type'],
  ['voice', 'audio/ogg; codecs=opus', 100, false, null],
  ['voice', 'audio/mpeg', 100, false, 'type'],
  ['document', null, 100 * MB, false, null],
  ['document', 'application/pdf', 100 * MB + 1, false, 'size'],
  ['sticker', 'image/webp', 100 * 1024, false, null],
  ['sticker', 'image/webp', 100 * 1024 + 1, false, 'size'],
  ['sticker', 'image/webp', 500 * 1024, true, null],
  ['sticker', 'image/webp', 500 * 1024 + 1, true, 'size'],
  ['sticker', 'image/png', 100, false, 'type'],
])('%s of %s with %d bytes (moves: %s): %s', (kind, mimeType, bytes, animated, fault) => {
  expect(fileFault(kind, { mimeType, bytes, animated })).toBe(fault)
})

test.each<[string, number, UploadKind]>([
  ['image/heic', 100, 'image'],
  ['image/jpeg', 60 * MB, 'document'],
  ['image/svg+xml', 100, 'document'],
  ['video/mp4', 16 * MB, 'video'],
  ['video/mp4', 17 * MB, 'document'],
  ['video/x-msvideo', 100, 'video'],
  ['video/quicktime', 17 * MB, 'document'],
  ['audio/mpeg', 100, 'audio'],
  ['audio/ogg; codecs=opus', 100, 'audio'],
  ['audio/wav', 100, 'audio'],
  ['application/pdf', 100, 'document'],
  ['', 100, 'document'],
])('%s of %d bytes is best sent as %s', (mimeType, bytes, kind) => {
  expect(kindFor({ mimeType, bytes })).toBe(kind)
})

test('pictures may come up larger than they go out, since they are made smaller here', () => {
  expect(uploadBytesMax('image')).toBeGreaterThan(FILE_LIMITS.image.bytesMax)
  expect(uploadBytesMax('video')).toBe(FILE_LIMITS.video.bytesMax)
})

test.each([
  ['👍', true],
  ['👍🏽', true],
  ['👩‍👩‍👧', true],
  ['🇸🇦', true],
  ['3️⃣', true],
  ['👍👍', false],
  ['ok', false],
  ['', false],
])('%s is one emoji: %s', (text, one) => {
  expect(isOneEmoji(text)).toBe(one)
})
