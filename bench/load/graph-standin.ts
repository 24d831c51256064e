import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { GraphCall } from './coexist-plan.ts'

/** How long Meta takes to answer a send; by far the most take no longer. */
const ANSWER_MS = 100

/** A message that Graph has taken, before its first status. */
export interface TakenSend extends GraphCall {
  /** None of a message that nobody is to hear of. */
  readonly callbackData: string | undefined
  /** When the call came in, `performance.now()`. */
  readonly calledAt: number
}

export interface GraphStandin {
  /** The most calls that were being answered at one time. */
  atOnceMax(): number
  close(): Promise<void>
}

/**
 * Meta's Graph API, as little of it as a send needs: takes every text message, gives it a wamid, tells `onTaken` after
 * the answer. A number asked for is one that the phone and the API share.
 */
export async function startGraphStandin(port: number, onTaken: (send: TakenSend) => void): Promise<GraphStandin> {
  let taken = 0
  let atOnce = 0
  let atOnceMax = 0
  const server = createServer((request, response) => {
    const calledAt = performance.now()
    const [, , id = '', edge] = (request.url ?? '').split(/[/?]/)
    if (request.method !== 'POST' || edge !== 'messages') {
      return answer(response, { id, is_on_biz_app: true, platform_type: 'CLOUD_API', status: 'CONNECTED' })
    }
    atOnceMax = Math.max(atOnceMax, ++atOnce)
    void take(request, response, { phoneNumberId: id, wamid: wamidOf(taken++), calledAt })
      .finally(() => atOnce--)
      .then(onTaken)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    atOnceMax: () => atOnceMax,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  known: Pick<TakenSend, 'phoneNumberId' | 'wamid' | 'calledAt'>,
): Promise<TakenSend> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const message = JSON.parse(Buffer.concat(chunks).toString()) as {
    to: string
    text: { body: string }
    biz_opaque_callback_data?: string
  }
  const phone = message.to.replace(/\D/g, '')
  await pause(ANSWER_MS)
  answer(response, {
    messaging_product: 'whatsapp',
    contacts: [{ input: message.to, wa_id: phone }],
    messages: [{ id: known.wamid }],
  })
  return { ...known, phone, body: message.text.body, callbackData: message.biz_opaque_callback_data }
}

function wamidOf(index: number): string {
  return `wamid.${Buffer.from(`graph.${String(index).padStart(7, '0')}`).toString('base64url')}`
}

function answer(response: ServerResponse, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
}
