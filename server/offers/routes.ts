import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { OffersAnswer } from '../../contract/api/offers.ts'
import { ApiFault } from '../platform/api-fault.ts'
import { createOfferList, type OfferDeps, type OfferKind } from './list-offers.ts'

const idParams = z.object({ id: z.uuid() })

/** What can be put into a message of what the business has at Meta: `contract/api/offers.ts`. */
export function offerRoutes(
  app: FastifyInstance,
  deps: OfferDeps & {
    readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
  },
): void {
  const list = createOfferList(deps)
  const answer = async (request: FastifyRequest, kind: OfferKind): Promise<OffersAnswer> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    const params = idParams.safeParse(request.params)
    const offers = params.success ? await list(identity.workspaceId, params.data.id, kind) : null
    if (offers === null) throw new ApiFault('not_found')
    return offers
  }
  app.get('/api/v1/numbers/:id/flows', (request) => answer(request, 'flows'))
  app.get('/api/v1/numbers/:id/products', (request) => answer(request, 'products'))
}
