import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NumberWindow } from './number-window.ts'

const AHEAD_MS = 250

describe('the window of a number', () => {
  test('never lets more through in a second than the limit, whatever comes in and however late calls are', () => {
    const load = fc.record({
      perSecond: fc.integer({ min: 1, max: 30 }),
      waiting: fc.integer({ min: 0, max: 50 }),
      steps: fc.array(fc.record({ passMs: fc.integer({ min: 0, max: 120 }), heard: fc.integer({ min: 0, max: 1 }) }), {
        minLength: 20,
        maxLength: 200,
      }),
    })
    fc.assert(
      fc.property(load, ({ perSecond, waiting, steps }) => {
        const window = new NumberWindow()
        const calls: number[] = []
        const heard: number[] = []
        let slots = [] as ReturnType<NumberWindow['plan']>
        let nowMs = 10_000
        for (const step of steps) {
          nowMs += step.passMs
          if (step.heard > 0) {
            window.hear(nowMs, step.heard)
            heard.push(nowMs)
          }
          slots.push(...window.plan(nowMs, { perSecond, wanted: 5, waiting, aheadMs: AHEAD_MS }))
          slots = slots.filter((slot) => {
            const call = slot.atMs > nowMs ? 0 : window.pass(nowMs, slot, perSecond)
            if (typeof call === 'number') return true
            calls.push(nowMs)
            window.answered(call, nowMs)
            const inSecond = [...calls, ...heard].filter((atMs) => atMs > nowMs - 1_000)
            expect(inSecond.length).toBeLessThanOrEqual(perSecond)
            return false
          })
        }
      }),
    )
  })

  test('lets a few out at once, and a queue at even intervals', () => {
    const few = new NumberWindow().plan(0, { perSecond: 20, wanted: 3, waiting: 3, aheadMs: AHEAD_MS })
    expect(few.map(({ atMs }) => atMs)).toEqual([0, 0, 0])
    const queue = new NumberWindow().plan(0, { perSecond: 20, wanted: 99, waiting: 20, aheadMs: AHEAD_MS })
    expect(queue.map(({ atMs }) => atMs)).toEqual([0, 51, 102, 153, 204])
  })

  test('leaves a queue what customers and the phone do not use', () => {
    expect(sentInAMinute({ heardPerS: 0 })).toBeGreaterThan(0.95 * 20 * 60)
    expect(sentInAMinute({ heardPerS: 5 })).toBeGreaterThan(0.95 * 15 * 60)
    expect(sentInAMinute({ heardPerS: 19 })).toBeGreaterThan(0.95 * 60)
    expect(sentInAMinute({ heardPerS: 20 })).toBe(0)
  })

  test('takes a call whose answer took long for counted late', () => {
    const window = new NumberWindow()
    const wish = { perSecond: 1, wanted: 1, waiting: 1, aheadMs: AHEAD_MS }
    const callAt = (nowMs: number, tookMs: number) => {
      const [slot] = window.plan(nowMs, wish)
      const call = slot === undefined ? 0 : window.pass(nowMs, slot, 1)
      if (typeof call === 'number') throw new Error(`no call at ${nowMs}`)
      window.answered(call, nowMs + tookMs)
    }
    callAt(0, 50)
    callAt(1_001, 250)
    expect(window.room(2_010 - AHEAD_MS, wish)).toBe(0)
    callAt(2_300, 50)
  })

  test('gives back a slot that is dropped', () => {
    const window = new NumberWindow()
    const wish = { perSecond: 1, wanted: 1, waiting: 1, aheadMs: AHEAD_MS }
    const [slot] = window.plan(0, wish)
    expect(window.room(0, wish)).toBe(0)
    if (slot !== undefined) window.drop(slot)
    expect(window.room(0, wish)).toBe(1)
  })
})

/** How many calls a long queue makes in a minute, a millisecond at a time. */
function sentInAMinute({ heardPerS }: { heardPerS: number }): number {
  const window = new NumberWindow()
  let slots = [] as ReturnType<NumberWindow['plan']>
  let sent = 0
  for (let nowMs = 0; nowMs < 63_000; nowMs++) {
    if (heardPerS > 0 && nowMs % (1_000 / heardPerS) < 1) window.hear(nowMs, 1)
    if (nowMs < 3_000) continue
    if (nowMs % 100 === 0)
      slots.push(...window.plan(nowMs, { perSecond: 20, wanted: 99, waiting: 20, aheadMs: AHEAD_MS }))
    slots = slots.filter((slot) => {
      const call = slot.atMs > nowMs ? 0 : window.pass(nowMs, slot, 20)
      if (typeof call === 'number') return true
      window.answered(call, nowMs)
      sent++
      return false
    })
  }
  return sent
}
