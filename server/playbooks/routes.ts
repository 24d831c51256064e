import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type PlaybookAnswer,
  type PlaybooksAnswer,
  removePlaybookBody,
  rewritePlaybookBody,
  writePlaybookBody,
} from '../../contract/api/playbooks.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import { readPlaybooks, setRemoved } from './playbook-store.ts'
import {
  rewritePlaybook,
  type WritePlaybookDeps,
  type WritePlaybookOutcome,
  type Writer,
  writePlaybook,
} from './write-playbook.ts'

export interface PlaybookRoutesDeps extends WritePlaybookDeps {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string } } | null>
}

const idParams = z.object({ id: z.uuid() })

/** `/api/v1/playbooks`: the firm's own pages. */
export function playbookRoutes(app: FastifyInstance, deps: PlaybookRoutesDeps): void {
  const { database, clock } = deps
  const writerOf = async (request: FastifyRequest): Promise<Writer> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id }
  }

  app.get('/api/v1/playbooks', async (request): Promise<PlaybooksAnswer> => {
    const { workspaceId } = await writerOf(request)
    return { playbooks: await readWorkspace(database, workspaceId, (sql) => readPlaybooks(sql, workspaceId)) }
  })

  app.post('/api/v1/playbooks', async (request, reply) => {
    const writer = await writerOf(request)
    return answer(reply, 201, await writePlaybook(deps, writer, readInput(writePlaybookBody, request.body)))
  })

  app.post('/api/v1/playbooks/:id', async (request, reply) => {
    const writer = await writerOf(request)
    const writing = readInput(rewritePlaybookBody, request.body)
    return answer(reply, 200, await rewritePlaybook(deps, writer, idOf(request), writing))
  })

  app.post('/api/v1/playbooks/:id/removal', async (request, reply) => {
    const { workspaceId } = await writerOf(request)
    const { removed } = readInput(removePlaybookBody, request.body)
    const at = removed ? new Date(clock.nowMs()) : null
    const found = await inWorkspace(database, workspaceId, (sql) => setRemoved(sql, workspaceId, idOf(request), at))
    return found ? reply.code(204).send() : sendFault(reply, 'not_found')
  })
}

function idOf(request: FastifyRequest): string {
  const params = idParams.safeParse(request.params)
  if (!params.success) throw new ApiFault('not_found')
  return params.data.id
}

function answer(reply: FastifyReply, status: number, outcome: WritePlaybookOutcome): FastifyReply {
  if (!outcome.ok) return sendFault(reply, outcome.code, outcome.details)
  const body: PlaybookAnswer = { playbook: outcome.playbook }
  return reply.code(status).send(body)
}
