import { expect, test } from 'vitest'
import { COUNTS_MAX, noticeText, readNotice, type SendNotice } from './send-notice.ts'

const BY = '0b3ff1a4-33a6-4d7e-8a53-0d1f2f0a9c01'
const NUMBER = '1b3ff1a4-33a6-4d7e-8a53-0d1f2f0a9c01'

test.each<SendNotice>([
  { by: BY, what: 'waits', workspaceId: BY, numberId: NUMBER },
  {
    by: BY,
    what: 'heard',
    counts: [
      [NUMBER, 3],
      [BY, 1],
    ],
  },
  { by: BY, what: 'held', workspaceId: BY, wait: { numberId: NUMBER, pausedMs: 250 } },
  { by: BY, what: 'held', workspaceId: BY, wait: { numberId: NUMBER, conversationId: BY, heldMs: 4_000 } },
  { by: BY, what: 'hello' },
  { by: BY, what: 'here' },
])('what processes say to each other is read as it was said: $what', (notice) => {
  expect(readNotice(noticeText(notice))).toEqual(notice)
})

test.each(['', 'x', `${BY} waits ${BY}`, `${BY} heard ${NUMBER} many`, `${BY} held ${BY} ${NUMBER} - long`])(
  'what is none is left: %s',
  (text) => {
    expect(readNotice(text)).toBeNull()
  },
)

test('the longest one fits into the channel', () => {
  const counts = Array.from({ length: COUNTS_MAX }, () => [NUMBER, 99_999] as const)
  expect(noticeText({ by: BY, what: 'heard', counts }).length).toBeLessThan(8_000)
})
