import { describe, expect, test } from 'vitest'
import { coexistLoad, MESSAGES_PER_S, NUMBER_COUNT } from './coexist.ts'

const load = coexistLoad({ seed: 7, seconds: 4, startMs: 1_790_000_000_500 })

describe('the load of 25 numbers in coexistence', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(coexistLoad({ seed: 7, seconds: 4, startMs: 1_790_000_000_500 })).toEqual(load)
    expect(coexistLoad({ seed: 8, seconds: 4, startMs: 1_790_000_000_500 })).not.toEqual(load)
  })

  test('gives every number 20 messages in every second', () => {
    expect(load.lines).toHaveLength(4 * MESSAGES_PER_S)
    for (let second = 0; second < 4; second++) {
      const within = load.lines.slice(second * MESSAGES_PER_S, (second + 1) * MESSAGES_PER_S)
      const perNumber = Map.groupBy(within, (line) => line.number.phoneNumberId)
      expect(perNumber.size).toBe(NUMBER_COUNT)
      expect(new Set([...perNumber.values()].map((lines) => lines.length))).toEqual(new Set([20]))
    }
  })

  test('is half by customers, a quarter by the phone, a quarter through the API', () => {
    const share = (by: string) => load.lines.filter((line) => line.by === by).length / load.lines.length
    expect([share('customer'), share('phone'), share('agent')]).toEqual([0.5, 0.25, 0.25])
  })

  test('says nothing twice, and answers only customers who have written to that number', () => {
    const all = [...load.warmUp, ...load.lines]
    const bodies = all.map((line) => (line.by === 'agent' ? line.body : line.message.body))
    expect(new Set(bodies).size).toBe(bodies.length)
    const opened = new Set(load.opening.map((line) => `${line.number.phoneNumberId} ${line.message.phone}`))
    expect(opened.size).toBe(load.opening.length)
    for (const line of all) {
      const phone = line.by === 'agent' ? line.phone : line.message.phone
      expect(opened).toContain(`${line.number.phoneNumberId} ${phone}`)
    }
  })
})
