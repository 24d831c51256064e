import type { FastifyInstance, FastifyRequest } from 'fastify'
import { appOnlyBody } from '../../contract/api/app-only.ts'
import { numberParams } from '../../contract/api/number-states.ts'
import type { ConnectAnswer } from '../../contract/api/workspace.ts'
import type { Member } from '../../contract/number.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { type KeepAppOnlyDeps, keepAppOnly, takeOff } from './keep-app-only.ts'

export interface AppOnlyRoutesDeps extends KeepAppOnlyDeps {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: Member } | null>
}

/** `POST /api/v1/numbers/app-only`, `POST` and `DELETE /api/v1/numbers/{id}/app-only`: numbers that Meta's API does not know of. */
export function appOnlyRoutes(app: FastifyInstance, deps: AppOnlyRoutesDeps): void {
  const keep = async (request: FastifyRequest, numberId: string | null): Promise<ConnectAnswer> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    if (identity.member.role !== 'owner') throw new ApiFault('owner_only')
    const body = readInput(appOnlyBody, request.body)
    const outcome = await keepAppOnly(deps, identity.workspaceId, body, numberId)
    if (!outcome.ok) throw new ApiFault(outcome.code)
    return { number: outcome.number }
  }

  app.post('/api/v1/numbers/app-only', async (request, reply) => reply.code(201).send(await keep(request, null)))

  app.delete('/api/v1/numbers/:id/app-only', async (request): Promise<ConnectAnswer> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    if (identity.member.role !== 'owner') throw new ApiFault('owner_only')
    const params = numberParams.safeParse(request.params)
    const outcome = params.success ? await takeOff(deps, identity.workspaceId, params.data.id) : null
    if (!outcome?.ok) throw new ApiFault('not_found')
    return { number: outcome.number }
  })

  app.post('/api/v1/numbers/:id/app-only', async (request): Promise<ConnectAnswer> => {
    const params = numberParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    return keep(request, params.data.id)
  })
}
