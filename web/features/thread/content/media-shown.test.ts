import { describe, expect, test } from 'vitest'
import type { MediaContent } from '../../../../contract/message-content.ts'
import type { MissingReason } from '../../../../contract/message-file.ts'
import type { Sync } from '../../../../contract/number.ts'
import { FILES_COME_WITHIN_MS, mediaShown, placeholderShown } from './media-shown.ts'

const image = (mediaId: string | null): MediaContent => ({
  type: 'image',
  media: { mediaId, mimeType: null, sha256: null },
})
const missing = (reason: MissingReason, untilMs: number | null) => ({ state: 'missing', reason, untilMs }) as const

describe('a file', () => {
  test('on its way is looked at where it is', () => {
    expect(mediaShown(image('7'), null, 0)).toEqual({ kind: 'view', left: null })
    expect(mediaShown(image(null), null, 0)).toEqual({ kind: 'missing', reason: null, again: false })
  })

  test('left at WhatsApp on purpose is looked at there for as long as it is there', () => {
    const left = missing('too_large', 10)
    expect(mediaShown(image('7'), left, 9)).toEqual({ kind: 'view', left })
    expect(mediaShown(image('7'), left, 10)).toEqual({ kind: 'missing', reason: 'too_large', again: false })
  })

  test('that could not be had may be tried again while that may help', () => {
    expect(mediaShown(image('7'), missing('damaged', 10), 9)).toMatchObject({ kind: 'missing', again: true })
    expect(mediaShown(image('7'), missing('damaged', 10), 10)).toMatchObject({ kind: 'missing', again: false })
    expect(mediaShown(image('7'), missing('expired', null), 9)).toMatchObject({ kind: 'missing', again: false })
  })
})

describe('a placeholder', () => {
  const history = (state: Sync['state'], lastChunkAtMs: number | null = 100) =>
    ({ state, lastChunkAtMs, filesFromMs: 50 }) as Sync

  test('of before the last 14 days stays on the phone', () => {
    expect(placeholderShown(49, history('receiving'), 100)).toBe('too_old')
    expect(placeholderShown(50, undefined, 100)).toBe('too_old')
  })

  test('of the last 14 days is waited for while history comes, and a day after', () => {
    expect(placeholderShown(50, history('receiving'), 100)).toBe('coming')
    expect(placeholderShown(50, history('complete'), 100 + FILES_COME_WITHIN_MS - 1)).toBe('coming')
    expect(placeholderShown(50, history('complete'), 100 + FILES_COME_WITHIN_MS)).toBe('not_come')
    expect(placeholderShown(50, history('partial'), 100 + FILES_COME_WITHIN_MS)).toBe('not_come')
  })
})
