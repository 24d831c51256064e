import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { STREAM_PING_INTERVAL_MS } from '../../contract/api/stream.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, readWorkspace } from '../platform/db.ts'
import { type FeedBounds, readFeedBounds, readFeedRows } from './feed-store.ts'
import { frameText } from './frames.ts'
import type { FeedHub } from './publish-feed.ts'
import { CLOSE_INTERNAL, CLOSE_RESET, StreamClient } from './stream-client.ts'

export const STREAM_PATH = '/api/v1/stream'
/** Browsers connected at once to this process. */
const CLIENTS_MAX = 2_000
/** The browser has nothing to say on this connection. */
const INCOMING_BYTES_MAX = 1_024

const cursorQuery = z.object({ feed: z.uuid(), after: z.coerce.number().int().min(0) })

export interface StreamDeps {
  readonly server: Server
  readonly database: Database
  readonly clock: Clock
  readonly hub: FeedHub
  /** Whether this server answers to the Host and Origin of the request. */
  readonly isOwnOrigin: (request: IncomingMessage) => boolean
  /** The workspace of the person the cookie names; `null` when it names nobody. */
  readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
  readonly onError: (error: unknown, what: string) => void
  /** Browsers at once, instead of the limit above. */
  readonly clientsMax?: number
}

export interface Stream {
  readonly clients: () => number
  close(): Promise<void>
}

/** Answers upgrades to the stream of `contract/api/stream.ts` on `server`, and no others. */
export function openStream(deps: StreamDeps): Stream {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: INCOMING_BYTES_MAX, perMessageDeflate: false })
  const clients = new Set<StreamClient>()
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://host')
    if (url.pathname !== STREAM_PATH) return refuse(socket, 404)
    socket.on('error', destroy)
    admit(deps, request, url, sockets.clients.size)
      .then((admission) => {
        if (typeof admission === 'number') return refuse(socket, admission)
        sockets.handleUpgrade(request, socket, head, (webSocket) => {
          socket.off('error', destroy)
          serve(deps, webSocket, admission, clients)
        })
      })
      .catch((error: unknown) => {
        deps.onError(error, 'opening a stream')
        refuse(socket, 503)
      })
  }
  deps.server.on('upgrade', onUpgrade)
  const beats = setInterval(() => {
    const nowMs = deps.clock.nowMs()
    for (const client of clients) client.beat(nowMs)
  }, STREAM_PING_INTERVAL_MS)
  return {
    clients: () => clients.size,
    close: async () => {
      clearInterval(beats)
      deps.server.off('upgrade', onUpgrade)
      for (const socket of sockets.clients) socket.terminate()
      await new Promise<void>((resolve) => sockets.close(() => resolve()))
    },
  }
}

interface Admission {
  readonly workspaceId: string
  readonly feedId: string
  readonly after: number
}

/** Who may come in, or the HTTP status of the refusal. */
async function admit(
  deps: StreamDeps,
  request: IncomingMessage,
  url: URL,
  connected: number,
): Promise<Admission | number> {
  if (!deps.isOwnOrigin(request)) return 403
  if (connected >= (deps.clientsMax ?? CLIENTS_MAX)) return 503
  const cursor = cursorQuery.safeParse(Object.fromEntries(url.searchParams))
  if (!cursor.success) return 400
  const identity = await deps.identify(request.headers.cookie)
  if (identity === null) return 401
  return { workspaceId: identity.workspaceId, feedId: cursor.data.feed, after: cursor.data.after }
}

function serve(deps: StreamDeps, socket: WebSocket, admission: Admission, clients: Set<StreamClient>): void {
  const { workspaceId, after } = admission
  const onError = (error: unknown) => deps.onError(error, 'a stream')
  const read = (from: number, limit: number) =>
    readWorkspace(deps.database, workspaceId, (sql) => readFeedRows(sql, workspaceId, from, limit))
  let client: StreamClient | null = null
  let missed = 0
  // Listens before it looks where the feed stands, so that nothing falls between the two.
  const unsubscribe = deps.hub.subscribe(workspaceId, (frame) => {
    missed = Math.max(missed, frame.last)
    client?.take(frame)
  })
  socket.on('error', onError)
  socket.on('close', () => {
    unsubscribe()
    if (client !== null) clients.delete(client)
  })
  readWorkspace(deps.database, workspaceId, (sql) => readFeedBounds(sql, workspaceId))
    .then((bounds) => {
      if (!isUsable(admission, bounds)) {
        socket.send(frameText({ type: 'reset' }))
        return socket.close(CLOSE_RESET)
      }
      socket.send(frameText({ type: 'hello', feedId: bounds.feedId, seq: bounds.head, nowMs: deps.clock.nowMs() }))
      client = new StreamClient({ socket, cursor: after, head: Math.max(bounds.head, missed), read, onError })
      if (socket.readyState === socket.OPEN) clients.add(client)
      client.start()
    })
    .catch((error: unknown) => {
      onError(error)
      socket.close(CLOSE_INTERNAL)
    })
}

/** A cursor of this feed, not of the future, with everything after it still kept. */
function isUsable(admission: Admission, bounds: FeedBounds): boolean {
  if (admission.feedId !== bounds.feedId || admission.after > bounds.head) return false
  if (admission.after === bounds.head) return true
  return bounds.first !== null && bounds.first <= admission.after + 1
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_TEXT[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function destroy(this: Duplex): void {
  this.destroy()
}
