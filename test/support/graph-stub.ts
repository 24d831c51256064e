import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StubCall {
  readonly method: string
  /** Without the version. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

/** What the stub does with a call: an answer, or holding it for ever, or cutting the connection. */
export type StubAnswer =
  | {
      readonly status?: number
      readonly body?: unknown
      readonly headers?: Record<string, string>
      readonly raw?: Buffer
      /** The connection ends after `raw`, whatever length the headers announce. */
      readonly cutAfter?: true
    }
  | 'hold'
  | 'cut'

export interface GraphStub {
  readonly url: string
  readonly calls: StubCall[]
  /** What answers from now on; 404 where it gives nothing. */
  answer(respond: (call: StubCall) => StubAnswer | undefined): void
  /** Waits until that many calls have come in all. */
  called(count: number): Promise<void>
  /** Cuts the connections that are held. */
  release(): void
  close(): Promise<void>
}

/** A server that answers as one test says, where the whole simulator would hide what the test is about. */
export async function startGraphStub(): Promise<GraphStub> {
  let respond: (call: StubCall) => StubAnswer | undefined = () => undefined
  let wake = () => {}
  const held = new Set<ServerResponse>()
  const calls: StubCall[] = []
  const server = createServer(async (request, response) => {
    const call = await readCall(request)
    calls.push(call)
    wake()
    const answer = respond(call) ?? { status: 404, body: { error: { code: 100, message: 'No such object' } } }
    if (answer === 'hold') held.add(response)
    else give(response, answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (next) => {
      respond = next
    },
    called: async (count) => {
      while (calls.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    },
    release: () => {
      for (const response of held) response.destroy()
      held.clear()
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readCall(request: IncomingMessage): Promise<StubCall> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const url = new URL(request.url ?? '/', 'http://stub')
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/v[\d.]+\//, '/'),
    query: url.searchParams,
    headers: request.headers,
    body: isJson(request) && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {},
  }
}

function isJson(request: IncomingMessage): boolean {
  return request.headers['content-type']?.startsWith('application/json') === true
}

function give(response: ServerResponse, answer: Exclude<StubAnswer, 'hold'>): void {
  if (answer === 'cut') return void response.destroy()
  const body = answer.raw ?? Buffer.from(JSON.stringify(answer.body ?? {}))
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length), ...answer.headers }
  response.writeHead(answer.status ?? 200, headers)
  if (answer.cutAfter === true) return void response.write(body, () => response.destroy())
  response.end(body)
}
