import type { FastifyInstance } from 'fastify'
import { syncParams } from '../../contract/api/sync.ts'
import type { Member } from '../../contract/number.ts'
import { ApiFault, sendFault } from '../platform/api-fault.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { askSync } from './ask-sync.ts'

export interface SyncRoutesDeps {
  readonly database: Database
  readonly clock: Clock
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: Member } | null>
}

/** `POST /api/v1/numbers/{id}/syncs/{kind}`. */
export function syncRoutes(app: FastifyInstance, deps: SyncRoutesDeps): void {
  app.post('/api/v1/numbers/:id/syncs/:kind', async (request, reply) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    if (identity.member.role !== 'owner') throw new ApiFault('owner_only')
    const params = syncParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    const { id: numberId, kind } = params.data
    const refusal = await askSync(deps, identity.workspaceId, { numberId, kind })
    return refusal === null ? reply.code(202).send({}) : sendFault(reply, refusal)
  })
}
