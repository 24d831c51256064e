import type { FastifyInstance } from 'fastify'
import type { HealthAnswer } from '../../contract/api/care.ts'
import { ApiFault, sendFault } from '../platform/api-fault.ts'
import { type AskMetaDeps, askMeta } from './ask-meta.ts'
import { exportBundle } from './export-bundle.ts'
import { type NumberDoor, numberOf } from './number-routes.ts'
import { showHealth } from './show-health.ts'

export interface HealthRoutesDeps extends AskMetaDeps, NumberDoor {
  readonly version: string
}

/** `GET …/health`, `POST …/meta-answers` and `GET …/support-bundle` of a number. */
export function healthRoutes(app: FastifyInstance, deps: HealthRoutesDeps): void {
  app.get('/api/v1/numbers/:id/health', async (request): Promise<HealthAnswer> => {
    const { workspaceId, numberId } = await numberOf(deps, request)
    const health = await showHealth(deps, workspaceId, numberId)
    if (health === null) throw new ApiFault('not_found')
    return health
  })

  app.post('/api/v1/numbers/:id/meta-answers', async (request, reply) => {
    const { workspaceId, numberId } = await numberOf(deps, request)
    const asked = await askMeta(deps, workspaceId, numberId)
    return asked === 'not_found' ? sendFault(reply, 'not_found') : reply.code(204).send()
  })

  app.get('/api/v1/numbers/:id/support-bundle', async (request, reply) => {
    const { workspaceId, numberId } = await numberOf(deps, request)
    const bundle = await exportBundle(deps, workspaceId, numberId)
    if (bundle === null) return sendFault(reply, 'not_found')
    const name = `wasl-support-${bundle.number.phoneNumberId}-${bundle.writtenAt.slice(0, 10)}.json`
    return reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .type('application/json')
      .send(JSON.stringify(bundle, null, 2))
  })
}
