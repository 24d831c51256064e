import { Readable, Transform } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { readWorkspace } from '../platform/db.ts'
import type { BlobStore } from './blob-store.ts'
import { type FetchMediaDeps, fetchMedia, MEDIA_BYTES_MAX } from './fetch-media.ts'
import { mediaHeaders } from './media-safety.ts'
import { type MediaPlace, readMediaPlace } from './media-store.ts'
import { retryFetch } from './retry-fetch.ts'
import { type ServedFile, serveFile, serveThumb } from './serve-file.ts'
import type { SettleFileDeps } from './settle-file.ts'

export interface MediaRoutesDeps extends FetchMediaDeps, SettleFileDeps {
  readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
  readonly blobs: BlobStore
  /** Has files that were noted fetched. */
  readonly wake: (workspaceId: string) => void
}

const idParams = z.object({ id: z.uuid() })
const mediaQuery = z.object({ download: z.literal('1').optional() })
/** One range; what else the header may say is answered with the whole file. */
const ONE_RANGE = /^bytes=\d*-\d*$/

/**
 * `GET /api/v1/messages/{id}/media`: the file, from what is kept here, or from Meta while it is not. `…/media/thumb`: the
 * smaller picture. `POST /api/v1/messages/{id}/media`: fetch once more what could not be had; 202.
 */
export function mediaRoutes(app: FastifyInstance, deps: MediaRoutesDeps): void {
  app.get('/api/v1/messages/:id/media', async (request, reply) => {
    const { workspaceId, place } = await placeOf(deps, request)
    const { download } = readInput(mediaQuery, request.query)
    if (place.deleted) return sendFault(reply, 'media_unavailable')
    if (place.file?.state === 'stored') {
      const { range, 'if-none-match': ifNoneMatch } = request.headers
      const served = await serveFile(deps.blobs, workspaceId, place.file, { range, ifNoneMatch })
      return answer(reply, served, { ...place.file, filename: filenameOf(place), download: download === '1' })
    }
    const over = place.file !== null && (place.file.untilMs === null || deps.clock.nowMs() >= place.file.untilMs)
    if (over) return sendFault(reply, 'media_unavailable', { reason: place.file?.reason })
    return passOn(deps, reply, workspaceId, place, { range: request.headers.range, download: download === '1' })
  })

  app.get('/api/v1/messages/:id/media/thumb', async (request, reply) => {
    const { workspaceId, place } = await placeOf(deps, request)
    if (place.deleted || place.file?.state !== 'stored') return sendFault(reply, 'media_unavailable')
    const served = await serveThumb(deps.blobs, workspaceId, place.file, request.headers['if-none-match'])
    return answer(reply, served, { mimeType: 'image/webp', filename: null, download: false })
  })

  app.post('/api/v1/messages/:id/media', async (request, reply) => {
    const { workspaceId, place, messageId } = await placeOf(deps, request)
    if (!(await retryFetch(deps, workspaceId, messageId))) {
      const reason = place.file?.state === 'missing' ? place.file.reason : undefined
      return sendFault(reply, 'media_unavailable', { reason })
    }
    deps.wake(workspaceId)
    return reply.code(202).send({})
  })
}

async function placeOf(
  deps: MediaRoutesDeps,
  request: FastifyRequest,
): Promise<{ workspaceId: string; messageId: string; place: MediaPlace }> {
  const identity = await deps.identify(request.headers.cookie)
  if (identity === null) throw new ApiFault('no_member')
  const params = idParams.safeParse(request.params)
  if (!params.success) throw new ApiFault('not_found')
  const { workspaceId } = identity
  const place = await readWorkspace(deps.database, workspaceId, (sql) =>
    readMediaPlace(sql, workspaceId, params.data.id),
  )
  if (place === null) throw new ApiFault('not_found')
  return { workspaceId, place, messageId: params.data.id }
}

function filenameOf({ content }: MediaPlace): string | null {
  return 'media' in content ? (content.filename ?? null) : null
}

type Shown = Parameters<typeof mediaHeaders>[0]

/** Bytes that the store does not have although a row names them are told as gone; `bin/wasl check --media` finds them. */
function answer(reply: FastifyReply, served: ServedFile | null, shown: Shown): FastifyReply {
  if (served === null) return sendFault(reply, 'media_unavailable')
  const { mimeType, filename, download } = shown
  return reply
    .code(served.status)
    .headers({ ...mediaHeaders({ mimeType, filename, download }), ...UNCHANGED, ...served.headers })
    .send(served.body ?? undefined)
}

/** Already compressed as a rule, and a range is of these very bytes. */
const UNCHANGED = { 'content-encoding': 'identity' } as const

/** Passes on what Meta gives, without keeping it: GET writes nothing. */
async function passOn(
  deps: MediaRoutesDeps,
  reply: FastifyReply,
  workspaceId: string,
  place: MediaPlace,
  asked: { readonly range: string | undefined; readonly download: boolean },
): Promise<FastifyReply> {
  const range = asked.range !== undefined && ONE_RANGE.test(asked.range) ? asked.range : null
  const fetched = await fetchMedia(deps, workspaceId, place, range)
  if (!fetched.ok) return sendFault(reply, fetched.code)
  const { mimeType, filename, stream } = fetched.file
  const headers: Record<string, string> = {
    ...mediaHeaders({ mimeType, filename, download: asked.download }),
    'accept-ranges': 'bytes',
    ...UNCHANGED,
  }
  if (stream.contentLength !== null) headers['content-length'] = String(stream.contentLength)
  if (stream.contentRange !== null) headers['content-range'] = stream.contentRange
  return reply
    .code(stream.status === 206 ? 206 : 200)
    .headers(headers)
    .send(Readable.fromWeb(stream.body).pipe(capped()))
}

/** Ends the answer in an error when more comes than any file of Meta's may have. */
function capped(): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > MEDIA_BYTES_MAX) done(new Error('The file is larger than any file of Meta may be'))
      else done(null, chunk)
    },
  })
}
