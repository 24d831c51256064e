import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { watchCoexistence } from './coexist-watcher.ts'

let server: WebSocketServer

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
})

afterEach(async () => {
  for (const socket of server.clients) socket.terminate()
  await new Promise((resolve) => server.close(resolve))
})

test('follows a message of a member by its client id, others by their wamid, up to the last tick', async () => {
  const own = { clientId: 'c-1', conversationId: 'v-1' }
  const rows = [
    row(1, 'message.added', { ...own, wamid: null, delivery: 'queued' }),
    row(2, 'message.added', { clientId: null, wamid: 'wamid.a', conversationId: 'v-2', delivery: null }),
    row(3, 'message.changed', { ...own, wamid: 'wamid.own', delivery: 'accepted' }),
    row(4, 'message.changed', { ...own, wamid: 'wamid.own', delivery: 'read' }),
    row(5, 'message.added', { clientId: null, wamid: 'wamid.a', conversationId: 'v-2', delivery: null }),
    row(7, 'conversation.changed', {}),
  ]
  server.on('connection', (socket: WebSocket) => {
    socket.send(JSON.stringify({ type: 'hello', feedId: 'f', seq: 0, nowMs: 1 }))
    socket.send(JSON.stringify({ type: 'rows', rows }))
  })
  const { port } = server.address() as AddressInfo
  const watcher = await watchCoexistence({ url: `ws://127.0.0.1:${port}`, cookie: '', origin: '' })
  await expect.poll(() => watcher.gaps()).toBe(1)
  expect([...watcher.shown]).toEqual([
    ['c-1', { added: 1, delivery: 'read' }],
    ['wamid.a', { added: 2, delivery: null }],
  ])
  expect([...watcher.addedAt.keys()]).toEqual(['c-1', 'wamid.a'])
  expect([...watcher.readAt.keys()]).toEqual(['c-1'])
  expect(watcher.conversationOf.get('c-1')).toBe('v-1')
  watcher.close()
})

function row(seq: number, type: string, message: object) {
  return { seq, atMs: 1, event: { type, message } }
}
