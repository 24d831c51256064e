import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What `JSON.parse` gives: the tests look into what was sent, and asserting its shape is their work. */
export type ParsedJson = ReturnType<typeof JSON.parse>

/** One webhook as it arrived. */
export interface ReceivedWebhook {
  readonly raw: string
  readonly body: WebhookBody
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}
export interface WebhookBody {
  readonly object: string
  readonly entry: readonly { readonly id: string; readonly time?: number; readonly changes: readonly Change[] }[]
}
export interface Change {
  readonly field: string
  readonly value: ParsedJson
}

/** A subscriber for tests: passes the handshake, keeps what it gets, answers what it is told to. */
export interface WebhookReceiver {
  readonly url: string
  readonly verifyToken: string
  readonly received: ReceivedWebhook[]
  /** The HTTP status of the answers from now on. */
  answerWith(status: number): void
  /** All changes of a field so far. */
  changes(field?: string): Change[]
  close(): Promise<void>
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  const verifyToken = 'a verify token'
  let status = 200
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://receiver').searchParams
    if (request.method === 'GET') {
      const good = query.get('hub.verify_token') === verifyToken
      response.writeHead(good ? 200 : 403).end(good ? query.get('hub.challenge') : '')
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      received.push({ raw, body: JSON.parse(raw) as WebhookBody, headers: request.headers })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    verifyToken,
    received,
    answerWith(next) {
      status = next
    },
    changes: (field) =>
      received
        .flatMap(({ body }) => body.entry?.flatMap((entry) => entry.changes) ?? [])
        .filter((change) => field === undefined || change.field === field),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
