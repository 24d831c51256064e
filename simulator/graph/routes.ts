import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { makeFile } from '../files/make-file.ts'
import type { World } from '../world.ts'
import { failureBody, type GraphCall, type GraphFailure } from './call.ts'
import { dispatch } from './dispatch.ts'
import { downloadMedia } from './media.ts'
import { readCall } from './request.ts'
import { createUploadSessions, type UploadSessions } from './uploads.ts'
import { usageHeaders } from './usage.ts'

/** Real milliseconds before a connection breaks that a fault lets hang. */
const HANG_MS = 300

/** Everything that is not `/control` or a page is a call of the Graph API. */
export function graphRoutes(app: FastifyInstance, world: World): void {
  const uploads = createUploadSessions(world)
  app.get('/lookaside/whatsapp_business/attachments/', (request, reply) => downloadMedia(world, request, reply))
  app.get<{ Params: { name: string } }>('/lookaside/profile/:name', (request, reply) => {
    const [id, turn] = request.params.name.replace(/\.png$/, '').split('-')
    const number = world.numbers.get(id ?? '')
    world.counters.add('profile_pictures')
    if (number === undefined) return reply.code(404).send()
    const { bytes, mimeType } = makeFile('image', Number(BigInt(number.id) % 97n) + Number(turn))
    return reply.header('content-type', mimeType).send(Buffer.from(bytes))
  })
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/*',
    handler: (request, reply) => answerCall(world, uploads, request, reply),
  })
}

async function answerCall(
  world: World,
  uploads: UploadSessions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  world.counters.add('graph_calls')
  const call = readCall(request, world.clock.nowMs())
  if ('code' in call) return sendFailure(world, reply, call)
  reply.header('facebook-api-version', `v${call.version}.0`)
  if (call.path[0]?.startsWith('upload:')) Object.assign(call.input, { file_offset: request.headers.file_offset })
  const forced = takeForced(world, call)
  const early = serverFault(world) ?? (forced && !forced.asynchronous ? { code: forced.code } : null)
  if (early) return sendFailure(world, reply, early)
  const { answer, account } = await dispatch(world, uploads, call, forced?.asynchronous ? forced.code : null)
  for (const [name, value] of Object.entries(usageHeaders(world, account))) reply.header(name, value)
  if ('code' in answer) return sendFailure(world, reply, answer)
  if (isSend(call) && breaksConnection(world)) return breakConnection(world, request, reply)
  return reply.header('content-type', 'application/json; charset=UTF-8').send(JSON.stringify(answer.json))
}

function isSend(call: GraphCall): boolean {
  return call.method === 'POST' && call.path[1] === 'messages' && call.input.status === undefined
}

/** The error that a tester wished for this call, counted down. */
function takeForced(world: World, call: GraphCall): { code: number; asynchronous: boolean } | null {
  const path = `/${call.path.join('/')}`
  const at = world.forcedErrors.findIndex(({ error }) =>
    error.path === undefined ? isSend(call) : path.includes(error.path),
  )
  const row = world.forcedErrors[at]
  if (!row) return null
  row.left--
  if (row.left <= 0) world.forcedErrors.splice(at, 1)
  return { code: row.error.code, asynchronous: row.error.asynchronous ?? false }
}

function serverFault(world: World): GraphFailure | null {
  const ratio = world.settings.faults.graph5xxRatio
  if (ratio === 0 || world.chance.next('graph5xx') >= ratio) return null
  return world.chance.next('graph5xx kind') < 0.5 ? { code: 131000 } : { code: 2 }
}

function breaksConnection(world: World): boolean {
  const ratio = world.settings.faults.graphTimeoutAfterAcceptRatio
  return ratio > 0 && world.chance.next('graphTimeout') < ratio
}

/** The message was accepted, and the caller will never know: the connection ends without an answer. */
async function breakConnection(world: World, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  world.counters.add('graph_answers_lost')
  reply.hijack()
  await new Promise((resolve) => setTimeout(resolve, HANG_MS))
  request.raw.socket.destroy()
  return reply
}

function sendFailure(world: World, reply: FastifyReply, failure: GraphFailure): FastifyReply {
  world.counters.add(`graph_error_${failure.code}`)
  const { status, body } = failureBody(failure, world.chance)
  if (status === 401)
    reply.header(
      'www-authenticate',
      'OAuth "Facebook Platform" "invalid_token" "The access token could not be decrypted"',
    )
  return reply.code(status).header('content-type', 'application/json; charset=UTF-8').send(JSON.stringify(body))
}
