import { createConnection, type Socket } from 'node:net'

const ANSWER_WAIT_MS_MAX = 60_000

/** One keep-alive connection that has at most one request under way; nothing but what the loader needs. */
export interface HttpConnection {
  /** Writes a whole prepared request and gives the status of the answer. Rejects when the connection breaks. */
  send(request: Buffer): Promise<number>
  close(): void
}

/** Opens a connection to 127.0.0.1:`port`. */
export async function openHttpConnection(port: number): Promise<HttpConnection> {
  const socket = await connect(port)
  let pending: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null
  let received: Buffer = Buffer.alloc(0)
  const fail = (error: Error) => {
    pending?.reject(error)
    pending = null
  }
  socket.on('data', (bytes: Buffer) => {
    received = received.length === 0 ? bytes : Buffer.concat([received, bytes])
    const answer = wholeAnswer(received)
    if (answer === null) return
    received = received.subarray(answer.length)
    const waiting = pending
    pending = null
    waiting?.resolve(answer.status)
  })
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  return {
    send(request) {
      if (pending !== null) throw new Error('a request is under way on this connection')
      return new Promise((resolve, reject) => {
        pending = { resolve, reject }
        socket.write(request)
      })
    },
    close: () => socket.destroy(),
  }
}

/** A request to `path`, ready to be written. Header values may not hold line breaks. */
export function preparedRequest(options: {
  port: number
  path: string
  body: Buffer
  headers: Readonly<Record<string, string>>
}): Buffer {
  const headers = { host: `127.0.0.1:${options.port}`, 'content-type': 'application/json', ...options.headers }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${options.path} HTTP/1.1\r\n${lines.join('')}content-length: ${options.body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), options.body])
}

function connect(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port, noDelay: true })
    socket.setTimeout(ANSWER_WAIT_MS_MAX, () => socket.destroy(new Error(`no answer for ${ANSWER_WAIT_MS_MAX} ms`)))
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Status and length of the first answer in `bytes`, or `null` while it is not whole. */
function wholeAnswer(bytes: Buffer): { status: number; length: number } | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return null
  const head = bytes.toString('latin1', 0, end)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined && !/ 204 /.test(head.slice(0, 20)))
    throw new Error(`an answer without content-length: ${head}`)
  const whole = end + 4 + Number(length ?? 0)
  return bytes.length < whole ? null : { status: Number(head.slice(9, 12)), length: whole }
}
