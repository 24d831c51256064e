import type { FastifyInstance } from 'fastify'
import { graphId } from '../accounts/ids.ts'
import { WEBHOOK_MEDIA_MS } from '../media/store.ts'
import type { World } from '../world.ts'
import { answer } from './answer.ts'

/** `/control/media`: files picked or recorded on the pages, and the bytes of any media for showing. */
export function mediaRoutes(app: FastifyInstance, world: World): void {
  app.post('/control/media', (request, reply) => {
    const bytes = request.body
    if (!Buffer.isBuffer(bytes) || bytes.length === 0)
      return answer(reply, { error: 'Send the bytes of a file with its Content-Type.' })
    const { filename } = request.query as { filename?: string }
    const media = world.media.add({
      id: graphId(world.chance),
      numberId: '',
      mime: request.headers['content-type'] ?? 'application/octet-stream',
      filename: filename ?? null,
      source: { from: 'upload', bytes },
      expiresAtMs: world.clock.nowMs() + WEBHOOK_MEDIA_MS,
    })
    return answer(reply, { mediaId: media.id })
  })
  app.get('/control/media/:mediaId', (request, reply) => {
    const opened = world.media.open((request.params as { mediaId: string }).mediaId)
    if (!opened) return answer(reply, { error: 'There is no such media.' }, 404)
    return reply
      .header('content-type', opened.media.mime)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=86400')
      .send(opened.bytes)
  })
}
