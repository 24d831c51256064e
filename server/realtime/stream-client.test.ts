import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { StreamMessage } from '../../contract/api/stream.ts'
import type { ReadyRow } from './frames.ts'
import { buildFrames } from './frames.ts'
import { StreamClient } from './stream-client.ts'

let server: WebSocketServer
let browser: WebSocket
let socket: WebSocket
let received: StreamMessage[]
let wake: () => void

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  received = []
  wake = () => {}
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve))
  await new Promise((resolve) => server.once('listening', resolve))
  browser = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { autoPong: false })
  browser.on('message', (data) => {
    received.push(JSON.parse(String(data)) as StreamMessage)
    wake()
  })
  const opened = new Promise((resolve) => browser.once('open', resolve))
  socket = await accepted
  await opened
})
afterEach(async () => {
  browser.terminate()
  await new Promise((resolve) => server.close(resolve))
})

test('a browser that answers no ping is cut off after the second', async () => {
  const client = make(0, [])
  const closed = new Promise((resolve) => socket.once('close', resolve))
  client.beat(1)
  client.beat(2)
  expect(socket.readyState).toBe(socket.OPEN)
  client.beat(3)
  await closed
})

test('a browser that answers stays', async () => {
  const client = make(0, [])
  for (let beat = 1; beat <= 5; beat++) {
    const ping = new Promise((resolve) => browser.once('ping', resolve))
    const pong = new Promise((resolve) => socket.once('pong', resolve))
    client.beat(beat)
    await ping
    browser.pong()
    await pong
  }
  expect(socket.readyState).toBe(socket.OPEN)
})

test('hears a ping when nothing else was said', async () => {
  const client = make(2, [])
  client.start()
  client.beat(1_000)
  client.beat(2_000)
  await until(() => received.length > 0)
  expect(received).toEqual([{ type: 'ping', nowMs: 2_000 }])
})

test('a frame that overlaps what it has is read anew from the cursor, so that no row comes twice', async () => {
  const rows = [1, 2, 3, 4].map(row)
  const client = make(2, rows)
  client.start()
  for (const frame of buildFrames(rows)) client.take(frame)
  await until(() => seqs().includes(4))
  expect(seqs()).toEqual([3, 4])
})

test('is told to begin anew when the rows it needs are dropped while it catches up', async () => {
  const client = make(0, [row(5)], 5)
  const closed = new Promise((resolve) => browser.once('close', resolve))
  client.start()
  expect(await closed).toBe(4009)
  expect(received).toEqual([{ type: 'reset' }])
})

test('a database that is away ends the stream, and the error is told', async () => {
  const errors: unknown[] = []
  const closed = new Promise((resolve) => browser.once('close', resolve))
  const read = async () => {
    throw new Error('away')
  }
  new StreamClient({ socket, cursor: 0, head: 1, read, onError: (error) => errors.push(error) }).start()
  expect(await closed).toBe(1011)
  expect(errors).toEqual([new Error('away')])
})

function make(cursor: number, rows: readonly ReadyRow[], head = cursor): StreamClient {
  const read = async (after: number, limit: number) => rows.filter((one) => one.seq > after).slice(0, limit)
  return new StreamClient({ socket, cursor, head, read, onError: (error) => expect.unreachable(String(error)) })
}

function row(seq: number): ReadyRow {
  return { seq, atMs: 0, eventJson: `{"type":"unrecognised.counted","total":${seq}}` }
}

function seqs(): number[] {
  return received.flatMap((message) => (message.type === 'rows' ? message.rows.map((one) => one.seq) : []))
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}
