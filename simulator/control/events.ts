import type { FastifyInstance } from 'fastify'

/** Milliseconds between two comments that keep the connection alive. */
const PING_MS = 20_000

/** `GET /control/events`: `{phoneNumberId, customerKey}` as server-sent events whenever a chat changed. */
export interface ChatEvents {
  changed(phoneNumberId: string, customerKey: string): void
  register(app: FastifyInstance): void
  close(): void
}

export function createChatEvents(): ChatEvents {
  const listeners = new Set<{ write: (text: string) => void; end: () => void }>()
  return {
    changed(phoneNumberId, customerKey) {
      if (listeners.size === 0) return
      const event = `data: ${JSON.stringify({ phoneNumberId, customerKey })}\n\n`
      for (const listener of listeners) listener.write(event)
    },
    register(app) {
      app.get('/control/events', (request, reply) => {
        reply.hijack()
        const { raw } = reply
        raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        raw.write(': hello\n\n')
        const ping = setInterval(() => raw.write(': ping\n\n'), PING_MS)
        const listener = { write: (text: string) => void raw.write(text), end: () => void raw.end() }
        listeners.add(listener)
        request.raw.on('close', () => {
          clearInterval(ping)
          listeners.delete(listener)
        })
      })
    },
    close() {
      for (const listener of listeners) listener.end()
    },
  }
}
