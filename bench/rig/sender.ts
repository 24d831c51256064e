import { type HttpConnection, openHttpConnection, preparedRequest } from '../load/http-connection.ts'
import { signatureOf, webhookBytes } from '../payload/webhook.ts'
import type { WaslHome } from './wasl.ts'

/** Posts single webhooks to one Wasl over a few connections, and gives the statuses of the answers. */
export interface Sender {
  /** Signed as Meta signs, or with the given header; `null` for none. */
  prepare(webhook: Readonly<Record<string, unknown>>, signature?: string | null): Buffer
  /** All of them, as fast as the connections allow; statuses in the order of the requests. */
  send(requests: readonly Buffer[]): Promise<number[]>
  close(): void
}

export async function openSender(home: WaslHome, connectionCount: number): Promise<Sender> {
  const connections = await Promise.all(
    Array.from({ length: connectionCount }, () => openHttpConnection(home.webhookPort)),
  )
  return {
    prepare(webhook, signature) {
      const body = webhookBytes(webhook)
      const value = signature === undefined ? signatureOf(body, home.appSecret) : signature
      const headers: Record<string, string> = value === null ? {} : { 'x-hub-signature-256': value }
      return preparedRequest({ port: home.webhookPort, path: '/webhooks/whatsapp', body, headers })
    },
    send: (requests) => sendAll(connections, requests),
    close() {
      for (const connection of connections) connection.close()
    },
  }
}

async function sendAll(connections: readonly HttpConnection[], requests: readonly Buffer[]): Promise<number[]> {
  const statuses: number[] = []
  let next = 0
  const work = async (connection: HttpConnection) => {
    for (let at = next++; at < requests.length; at = next++)
      statuses[at] = await connection.send(requests[at] as Buffer)
  }
  await Promise.all(connections.map(work))
  return statuses
}
