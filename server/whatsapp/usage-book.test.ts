import { beforeEach, describe, expect, test } from 'vitest'
import { TestClock } from '../platform/clock.ts'
import { createUsageBook, type UsageBook } from './usage-book.ts'

const MINUTE_MS = 60_000
const ACCOUNT = '102290129340398'
const NUMBER = '106540352242922'

let clock: TestClock
let book: UsageBook
beforeEach(() => {
  clock = new TestClock()
  book = createUsageBook(() => clock.nowMs())
})

interface Answer {
  readonly percent?: number
  readonly minutes?: number
  readonly code?: number
  readonly header?: string | null
  readonly about?: string
}
function note({ percent, minutes = 0, code, header, about = ACCOUNT }: Answer): void {
  const row = { type: 'whatsapp', call_count: percent, estimated_time_to_regain_access: minutes }
  book.note({
    url: new URL(`http://graph/v25.0/${about}/message_templates`),
    header: header ?? (percent === undefined ? null : JSON.stringify({ [ACCOUNT]: [row] })),
    code: code ?? null,
  })
}
const restMinutes = (...ids: string[]) => book.restMs(ids) / MINUTE_MS

describe('what nobody waits for', () => {
  test.each<[string, Answer, number]>([
    ['well below the limit', { percent: 89 }, 0],
    ['near it, and Meta tells no end', { percent: 90 }, 5],
    ['near it, and Meta tells the end', { percent: 95, minutes: 19 }, 19],
    ['held back already', { percent: 40, minutes: 19 }, 19],
    ['an end that is out of all bounds', { percent: 100, minutes: 1e9 }, 24 * 60],
    ['refused with figures', { percent: 40, code: 80007 }, 5],
    ['refused with figures and an end', { percent: 100, minutes: 60, code: 80008 }, 60],
    ['refused without figures', { code: 80007 }, 5],
    ['the app is refused', { code: 4, about: 'me' }, 5],
    ['refused for another reason', { code: 130429 }, 0],
    ['a header nobody can read', { header: '{"102' }, 0],
  ])('rests: %s', (_name, answer, minutes) => {
    note(answer)
    expect(restMinutes(ACCOUNT, NUMBER)).toBe(minutes)
    clock.advanceMs(minutes * MINUTE_MS)
    expect(restMinutes(ACCOUNT, NUMBER)).toBe(0)
  })

  test('of another account goes on, unless the app is refused', () => {
    note({ percent: 100 })
    expect(restMinutes('999')).toBe(0)
    note({ code: 4 })
    expect(restMinutes('999')).toBe(5)
  })

  test('of a number rests when a call about it was refused and no account was named', () => {
    note({ code: 80007, about: NUMBER })
    expect([restMinutes(ACCOUNT, NUMBER), restMinutes(ACCOUNT)]).toEqual([5, 0])
  })

  test('goes on with the next answer that says so; one that says nothing changes nothing', () => {
    note({ percent: 100, minutes: 60 })
    note({ code: 80007 })
    note({})
    note({ header: 'null' })
    expect(restMinutes(ACCOUNT)).toBe(60)
    note({ percent: 3 })
    expect(restMinutes(ACCOUNT)).toBe(0)
  })
})

describe('what is known of an account', () => {
  test('is the fullest kind, as of the last answer, for an hour', () => {
    expect(book.of([ACCOUNT])).toBeNull()
    const header = JSON.stringify({ [ACCOUNT]: [{ call_count: 12 }, { call_count: 31 }] })
    note({ percent: 80 })
    note({ header })
    const atMs = clock.nowMs()
    expect(book.of([ACCOUNT, NUMBER])).toEqual({ percent: 31, restsUntilMs: null, atMs })
    clock.advanceMs(60 * MINUTE_MS - 1)
    expect(book.of([ACCOUNT])).toMatchObject({ percent: 31 })
    clock.advanceMs(1)
    expect(book.of([ACCOUNT])).toBeNull()
  })

  test('is a refusal for as long as it counts', () => {
    note({ percent: 31 })
    note({ code: 4 })
    const nowMs = clock.nowMs()
    expect(book.of([ACCOUNT])).toEqual({ percent: null, restsUntilMs: nowMs + 5 * MINUTE_MS, atMs: nowMs })
    clock.advanceMs(5 * MINUTE_MS)
    expect(book.of([ACCOUNT])).toEqual({ percent: 31, restsUntilMs: null, atMs: nowMs })
  })

  test('is forgotten when there are too many others', () => {
    note({ percent: 31 })
    for (let id = 1; id < 1_000; id++) note({ header: JSON.stringify({ [`9${id}`]: [{ call_count: 1 }] }) })
    expect(book.of([ACCOUNT])).not.toBeNull()
    note({ header: JSON.stringify({ 8: [{ call_count: 1 }] }) })
    expect(book.of([ACCOUNT])).toBeNull()
  })
})
