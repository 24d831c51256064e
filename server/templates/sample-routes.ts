import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { SAMPLE_BYTES_MAX, type SampleMediaAnswer, sampleMediaBody, sampleQuery } from '../../contract/api/templates.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { readWorkspace } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { readSample } from './sample-store.ts'
import { type GiveMediaDeps, keepSample, uploadMedia } from './upload-sample.ts'

export interface SampleRoutesDeps extends GiveMediaDeps {
  readonly ids: Ids
  readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
}

const idParams = z.object({ id: z.uuid() })

/** `/api/v1/templates/samples`: the files that headers show. They come as they are, in the body. */
export function sampleRoutes(app: FastifyInstance, deps: SampleRoutesDeps): void {
  const { database } = deps
  const workspaceOf = async (request: FastifyRequest): Promise<string> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return identity.workspaceId
  }

  app.register(async (files) => {
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: SAMPLE_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    )
    files.post('/api/v1/templates/samples', { bodyLimit: SAMPLE_BYTES_MAX }, async (request, reply) => {
      const workspaceId = await workspaceOf(request)
      const { fileName } = readInput(sampleQuery, request.query)
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const kept = await keepSample(deps, workspaceId, { fileName, bytes })
      return kept.ok ? reply.code(201).send(kept.answer) : sendFault(reply, kept.code, kept.details)
    })
  })

  app.get('/api/v1/templates/samples/:id', async (request, reply) => {
    const workspaceId = await workspaceOf(request)
    const sample = await readWorkspace(database, workspaceId, (sql) => readSample(sql, workspaceId, idOf(request)))
    if (sample === null) return sendFault(reply, 'not_found')
    return reply
      .headers({
        'content-type': sample.mimeType,
        'content-length': String(sample.bytes.length),
        'content-disposition': sample.mimeType === 'application/pdf' ? 'attachment' : 'inline',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, max-age=86400, immutable',
      })
      .send(Readable.from([sample.bytes]))
  })

  app.post('/api/v1/templates/samples/:id/media', async (request, reply) => {
    const workspaceId = await workspaceOf(request)
    const { numberId } = readInput(sampleMediaBody, request.body)
    const given = await uploadMedia(deps, workspaceId, idOf(request), numberId)
    if (given === null) return sendFault(reply, 'not_found')
    if (given.kind === 'error') return sendFault(reply, 'template_refused', { code: given.error.code })
    if (given.kind !== 'ok') return sendFault(reply, 'graph_unreachable')
    const body: SampleMediaAnswer = { mediaId: given.value }
    return reply.send(body)
  })
}

function idOf(request: FastifyRequest): string {
  const params = idParams.safeParse(request.params)
  if (!params.success) throw new ApiFault('not_found')
  return params.data.id
}
