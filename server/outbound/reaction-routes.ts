import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { reactionBody } from '../../contract/api/reactions.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { type ReactionDeps, sendReaction } from './send-reaction.ts'

const idParams = z.object({ id: z.uuid() })

/** Reacting to a message: `contract/api/reactions.ts`. */
export function reactionRoutes(
  app: FastifyInstance,
  deps: ReactionDeps & {
    readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
  },
): void {
  app.post('/api/v1/messages/:id/reaction', async (request, reply) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    const params = idParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    const { emoji } = readInput(reactionBody, request.body)
    const outcome = await sendReaction(deps, identity.workspaceId, params.data.id, emoji)
    return outcome.ok ? reply.code(204).send() : sendFault(reply, outcome.code, outcome.details)
  })
}
