import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type CustomerSignals, customerSignals } from '../../contract/api/signals.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import { putSignals, readSignals } from './signal-store.ts'
import { queueSignal } from './tell-customer.ts'

const idParams = z.object({ id: z.uuid() })

/** What customers see of us beside messages: `contract/api/signals.ts`. */
export function signalRoutes(
  app: FastifyInstance,
  deps: {
    readonly database: Database
    readonly clock: Clock
    readonly identify: (
      cookieHeader: string | undefined,
    ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string } } | null>
  },
): void {
  const placeOf = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    const params = idParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id, id: params.data.id }
  }

  app.get('/api/v1/numbers/:id/signals', async (request): Promise<CustomerSignals> => {
    const { workspaceId, id } = await placeOf(request)
    const signals = await readWorkspace(deps.database, workspaceId, (sql) => readSignals(sql, workspaceId, id))
    if (signals === null) throw new ApiFault('not_found')
    return signals
  })

  app.post('/api/v1/numbers/:id/signals', async (request, reply) => {
    const { workspaceId, memberId, id } = await placeOf(request)
    const signals = readInput(customerSignals, request.body)
    const by = { memberId, now: new Date(deps.clock.nowMs()) }
    const found = await inWorkspace(deps.database, workspaceId, (sql) => putSignals(sql, workspaceId, id, signals, by))
    return found ? reply.code(204).send() : sendFault(reply, 'not_found')
  })

  app.post('/api/v1/conversations/:id/typing', async (request, reply) => {
    const { workspaceId, id } = await placeOf(request)
    const found = await queueSignal(deps.database, { workspaceId, conversationId: id, typing: true })
    return found ? reply.code(204).send() : sendFault(reply, 'not_found')
  })
}
