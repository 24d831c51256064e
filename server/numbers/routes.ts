import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ConnectAnswer, connectSimulatedBody, type NumbersAnswer } from '../../contract/api/workspace.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { readWorkspace } from '../platform/db.ts'
import type { ConnectDeps } from './connect-number.ts'
import { connectSimulatedNumber } from './connect-simulated-number.ts'
import { readNumbers } from './number-store.ts'
import type { SimulatorControl } from './simulator-client.ts'

export interface NumberRoutesDeps extends ConnectDeps {
  /** `null` when Wasl talks to Meta. */
  readonly simulator: SimulatorControl | null
  readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
}

/** `GET /api/v1/numbers` and `POST /api/v1/numbers/simulated`. */
export function numberRoutes(app: FastifyInstance, deps: NumberRoutesDeps): void {
  const workspaceOf = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return identity.workspaceId
  }

  app.get('/api/v1/numbers', async (request): Promise<NumbersAnswer> => {
    const workspaceId = await workspaceOf(request)
    return { numbers: await readWorkspace(deps.database, workspaceId, (sql) => readNumbers(sql, workspaceId)) }
  })

  app.post('/api/v1/numbers/simulated', async (request, reply) => {
    const workspaceId = await workspaceOf(request)
    const { shareHistory } = readInput(connectSimulatedBody, request.body ?? {})
    const { simulator } = deps
    if (simulator === null) return sendFault(reply, 'not_found')
    const outcome = await connectSimulatedNumber({ ...deps, simulator }, workspaceId, { shareHistory })
    if (!outcome.ok) return sendFault(reply, outcome.code, outcome.details)
    const answer: ConnectAnswer = { number: outcome.number }
    return reply.code(201).send(answer)
  })
}
