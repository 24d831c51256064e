import { afterEach, expect, test } from 'vitest'
import { createClock, type SimulatedClock } from './clock.ts'

let clock: SimulatedClock
afterEach(() => clock.close())
const onError = (error: unknown): never => {
  throw error
}

test('what is due fires in order, at its own instant, also what was planned on the way', async () => {
  clock = createClock({ startMs: 0, frozen: true, onError })
  const fired: string[] = []
  const note = (name: string) => () => fired.push(`${name}@${clock.nowMs()}`)
  clock.at(300, note('c'))
  clock.at(100, () => {
    note('a')()
    clock.at(200, note('b'))
    clock.at(400, note('late'))
  })
  await clock.moveTo(350)
  expect(fired).toEqual(['a@100', 'b@200', 'c@300'])
  expect(clock.nowMs()).toBe(350)
})

test('a moving clock waits for what it started, and for what that plans', async () => {
  clock = createClock({ startMs: 0, frozen: true, onError })
  let flying = Promise.resolve()
  clock.whenSettled(() => flying)
  const fired: number[] = []
  clock.at(10, () => {
    flying = new Promise<void>((resolve) => setImmediate(resolve)).then(
      () => void clock.at(20, () => fired.push(clock.nowMs())),
    )
  })
  await clock.moveTo(1_000)
  expect(fired).toEqual([20])
})

test('it never goes back, cancelled tasks never fire, and chatter is passed over by a leap', async () => {
  clock = createClock({ startMs: 1_000, frozen: true, onError })
  const fired: string[] = []
  const cancel = clock.at(1_500, () => fired.push('cancelled'))
  clock.at(1_600, () => fired.push(`chatter@${clock.nowMs()}`), { skippedByMoves: true })
  cancel()
  await clock.moveTo(500)
  expect(clock.nowMs()).toBe(1_000)
  await clock.moveTo(9_000)
  expect(fired).toEqual(['chatter@9000'])
})

test('thousands of tasks in random order fire sorted', async () => {
  clock = createClock({ startMs: 0, frozen: true, onError })
  const fired: number[] = []
  for (let at = 0; at < 5_000; at++) {
    const dueMs = (at * 7_919) % 5_000
    clock.at(dueMs, () => fired.push(dueMs))
  }
  await clock.moveTo(5_000)
  expect(fired).toHaveLength(5_000)
  expect(fired).toEqual([...fired].sort((a, b) => a - b))
})

test('a running clock follows real time from where it starts', async () => {
  clock = createClock({ startMs: 50_000, onError })
  const firedAt = await new Promise<number>((resolve) => clock.at(50_010, () => resolve(clock.nowMs())))
  expect(firedAt).toBeGreaterThanOrEqual(50_010)
  await clock.moveTo(90_000)
  expect(clock.nowMs()).toBeGreaterThanOrEqual(90_000)
})
