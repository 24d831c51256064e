import type { FastifyReply, FastifyRequest } from 'fastify'
import { graphId } from '../accounts/ids.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import { type Media, UPLOAD_MEDIA_MS } from '../media/store.ts'
import { MEDIA_RULES } from '../send/check-media.ts'
import type { World } from '../world.ts'
import { callerOf, numberFor } from './access.ts'
import { failureBody, type GraphAnswer, type GraphCall, type GraphFailure, noSuchObject, success } from './call.ts'

/** Milliseconds: how long a download address works. */
const URL_MS = 300_000

/** `POST /{phone}/media`, multipart: keeps a file for 30 days. */
export function uploadMedia(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  if (call.input.messaging_product !== 'whatsapp')
    return { code: 100, message: '(#100) The parameter messaging_product is required.' }
  if (!call.file) return { code: 100, details: 'The parameter file is required.' }
  const { bytes, filename } = call.file
  const mime = typeof call.input.type === 'string' && call.input.type.includes('/') ? call.input.type : call.file.mime
  const bytesMax =
    Object.values(MEDIA_RULES).find((rule) => rule.mimes?.includes(mime.split(';')[0] ?? ''))?.bytesMax ??
    MEDIA_RULES.document?.bytesMax ??
    0
  if (bytes.length === 0) return { code: 131053, details: 'The file is empty.' }
  if (bytes.length > bytesMax)
    return { code: 131053, details: `The file is too large for ${mime}: at most ${bytesMax} bytes.` }
  const media = world.media.add({
    id: graphId(world.chance),
    numberId: number.id,
    mime,
    filename,
    source: { from: 'upload', bytes },
    expiresAtMs: world.clock.nowMs() + UPLOAD_MEDIA_MS,
  })
  world.counters.add('media_uploads')
  return { json: { id: media.id } }
}

/** `GET|DELETE /{media}`: where its bytes are for the next five minutes; gone after its days. */
export function mediaObject(world: World, media: Media, call: GraphCall): GraphAnswer {
  const phone = call.query.phone_number_id
  if (media.deleted || media.expiresAtMs <= world.clock.nowMs()) return noSuchObject(call, media.id)
  if (phone !== undefined && media.numberId !== '' && phone !== media.numberId) return noSuchObject(call, media.id)
  if (call.method === 'DELETE') {
    media.deleted = true
    return success()
  }
  const opened = world.media.open(media.id)
  if (!opened) return noSuchObject(call, media.id)
  const ext = Math.floor((world.clock.nowMs() + URL_MS) / 1000)
  const url = `${world.origin()}/lookaside/whatsapp_business/attachments/?mid=${media.id}&ext=${ext}&hash=${linkHash(world, media.id, ext)}`
  return {
    json: {
      messaging_product: 'whatsapp',
      url,
      mime_type: media.mime,
      sha256: opened.sha256,
      file_size: String(opened.bytes.length),
      id: media.id,
    },
  }
}

/**
 * The download itself: needs the bearer token; 404 once the address or the media has expired. Addresses of webhooks
 * have no `ext` and work as long as the media.
 */
export function downloadMedia(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = request.query as Record<string, string>
  const caller = callerOf(world, { ...EMPTY_CALL, query, authorization: request.headers.authorization ?? null })
  if ('code' in caller) return sendFailure(world, reply, { ...caller, status: 401 })
  const opened = world.media.open(query.mid ?? '')
  const nowMs = world.clock.nowMs()
  const gone = !opened || opened.media.deleted || opened.media.expiresAtMs <= nowMs
  const mine = opened && (opened.media.numberId === '' || numberFor(world, caller, opened.media.numberId) !== null)
  const late =
    query.ext !== undefined &&
    (Number(query.ext) * 1000 < nowMs || query.hash !== linkHash(world, query.mid ?? '', Number(query.ext)))
  if (gone || late || !mine) return reply.code(404).type('text/plain').send('Not Found')
  world.counters.add('media_downloads')
  return reply.header('content-type', opened.media.mime).send(opened.bytes)
}

const EMPTY_CALL: GraphCall = {
  method: 'GET',
  version: 0,
  path: [],
  query: {},
  input: {},
  file: null,
  bytes: Buffer.alloc(0),
  authorization: null,
}

function sendFailure(world: World, reply: FastifyReply, failure: GraphFailure): FastifyReply {
  const { status, body } = failureBody(failure, world.chance)
  return reply.code(status).send(body)
}

function linkHash(world: World, id: string, ext: number): string {
  return Math.floor(world.chance.ratio('link', id, ext) * 2 ** 32).toString(36)
}
