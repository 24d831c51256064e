import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type NumberStatesAnswer, numberParams, type OpenedAnswer } from '../../contract/api/number-states.ts'
import { ApiFault } from '../platform/api-fault.ts'
import { readWorkspace } from '../platform/db.ts'
import { readChanges } from './standing-store.ts'
import { markOpened, unmarkOpened, type WatchNumbersDeps } from './watch-numbers.ts'

export interface StandingRoutesDeps extends WatchNumbersDeps {
  readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
}

/** `GET /api/v1/numbers/{id}/states`, `POST` and `DELETE /api/v1/numbers/{id}/opened`. */
export function standingRoutes(app: FastifyInstance, deps: StandingRoutesDeps): void {
  const placeOf = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    const params = numberParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    return { workspaceId: identity.workspaceId, numberId: params.data.id }
  }

  app.get('/api/v1/numbers/:id/states', async (request): Promise<NumberStatesAnswer> => {
    const { workspaceId, numberId } = await placeOf(request)
    return {
      changes: await readWorkspace(deps.database, workspaceId, (sql) => readChanges(sql, workspaceId, numberId)),
    }
  })

  app.post('/api/v1/numbers/:id/opened', async (request): Promise<OpenedAnswer> => {
    const { workspaceId, numberId } = await placeOf(request)
    const number = await markOpened(deps, workspaceId, numberId)
    if (number === null) throw new ApiFault('not_found')
    return { number }
  })

  app.delete('/api/v1/numbers/:id/opened', async (request): Promise<OpenedAnswer> => {
    const { workspaceId, numberId } = await placeOf(request)
    const number = await unmarkOpened(deps, workspaceId, numberId)
    if (number === null) throw new ApiFault('changed_meanwhile')
    return { number }
  })
}
