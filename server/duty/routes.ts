import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addDutyBody, DUTIES_MAX, type DutiesAnswer, type DutyAnswer, endDutyBody } from '../../contract/api/duty.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { endDuty, insertDuty, readDuties } from './duty-store.ts'

export interface DutyRoutesDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string } } | null>
}

const idParams = z.object({ id: z.uuid() })

/** Who holds the phone of a number when (`contract/api/duty.ts`). */
export function dutyRoutes(app: FastifyInstance, deps: DutyRoutesDeps): void {
  const { database, clock, ids } = deps
  const who = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id }
  }

  app.get('/api/v1/numbers/:id/duties', async (request): Promise<DutiesAnswer> => {
    const { workspaceId } = await who(request)
    const numberId = idOr404(request.params)
    const duties = await readWorkspace(database, workspaceId, (sql) => readDuties(sql, workspaceId, numberId))
    if (duties === null) throw new ApiFault('not_found')
    return { duties }
  })

  app.post('/api/v1/numbers/:id/duties', async (request, reply) => {
    const { workspaceId, memberId } = await who(request)
    const numberId = idOr404(request.params)
    const body = readInput(addDutyBody, request.body)
    const nowMs = clock.nowMs()
    const duty = await inWorkspace(database, workspaceId, async (sql) => {
      const standing = (await readDuties(sql, workspaceId, numberId))?.filter((one) => one.endedAtMs === null)
      if (standing !== undefined && standing.length >= DUTIES_MAX) throw new ApiFault('too_many', { max: DUTIES_MAX })
      return insertDuty(sql, workspaceId, numberId, { ...body, id: ids.next() }, { memberId, nowMs })
    })
    if (duty === null) return sendFault(reply, 'not_found')
    const answer: DutyAnswer = { duty }
    return reply.code(201).send(answer)
  })

  app.post('/api/v1/duties/:id/end', async (request, reply) => {
    const { workspaceId } = await who(request)
    const id = idOr404(request.params)
    const { end } = readInput(endDutyBody, request.body)
    const at = end === 'now' ? { atMs: clock.nowMs() } : end
    const found = await inWorkspace(database, workspaceId, (sql) => endDuty(sql, workspaceId, id, at))
    return found ? reply.code(204).send() : sendFault(reply, 'not_found')
  })
}

/** What is no id at all names nothing here either. */
function idOr404(params: unknown): string {
  const read = idParams.safeParse(params)
  if (!read.success) throw new ApiFault('not_found')
  return read.data.id
}
