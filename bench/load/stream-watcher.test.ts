import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { watchStream } from './stream-watcher.ts'

let server: WebSocketServer
let rows: object[]

beforeEach(async () => {
  rows = []
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket: WebSocket) => {
    socket.send(JSON.stringify({ type: 'hello', feedId: 'f', seq: 4, nowMs: 1 }))
    socket.send(JSON.stringify({ type: 'rows', rows }))
    socket.send(JSON.stringify({ type: 'rows', rows: [added(99, 'wamid.last')] }))
  })
  await new Promise((resolve) => server.once('listening', resolve))
})

afterEach(async () => {
  for (const socket of server.clients) socket.terminate()
  await new Promise((resolve) => server.close(resolve))
})

test('notes each message once, tells doubles, gaps and progress', async () => {
  const number = { syncs: [{ progressPercent: 40 }] }
  rows = [
    added(5, 'wamid.a'),
    added(6, 'wamid.a'),
    added(8, 'wamid.b'),
    { seq: 9, event: { type: 'number.changed', number } },
  ]
  const { port } = server.address() as AddressInfo
  const watcher = await watchStream({ url: `ws://127.0.0.1:${port}`, cookie: '', origin: '' })
  await expect.poll(() => watcher.arrivedAt.has('wamid.last')).toBe(true)
  expect([...watcher.arrivedAt.keys()]).toEqual(['wamid.a', 'wamid.b', 'wamid.last'])
  expect(watcher.addedTwice()).toBe(1)
  // 6 → 8 and 9 → 99.
  expect(watcher.gaps()).toBe(2)
  expect([...watcher.progressShown]).toEqual([40])
  watcher.close()
})

function added(seq: number, wamid: string) {
  return { seq, atMs: 1, event: { type: 'message.added', message: { wamid } } }
}
