import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type HttpConnection, openHttpConnection, preparedRequest } from './http-connection.ts'
import { type PreparedWebhook, sendBurst, sendPaced } from './send-requests.ts'

/** A stand-in for Wasl: counts what comes, and refuses the first of every message of which the body says so. */
const received: string[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString()
  })
  request.on('end', () => {
    const isFirst = !received.includes(body)
    received.push(body)
    response.writeHead(isFirst && body.startsWith('refuse') ? 503 : 200, { 'content-length': 2 })
    response.end('ok')
  })
})
let connections: HttpConnection[] = []
let port = 0

beforeEach(async () => {
  received.length = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  connections = await Promise.all([openHttpConnection(port), openHttpConnection(port)])
})

afterEach(async () => {
  for (const connection of connections) connection.close()
  await new Promise((resolve) => server.close(resolve))
})

describe('the loader', () => {
  test('sends every webhook of a burst once', async () => {
    const webhooks = Array.from({ length: 100 }, (_, index) => webhook(`m${index}`))
    const record = await sendBurst(connections, webhooks)
    expect(received.toSorted()).toEqual(webhooks.flatMap((one) => one.wamids).toSorted())
    expect(record.ackMs).toHaveLength(100)
    expect([...record.statuses]).toEqual([[200, 100]])
  })

  test('repeats what was not answered with 200, as Meta does', async () => {
    const record = await sendBurst(connections, [webhook('refuse-a'), webhook('b')])
    expect(received.filter((body) => body === 'refuse-a')).toHaveLength(2)
    expect([...record.statuses].toSorted()).toEqual([
      [200, 2],
      [503, 1],
    ])
    expect(record.ackMs).toHaveLength(2)
  })

  test('keeps the pace', async () => {
    const webhooks = Array.from({ length: 50 }, (_, index) => webhook(`m${index}`))
    const startedAt = performance.now()
    const record = await sendPaced(connections, webhooks, { ratePerSecond: 200, stop: () => false })
    expect(received).toHaveLength(50)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1000 * (49 / 200))
    expect(record.sentAt.size).toBe(50)
  })

  test('stops pacing when told, and waits for what is under way', async () => {
    const webhooks = Array.from({ length: 1000 }, (_, index) => webhook(`m${index}`))
    const record = await sendPaced(connections, webhooks, { ratePerSecond: 1000, stop: () => received.length >= 10 })
    expect(record.sentAt.size).toBeLessThan(1000)
    expect(record.ackMs).toHaveLength(record.sentAt.size)
  })
})

function webhook(text: string): PreparedWebhook {
  return { request: preparedRequest({ port, path: '/', body: Buffer.from(text), headers: {} }), wamids: [text] }
}
