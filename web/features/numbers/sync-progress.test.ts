import { expect, test } from 'vitest'
import type { Sync } from '../../../contract/number.ts'
import { alarmOf, isRunning, mayAsk, remainingMs } from './sync-progress.ts'

const DEADLINE_MS = 24 * 60 * 60 * 1000
const history: Sync = {
  kind: 'history', state: 'receiving', requestId: null, askedAtMs: 0, updatedAtMs: 60_000, progressPercent: 50, received: 1, phases: [],
  deadlineMs: DEADLINE_MS, alarmedAtMs: null, error: null, firstChunkAtMs: 1_000, lastChunkAtMs: 60_000, filesFromMs: 0,
} // biome-ignore format: one sync

test('half done after a minute leaves a minute; without a figure nothing is promised', () => {
  expect(remainingMs(history)).toBe(60_000)
  expect(remainingMs({ ...history, progressPercent: null })).toBeNull()
  expect(remainingMs({ ...history, progressPercent: 1 })).toBeNull()
  expect(remainingMs({ ...history, progressPercent: 100 })).toBeNull()
})

test('an import that was declined or is complete does not run', () => {
  expect(isRunning(history)).toBe(true)
  expect(isRunning({ ...history, state: 'complete' })).toBe(false)
  expect(isRunning({ ...history, state: 'declined' })).toBe(false)
})

test('a deadline that is near and unmet is told until it is met or has passed', () => {
  const unasked: Sync = { ...history, state: 'not_asked', askedAtMs: null, alarmedAtMs: 5 }
  expect(alarmOf([unasked], DEADLINE_MS - 1)).toBe(unasked)
  expect(alarmOf([unasked], DEADLINE_MS)).toBeUndefined()
  expect(alarmOf([{ ...unasked, alarmedAtMs: null }], 6)).toBeUndefined()
  expect(alarmOf([{ ...unasked, state: 'asked' }], 6)).toBeUndefined()
})

test('only what was never taken may be asked for by hand', () => {
  expect(mayAsk({ ...history, state: 'not_asked' }, 0)).toBe(true)
  expect(mayAsk({ ...history, state: 'not_asked' }, DEADLINE_MS)).toBe(false)
  expect(mayAsk({ ...history, state: 'silent' }, 0)).toBe(false)
})
