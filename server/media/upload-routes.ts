import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { UPLOAD_BYTES_MAX, UPLOAD_CHUNK_BYTES_MAX } from '../../contract/api/limits.ts'
import { beginUploadBody, type UploadAnswer } from '../../contract/api/uploads.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import {
  beginUpload,
  giveUpUpload,
  type Owner,
  readUpload,
  takePiece,
  type UploadDeps,
  type UploadOutcome,
} from './take-upload.ts'

export interface UploadRoutesDeps extends UploadDeps {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string } } | null>
}

const idParams = z.object({ id: z.uuid() })
const pieceHeaders = z.object({ 'upload-offset': z.coerce.number().int().min(0).max(UPLOAD_BYTES_MAX) })

/** Files that members upload to send them: `contract/api/uploads.ts`. */
export function uploadRoutes(app: FastifyInstance, deps: UploadRoutesDeps): void {
  const who = async (request: FastifyRequest): Promise<Owner> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id }
  }

  app.register(async (uploads) => {
    uploads.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )

    uploads.post('/api/v1/uploads', async (request, reply) => {
      const owner = await who(request)
      return answer(reply.code(201), await beginUpload(deps, owner, readInput(beginUploadBody, request.body)))
    })

    uploads.get('/api/v1/uploads/:id', async (request, reply) => {
      const owner = await who(request)
      return answer(reply, await readUpload(deps, owner, idOf(request)))
    })

    uploads.patch('/api/v1/uploads/:id', { bodyLimit: UPLOAD_CHUNK_BYTES_MAX }, async (request, reply) => {
      const owner = await who(request)
      const { 'upload-offset': offset } = readInput(pieceHeaders, request.headers)
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      return answer(reply, await takePiece(deps, owner, idOf(request), { offset, bytes }))
    })

    uploads.delete('/api/v1/uploads/:id', async (request, reply) => {
      const owner = await who(request)
      await giveUpUpload(deps, owner, idOf(request))
      return reply.code(204).send()
    })
  })
}

function answer(reply: FastifyReply, outcome: UploadOutcome): FastifyReply {
  if (outcome.ok) return reply.send({ upload: outcome.upload } satisfies UploadAnswer)
  return sendFault(reply, outcome.code, 'received' in outcome ? { received: outcome.received } : undefined)
}

function idOf(request: FastifyRequest): string {
  const params = idParams.safeParse(request.params)
  if (!params.success) throw new ApiFault('upload_gone')
  return params.data.id
}
