import { describe, expect, test } from 'vitest'
import {
  ALARM_BEFORE_MS,
  filesFromMs,
  mayAsk,
  type OpenSync,
  PARTIAL_AFTER_MS,
  SILENT_AFTER_MS,
  SYNC_WINDOW_MS,
  stepOf,
} from './sync-window.ts'

const sync: OpenSync = {
  state: 'not_asked',
  askedAtMs: null,
  deadlineMs: SYNC_WINDOW_MS,
  alarmedAtMs: null,
  lastChunkAtMs: null,
  numberState: 'syncing',
}

describe('what time makes of a sync', () => {
  test('nobody has asked: an alarm six hours before the deadline, once, and too late at the deadline', () => {
    expect(stepOf(sync, SYNC_WINDOW_MS - ALARM_BEFORE_MS - 1)).toBeNull()
    expect(stepOf(sync, SYNC_WINDOW_MS - ALARM_BEFORE_MS)).toBe('alarm')
    expect(stepOf({ ...sync, alarmedAtMs: 1 }, SYNC_WINDOW_MS - 1)).toBeNull()
    expect(stepOf({ ...sync, alarmedAtMs: 1 }, SYNC_WINDOW_MS)).toBe('too_late')
    expect(stepOf({ ...sync, deadlineMs: null }, Number.MAX_SAFE_INTEGER)).toBeNull()
  })

  test('a number that is gone raises no alarm', () => {
    expect(stepOf({ ...sync, numberState: 'removed' }, SYNC_WINDOW_MS - 1)).toBeNull()
  })

  test('asked and nothing came: silent', () => {
    const asked: OpenSync = { ...sync, state: 'asked', askedAtMs: 5 }
    expect(stepOf(asked, 5 + SILENT_AFTER_MS - 1)).toBeNull()
    expect(stepOf(asked, 5 + SILENT_AFTER_MS)).toBe('silent')
  })

  test('chunks came and then no more: partial', () => {
    const receiving: OpenSync = { ...sync, state: 'receiving', lastChunkAtMs: 7 }
    expect(stepOf(receiving, 7 + PARTIAL_AFTER_MS - 1)).toBeNull()
    expect(stepOf(receiving, 7 + PARTIAL_AFTER_MS)).toBe('partial')
  })

  test.each(['silent', 'declined', 'complete', 'partial', 'too_late', 'used_up'] as const)('%s stays', (state) => {
    expect(stepOf({ ...sync, state, lastChunkAtMs: 0, askedAtMs: 0 }, Number.MAX_SAFE_INTEGER)).toBeNull()
  })
})

test('a person may have asked only what Meta has not taken, in time', () => {
  expect(mayAsk(sync, SYNC_WINDOW_MS - 1)).toBe(true)
  expect(mayAsk(sync, SYNC_WINDOW_MS)).toBe(false)
  for (const state of ['asked', 'silent', 'receiving', 'partial', 'used_up'] as const) {
    expect(mayAsk({ ...sync, state }, 0)).toBe(false)
  }
})

test('files may come back to 14 days before the onboarding', () => {
  const day = 24 * 60 * 60 * 1000
  expect(filesFromMs(Date.UTC(2026, 10, 24))).toBe(Date.UTC(2026, 10, 23) - 14 * day)
  expect(filesFromMs(null)).toBeNull()
})
