import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type AutoAnswer, type GapsAnswer, saveAutoAnswerBody } from '../../contract/api/gaps.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import { putAutoAnswer, readAutoAnswer } from './auto-answer-store.ts'
import { type CheckGapsDeps, checkGaps } from './check-gaps.ts'
import { readGaps } from './gap-store.ts'
import { READY_ANSWER } from './ready-answer.ts'

export interface GapRoutesDeps extends CheckGapsDeps {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string } } | null>
}

const idParams = z.object({ id: z.uuid() })

/** `/api/v1/numbers/{id}/gaps` and `…/auto-answer`: `contract/api/gaps.ts`. */
export function gapRoutes(app: FastifyInstance, deps: GapRoutesDeps): void {
  const { database, clock } = deps
  const who = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    const params = idParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id, numberId: params.data.id }
  }
  const gapsOf = (workspaceId: string, numberId: string): Promise<GapsAnswer> =>
    readWorkspace(database, workspaceId, (sql) => readGaps(sql, workspaceId, numberId))

  app.get('/api/v1/numbers/:id/gaps', async (request): Promise<GapsAnswer> => {
    const { workspaceId, numberId } = await who(request)
    return gapsOf(workspaceId, numberId)
  })

  app.post('/api/v1/numbers/:id/gaps/check', async (request): Promise<GapsAnswer> => {
    const { workspaceId, numberId } = await who(request)
    if (!(await checkGaps(deps, workspaceId, numberId))) throw new ApiFault('not_found')
    return gapsOf(workspaceId, numberId)
  })

  app.get('/api/v1/numbers/:id/auto-answer', async (request): Promise<AutoAnswer> => {
    const { workspaceId, numberId } = await who(request)
    const setting = await readWorkspace(database, workspaceId, (sql) =>
      readAutoAnswer(sql, workspaceId, numberId, READY_ANSWER),
    )
    if (setting === null) throw new ApiFault('not_found')
    return setting
  })

  app.post('/api/v1/numbers/:id/auto-answer', async (request, reply) => {
    const { workspaceId, memberId, numberId } = await who(request)
    const body = readInput(saveAutoAnswerBody, request.body)
    const by = { memberId, now: new Date(clock.nowMs()) }
    const found = await inWorkspace(database, workspaceId, (sql) => putAutoAnswer(sql, workspaceId, numberId, body, by))
    if (!found) throw new ApiFault('not_found')
    return reply.code(204).send()
  })
}
