import { describe, expect, test } from 'vitest'
import { STREAM_SILENCE_MAX_MS } from '../../contract/api/stream.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'
import { Connection, type SocketLike } from './connection.ts'

describe('the stream', () => {
  test('resumes after a loss with the cursor of that moment', () => {
    const world = surroundings()
    world.last().hello(5)
    world.last().say({ type: 'rows', rows: [row(6), row(7)] })
    world.last().fail()
    world.pass(20_000)
    expect(world.sockets.map((socket) => socket.path)).toEqual([
      '/api/v1/stream?feed=f&after=5',
      '/api/v1/stream?feed=f&after=7',
    ])
    expect(world.links).toEqual(['live', 'reconnecting'])
  })

  test('waits longer after each failure, and starts small again once it was live', () => {
    const world = surroundings()
    const pauses = [0, 1, 2, 3].map(() => {
      world.last().fail()
      return world.passToNextSocket()
    })
    expect(pauses).toEqual([200, 400, 800, 1_600])
    world.last().hello(5)
    world.last().fail()
    expect(world.passToNextSocket()).toBe(200)
  })

  test('gives up a connection that has been silent too long, without waiting for its close', () => {
    const world = surroundings()
    world.last().hello(5)
    world.pass(STREAM_SILENCE_MAX_MS - 1)
    expect(world.sockets).toHaveLength(1)
    world.pass(2)
    world.passToNextSocket()
    expect(world.sockets).toHaveLength(2)
  })

  test('a ping is a sign of life', () => {
    const world = surroundings()
    world.last().hello(5)
    for (let second = 0; second < 120; second += 15) {
      world.pass(15_000)
      world.last().say({ type: 'ping', nowMs: 1 })
    }
    expect(world.sockets).toHaveLength(1)
  })

  test.each([
    ['the server says so', { type: 'reset' }],
    ['the feed is another one', { type: 'hello', feedId: 'other', seq: 9, nowMs: 1 }],
    ['the feed stands before what was read', { type: 'hello', feedId: 'f', seq: 4, nowMs: 1 }],
  ])('asks for a fresh start when %s, and stops itself', (_why, message) => {
    const world = surroundings()
    world.last().say(message)
    expect(world.resets()).toBe(1)
    world.pass(120_000)
    expect(world.sockets).toHaveLength(1)
  })

  test('a tab that wakes does not wait for the next try', () => {
    const world = surroundings()
    for (let failure = 0; failure < 6; failure++) {
      world.last().fail()
      world.passToNextSocket()
    }
    world.last().fail()
    world.connection.wake()
    expect(world.sockets).toHaveLength(8)
  })
})

function row(seq: number): FeedRow {
  return { seq, atMs: 0, event: { type: 'unrecognised.counted', total: seq } }
}

/** Sockets and time in the test's hand; the cursor follows the rows, as the store's does. */
function surroundings() {
  const sockets: TestSocket[] = []
  const links: string[] = []
  let timers: { readonly atMs: number; readonly action: () => void }[] = []
  let nowMs = 0
  let seq = 5
  let resets = 0
  const connection = new Connection(
    {
      openSocket(path) {
        sockets.push(new TestSocket(path))
        return sockets.at(-1) as TestSocket
      },
      setTimer(action, ms) {
        const timer = { atMs: nowMs + ms, action }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
      monotonicMs: () => nowMs,
      random: () => 0,
    },
    {
      cursor: () => ({ feedId: 'f', seq }),
      onRows: (rows) => {
        seq = rows.at(-1)?.seq ?? seq
      },
      onReset: () => resets++,
      onLink: (link) => links.push(link),
      onServerTime: () => {},
    },
  )
  function pass(ms: number): void {
    const endMs = nowMs + ms
    for (;;) {
      const next = timers.filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (next === undefined) break
      timers = timers.filter((timer) => timer !== next)
      nowMs = next.atMs
      next.action()
    }
    nowMs = endMs
  }
  return {
    connection,
    sockets,
    links,
    pass,
    resets: () => resets,
    last: () => sockets.at(-1) as TestSocket,
    /** Lets time pass until a new socket is opened; gives how long it took. */
    passToNextSocket() {
      const before = sockets.length
      const startMs = nowMs
      while (sockets.length === before && nowMs - startMs < 60_000) pass(100)
      return nowMs - startMs
    },
  }
}

class TestSocket implements SocketLike {
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  readonly path: string
  constructor(path: string) {
    this.path = path
  }
  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  hello(seq: number): void {
    this.say({ type: 'hello', feedId: 'f', seq, nowMs: 1 })
  }
  fail(): void {
    this.onclose?.()
  }
  close(): void {
    this.onclose?.()
  }
}
