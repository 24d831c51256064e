import { expect, test } from 'vitest'
import type { Sync } from '../../../contract/number.ts'
import { hasMore, unreadFloorMs } from './has-more.ts'

const DAY_MS = 86_400_000

test('unread ends where the connection began; all goes on to the last page', () => {
  const inbox = { numbers: { n: { syncs: [asked(10 * DAY_MS)] } } } as never
  const at = (reachedMs: number, nextCursor: string | null) => ({
    inbox,
    list: { nextCursor, reachedMs, loading: false },
  })
  expect(hasMore(at(9.5 * DAY_MS, 'c'), 'unread')).toBe(true)
  expect(hasMore(at(8 * DAY_MS, 'c'), 'unread')).toBe(false)
  expect(hasMore(at(8 * DAY_MS, 'c'), 'all')).toBe(true)
  expect(hasMore(at(8 * DAY_MS, null), 'all')).toBe(false)
})

test('a number of which the connection is not known sets no end', () => {
  expect(unreadFloorMs([{ syncs: [] }])).toBe(Number.NEGATIVE_INFINITY)
  expect(unreadFloorMs([{ syncs: [asked(null)] }, { syncs: [asked(DAY_MS)] }])).toBe(Number.NEGATIVE_INFINITY)
  expect(unreadFloorMs([])).toBe(Number.NEGATIVE_INFINITY)
})

function asked(askedAtMs: number | null): Sync {
  return {
    kind: 'history',
    state: 'receiving',
    requestId: null,
    askedAtMs,
    deadlineMs: null,
    alarmedAtMs: null,
    error: null,
    updatedAtMs: null,
    firstChunkAtMs: null,
    lastChunkAtMs: null,
    filesFromMs: null,
    progressPercent: null,
    received: 0,
    phases: [],
  }
}
