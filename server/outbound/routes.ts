import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  answerDoubtBody,
  type ChangedSendAnswer,
  type MessagingLimitAnswer,
  type QueueAnswer,
  type SendLimitAnswer,
  type SendSettingAnswer,
  saveSendLimitBody,
  saveSendSettingBody,
  type TemplateLimitsAnswer,
} from '../../contract/api/sending.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import { answerDoubt, type ChangedSend, cancelSend } from './cancel-send.ts'
import { limitOf } from './pace.ts'
import { readPlaceStanding } from './place-store.ts'
import { readQueue } from './queue-store.ts'
import { readTemplateLimits } from './read-template-limits.ts'
import { putLimit, putSendSetting, readLimit, readSendSetting } from './send-setting-store.ts'
import type { SettleDeps } from './settle-send.ts'

export interface SendRoutesDeps extends SettleDeps {
  readonly identify: (cookieHeader: string | undefined) => Promise<{
    readonly workspaceId: string
    readonly member: { readonly role: 'owner' | 'agent' }
  } | null>
}

const idParams = z.object({ id: z.uuid() })

/** What is done with messages on their way, and how fast they go: `contract/api/sending.ts`. */
export function sendRoutes(app: FastifyInstance, deps: SendRoutesDeps): void {
  const { database, clock } = deps
  const who = async (request: FastifyRequest, mayDo: 'anyone' | 'owner' = 'anyone') => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    if (mayDo === 'owner' && identity.member.role !== 'owner') throw new ApiFault('owner_only')
    return identity.workspaceId
  }

  app.post('/api/v1/messages/:id/cancel', async (request): Promise<ChangedSendAnswer> => {
    const workspaceId = await who(request)
    return answerOf(await cancelSend(deps, workspaceId, idOf(request)))
  })

  app.post('/api/v1/messages/:id/doubt', async (request): Promise<ChangedSendAnswer> => {
    const workspaceId = await who(request)
    const { answer } = readInput(answerDoubtBody, request.body)
    return answerOf(await answerDoubt(deps, workspaceId, idOf(request), answer))
  })

  app.get('/api/v1/conversations/:id/queue', async (request): Promise<QueueAnswer> => {
    const workspaceId = await who(request)
    const asked = { conversationId: idOf(request), now: new Date(clock.nowMs()) }
    const queue = await readWorkspace(database, workspaceId, (sql) => readQueue(sql, workspaceId, asked))
    if (queue === null) throw new ApiFault('not_found')
    return queue
  })

  app.get('/api/v1/conversations/:id/template-limits', async (request): Promise<TemplateLimitsAnswer> => {
    const workspaceId = await who(request)
    const asked = { conversationId: idOf(request), nowMs: clock.nowMs() }
    const limits = await readWorkspace(database, workspaceId, (sql) => readTemplateLimits(sql, workspaceId, asked))
    if (limits === null) throw new ApiFault('not_found')
    return limits
  })

  app.get('/api/v1/messaging-limit', async (request): Promise<MessagingLimitAnswer> => {
    const workspaceId = await who(request)
    return readWorkspace(database, workspaceId, (sql) => readPlaceStanding(sql, workspaceId, clock.nowMs()))
  })

  app.get('/api/v1/numbers/:id/send-limit', async (request): Promise<SendLimitAnswer> => {
    const workspaceId = await who(request)
    const limit = await readWorkspace(database, workspaceId, (sql) => readLimit(sql, workspaceId, idOf(request)))
    if (limit === null) throw new ApiFault('not_found')
    return { perSecond: limit.perSecond, preset: limitOf(limit.mode, null) }
  })

  app.post('/api/v1/numbers/:id/send-limit', async (request, reply) => {
    const workspaceId = await who(request, 'owner')
    const { perSecond } = readInput(saveSendLimitBody, request.body)
    await inWorkspace(database, workspaceId, async (sql) => {
      if ((await readLimit(sql, workspaceId, idOf(request))) === null) throw new ApiFault('not_found')
      await putLimit(sql, workspaceId, idOf(request), perSecond)
    })
    return reply.code(204).send()
  })

  app.get('/api/v1/send-setting', async (request): Promise<SendSettingAnswer> => {
    const workspaceId = await who(request)
    return readWorkspace(database, workspaceId, (sql) => readSendSetting(sql, workspaceId))
  })

  app.post('/api/v1/send-setting', async (request, reply) => {
    const workspaceId = await who(request, 'owner')
    const setting = readInput(saveSendSettingBody, request.body)
    await inWorkspace(database, workspaceId, (sql) => putSendSetting(sql, workspaceId, setting))
    return reply.code(204).send()
  })
}

function idOf(request: FastifyRequest): string {
  const params = idParams.safeParse(request.params)
  if (!params.success) throw new ApiFault('not_found')
  return params.data.id
}

function answerOf(changed: ChangedSend): ChangedSendAnswer {
  if (!changed.ok) throw new ApiFault(changed.code)
  return { message: changed.message }
}
