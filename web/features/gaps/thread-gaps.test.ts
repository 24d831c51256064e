import { expect, test } from 'vitest'
import type { CaptureGap, GapKind } from '../../../contract/api/gaps.ts'
import { threadGaps } from './thread-gaps.ts'

const HOUR_MS = 3_600_000
const gap = (kind: GapKind, sinceMs: number, untilMs: number | null): CaptureGap => ({
  ...{ key: `${kind}:${sinceMs}`, kind, sinceMs, untilMs, count: null, evidence: {} },
  ...{ firstSeenAtMs: 0, lastSeenAtMs: 0 },
})

test('where a thread begins: history that is missing still', () => {
  const declined = gap('history_declined', 5, null)
  expect(threadGaps([gap('calls', 1, null), declined]).beginning).toBe(declined)
  expect(threadGaps([{ ...declined, untilMs: 9 }]).beginning).toBeNull()
})

test('between messages: times without a connection, and outages longer than WhatsApp delivers again', () => {
  const gone = gap('disconnected', 50 * HOUR_MS, null)
  const long = gap('outage', 0, 37 * HOUR_MS)
  const short = gap('outage', 0, 35 * HOUR_MS)
  expect(threadGaps([gone, short, long]).between).toEqual([long, gone])
})
