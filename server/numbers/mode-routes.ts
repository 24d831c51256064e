import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { changeModeBody } from '../../contract/api/connecting.ts'
import type { ConnectAnswer } from '../../contract/api/workspace.ts'
import type { Member } from '../../contract/number.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { type ChangeModeDeps, changeMode } from './change-mode.ts'

export interface ModeRoutesDeps extends ChangeModeDeps {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: Member } | null>
}

const idParams = z.object({ id: z.uuid() })

/** `POST /api/v1/numbers/{id}/mode`. */
export function modeRoutes(app: FastifyInstance, deps: ModeRoutesDeps): void {
  app.post('/api/v1/numbers/:id/mode', async (request): Promise<ConnectAnswer> => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    if (identity.member.role !== 'owner') throw new ApiFault('owner_only')
    const params = idParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    const { mode } = readInput(changeModeBody, request.body)
    const outcome = await changeMode(deps, identity.workspaceId, params.data.id, mode)
    if (!outcome.ok) throw new ApiFault(outcome.code, outcome.code === 'mode_not_ready' ? outcome.details : undefined)
    return { number: outcome.number }
  })
}
