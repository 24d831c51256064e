import { expect, test } from 'vitest'
import type { FeedRow } from '../../contract/inbox-event.ts'
import { rowPump } from './row-pump.ts'

test('a lone row is applied at once; a flood in batches, losing none and keeping the order', () => {
  const applied: number[][] = []
  let nowMs = 1_000
  let due: (() => void) | null = null
  const pump = rowPump((rows) => applied.push(rows.map((row) => row.seq)), {
    monotonicMs: () => nowMs,
    setTimer(action) {
      due = action
      return () => {
        due = null
      }
    },
  })
  pump.add([row(1)])
  expect(applied).toEqual([[1]])
  pump.add([row(2), row(3)])
  pump.add([row(4)])
  expect(applied).toHaveLength(1)
  nowMs += 60
  ;(due as (() => void) | null)?.()
  expect(applied).toEqual([[1], [2, 3, 4]])
})

function row(seq: number): FeedRow {
  return { seq, atMs: 0, event: { type: 'unrecognised.counted', total: 0 } }
}
