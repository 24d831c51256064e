import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { MessageContent } from '../../contract/message-content.ts'
import {
  type FiledMessage,
  giveUp,
  isAnnounced,
  type NotFetched,
  readRefusal,
  waitMs,
  wantsFetch,
} from './fetch-plan.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

test('the wait grows fourfold, up to six hours', () => {
  expect([1, 2, 3, 4, 5, 6, 40].map((attempt) => waitMs(attempt) / MINUTE_MS)).toEqual([1, 4, 16, 64, 256, 360, 360])
})

describe('a message', () => {
  const image = (mediaId: string | null): MessageContent => ({
    type: 'image',
    media: { mediaId, mimeType: 'image/jpeg', sha256: null },
  })
  const message = (content: MessageContent, more: Partial<FiledMessage> = {}): FiledMessage => ({
    content,
    deletedAtMs: null,
    file: null,
    ...more,
  })
  test.each<[string, FiledMessage, FiledMessage | null, boolean]>([
    ['new, with a file', message(image('7')), null, true],
    ['new, without one', message({ type: 'text', body: 'x' }), null, false],
    ['whose file never comes', message(image(null)), null, false],
    ['deleted before it came', message(image('7'), { deletedAtMs: 1 }), null, false],
    ['that was told again', message(image('7')), message(image('7')), false],
    ['whose placeholder became a file', message(image('7')), message({ type: 'media_placeholder' }), true],
    ['whose caption was edited', message(image('8')), message(image('7')), true],
    ['edited after its file was kept', message(image('8'), { file: { state: 'stored' } }), message(image('7')), false],
    [
      'edited after its file was missing',
      message(image('8'), { file: { state: 'missing' } }),
      message(image('7')),
      true,
    ],
  ])('%s', (_name, now, before, wants) => {
    expect(wantsFetch(now, before)).toBe(wants)
  })
})

describe('what Meta answers instead', () => {
  const error = (code: number) =>
    ({ kind: 'error', status: 400, error: { code, title: '', details: null, traceId: null } }) as const
  test.each<[string, Parameters<typeof readRefusal>[0], 'address' | 'bytes', NotFetched]>([
    ['no such object', error(100), 'address', { reason: 'expired', again: false }],
    ['a lost token', error(190), 'address', { reason: 'refused', again: true }],
    ['a rate limit', error(80007), 'address', { reason: 'unreachable', again: true }],
    ['nothing', { kind: 'unreachable', detail: '' }, 'address', { reason: 'unreachable', again: true }],
    [
      '404 for the bytes',
      { kind: 'unclear', why: 'unreadable', detail: 'HTTP 404: ' },
      'bytes',
      { reason: 'expired', again: true },
    ],
    [
      '502 for the bytes',
      { kind: 'unclear', why: 'unreadable', detail: 'HTTP 502: ' },
      'bytes',
      { reason: 'unreachable', again: true },
    ],
  ])('%s', (_name, answer, asked, read) => {
    expect(readRefusal(answer, asked)).toEqual(read)
  })
})

describe('giving up', () => {
  const tries = { attempts: 1, attemptsMax: 3, expiresAtMs: 7 * DAY_MS, nowMs: 0 }
  test('not while another try may bring it', () => {
    expect(giveUp({ reason: 'unreachable', again: true }, tries)).toBeNull()
  })
  test('after the last try, with the time until which it may be tried by hand', () => {
    expect(giveUp({ reason: 'unreachable', again: true }, { ...tries, attempts: 3 })).toEqual({
      state: 'missing',
      reason: 'unreachable',
      untilMs: 7 * DAY_MS,
    })
  })
  test('when Meta will not have it any more at the next try', () => {
    const last = { ...tries, nowMs: 7 * DAY_MS - 1 }
    expect(giveUp({ reason: 'unreachable', again: true }, last)).toMatchObject({ reason: 'unreachable' })
    expect(giveUp({ reason: 'unreachable', again: true }, { ...tries, nowMs: 7 * DAY_MS })).toEqual({
      state: 'missing',
      reason: 'expired',
      untilMs: null,
    })
  })
  test('at once what no try changes', () => {
    expect(giveUp({ reason: 'too_large', again: false }, tries)).toMatchObject({ untilMs: 7 * DAY_MS })
    expect(giveUp({ reason: 'expired', again: false }, tries)).toMatchObject({ untilMs: null })
  })
})

test('the hash is compared with what Meta announced, in hex or Base64', () => {
  const digest = createHash('sha256').update('x').digest()
  const hash = digest.toString('hex')
  expect(isAnnounced(hash, [hash.toUpperCase(), null])).toBe(true)
  expect(isAnnounced(hash, [null, digest.toString('base64')])).toBe(true)
  expect(isAnnounced(hash, [digest.toString('base64url')])).toBe(true)
  expect(isAnnounced(hash, ['0'.repeat(64), digest.toString('base64')])).toBe(true)
  expect(isAnnounced(hash, ['0'.repeat(64)])).toBe(false)
  expect(isAnnounced(hash, ['not a hash'])).toBe(false)
  expect(isAnnounced(hash, [null, null])).toBe(true)
})
