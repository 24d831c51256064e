import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { StreamMessage } from '../../contract/api/stream.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { TestClock } from '../platform/clock.ts'
import { type FeedHub, openFeedHub } from './publish-feed.ts'
import { openStream, type Stream } from './stream.ts'

const AT = new Date(Date.UTC(2026, 10, 23, 9))

let db: TestDatabase
let workspace: TestWorkspace
let hub: FeedHub
let server: Server
let stream: Stream
let errors: unknown[]
let head: number
let connections: Set<Socket>

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  errors = []
  head = 0
  const onError = (error: unknown) => errors.push(error)
  hub = openFeedHub({ database: db.database, onError })
  server = createServer()
  connections = new Set()
  server.on('connection', (socket) => connections.add(socket))
  stream = openStream({
    server,
    database: db.database,
    clock: new TestClock(),
    hub,
    isOwnOrigin: (request) => request.headers.origin !== 'http://evil.example',
    identify: async (cookie) => (cookie === 'nobody' ? null : { workspaceId: workspace.workspaceId }),
    onError,
    clientsMax: 5,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return async () => {
    await stream.close()
    hub.close()
    await new Promise((resolve) => server.close(resolve))
    expect(errors).toEqual([])
  }
})

describe('the stream', () => {
  test('says hello, gives the rows after the cursor, then new ones as they come', async () => {
    await commit(3)
    const browser = await open({ after: 1 })
    expect(await browser.next()).toMatchObject({ type: 'hello', feedId: workspace.feedId, seq: 3 })
    await browser.until(3)
    await commit(2)
    await browser.until(5)
    expect(browser.seqs).toEqual([2, 3, 4, 5])
  })

  test('goes on where a lost connection stopped, without a gap or a double', async () => {
    await commit(2)
    const first = await open({ after: 0 })
    await first.until(2)
    first.socket.terminate()
    await commit(700)
    const second = await open({ after: 2 })
    await second.until(702)
    await commit(1)
    await second.until(703)
    expect([...first.seqs, ...second.seqs]).toEqual(Array.from({ length: 703 }, (_, at) => at + 1))
    expect(second.largestFrame).toBe(500)
  })

  test('loses nothing of what is committed while a browser is coming in', async () => {
    await commit(1_200)
    const browsers = await Promise.all([open({ after: 0 }), open({ after: 600 }), commit(50), open({ after: 1_200 })])
    for (const at of [1, 2, 3]) await commit(at)
    for (const browser of browsers) {
      if (browser === undefined) continue
      await browser.until(head)
      expect(browser.seqs).toEqual(
        Array.from({ length: browser.seqs.length }, (_, at) => head - browser.seqs.length + 1 + at),
      )
    }
  })

  test.each([
    ['of another feed', { feed: '00000000-0000-7000-8000-000000000000', after: 1 }],
    ['of the future', { after: 9 }],
    ['from before what is kept', { after: 0 }],
  ])('resets a cursor %s', async (_name, cursor) => {
    await commit(3)
    await db.owner.query('delete from feed where workspace_id = $1 and seq = 1', [workspace.workspaceId])
    const browser = await open(cursor)
    expect(await browser.next()).toEqual({ type: 'reset' })
    expect(await browser.closed).toBe(4009)
  })

  test('refuses a foreign origin, nobody, and a cursor that is none', async () => {
    expect(await refusal({ after: 0 }, { origin: 'http://evil.example' })).toBe(403)
    expect(await refusal({ after: 0 }, { cookie: 'nobody' })).toBe(401)
    expect(await refusal({ after: -1 }, {})).toBe(400)
    expect(await refusal({ after: 0 }, {}, '/api/v1/other')).toBe(404)
  })

  test('takes no more browsers than it can serve, and takes one again when another has gone', async () => {
    const browsers = await Promise.all([1, 2, 3, 4, 5].map(() => open({ after: 0 })))
    expect(await refusal({ after: 0 }, {})).toBe(503)
    const gone = new Promise((resolve) => [...connections][0]?.once('close', resolve))
    for (const browser of browsers) browser.socket.terminate()
    await gone
    expect(await (await open({ after: 0 })).next()).toMatchObject({ type: 'hello' })
  })

  test('a browser that never reads harms nobody, and is written no more than its share', async () => {
    const slow = await openDeaf()
    const browser = await open({ after: 0 })
    await browser.next()
    // 24 MB in all: far more than the system's buffers and the server's bound take for one connection.
    for (let round = 0; round < 24; round++) await commit(4, 'x'.repeat(250_000))
    await browser.until(head)
    expect(browser.seqs).toEqual(Array.from({ length: 96 }, (_, at) => at + 1))
    const waiting = bufferedBytes()
    expect(waiting).toBeGreaterThan(0)
    expect(waiting).toBeLessThan(4_000_000)
    // When it reads at last it gets everything, from its own cursor.
    expect(await slow.readUntil(head)).toEqual(browser.seqs)
  })
})

interface Browser {
  readonly socket: WebSocket
  readonly seqs: number[]
  readonly closed: Promise<number>
  largestFrame: number
  next(): Promise<StreamMessage>
  until(seq: number): Promise<void>
}

async function open(cursor: { feed?: string; after: number }): Promise<Browser> {
  const socket = new WebSocket(address(cursor))
  const messages: StreamMessage[] = []
  let wake = () => {}
  const browser: Browser = {
    socket,
    seqs: [],
    largestFrame: 0,
    closed: new Promise((resolve) => socket.on('close', resolve)),
    next: async () => {
      while (messages.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      return messages[0] as StreamMessage
    },
    until: async (seq) => {
      while ((browser.seqs.at(-1) ?? 0) < seq)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    },
  }
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as StreamMessage
    messages.push(message)
    if (message.type === 'rows') {
      browser.seqs.push(...message.rows.map((row) => row.seq))
      browser.largestFrame = Math.max(browser.largestFrame, message.rows.length)
    }
    wake()
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return browser
}

/** A connection by hand that does the handshake and then does not read. */
async function openDeaf(): Promise<{ readUntil(seq: number): Promise<number[]> }> {
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const url = new URL(address({ after: 0 }))
  socket.write(
    `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  await new Promise((resolve) => socket.once('data', resolve))
  socket.pause()
  return {
    readUntil: (last) =>
      new Promise((resolve) => {
        const seqs: number[] = []
        let rest = ''
        socket.on('data', (chunk) => {
          const text = rest + chunk.toString('latin1')
          const found = [...text.matchAll(/"seq":(\d+),"atMs"/g)]
          seqs.push(...found.map((match) => Number(match[1])))
          rest = text.slice(Math.max(text.length - 40, (found.at(-1)?.index ?? -1) + 1))
          if (!seqs.includes(last)) return
          socket.destroy()
          resolve(seqs)
        })
        socket.resume()
      }),
  }
}

/** Bytes that wait in the server for all its connections. */
function bufferedBytes(): number {
  return [...connections].reduce((sum, socket) => sum + socket.writableLength, 0)
}

async function refusal(cursor: { after: number }, headers: Record<string, string>, path?: string): Promise<number> {
  const url = new URL(address(cursor))
  if (path !== undefined) url.pathname = path
  const socket = new WebSocket(url, { headers })
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => undefined)
  })
}

function address(cursor: { feed?: string; after: number }): string {
  const { port } = server.address() as AddressInfo
  return `ws://127.0.0.1:${port}/api/v1/stream?feed=${cursor.feed ?? workspace.feedId}&after=${cursor.after}`
}

/** Writes rows as the projection does: the counter, the rows, one commit; then publishes them. */
async function commit(count: number, filling = ''): Promise<undefined> {
  const from = head
  head += count
  const event = (seq: number) => JSON.stringify({ type: 'unrecognised.counted', total: seq, filling })
  const rows = Array.from({ length: count }, (_, at) => ({
    seq: from + at + 1,
    atMs: AT.getTime(),
    eventJson: event(from + at + 1),
  }))
  await db.owner.query(
    `with counter as (update feed_counter set seq = $2 where workspace_id = $1)
     insert into feed select $1, $3::bigint + o, $4, e from unnest($5::jsonb[]) with ordinality u(e, o)`,
    [workspace.workspaceId, head, from, AT, rows.map((row) => row.eventJson)],
  )
  hub.publish(workspace.workspaceId, rows)
  return undefined
}
