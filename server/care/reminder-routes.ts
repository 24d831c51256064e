import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type RemindersAnswer, remindersBody } from '../../contract/api/reminders.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import type { NumberDoor } from './number-routes.ts'
import { putReminderSettings, readReminderSettings, readSentReminders } from './reminder-store.ts'

export interface ReminderRoutesDeps extends NumberDoor {
  readonly database: Database
  readonly clock: Clock
}

/** `GET` and `POST /api/v1/reminders`. */
export function reminderRoutes(app: FastifyInstance, deps: ReminderRoutesDeps): void {
  const identityOf = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id }
  }

  app.get('/api/v1/reminders', async (request): Promise<RemindersAnswer> => {
    const { workspaceId } = await identityOf(request)
    return readWorkspace(deps.database, workspaceId, async (sql) => {
      const { enabled, ownRecipients, mail } = await readReminderSettings(sql, workspaceId)
      const sent = await readSentReminders(sql, workspaceId)
      return { enabled, recipients: ownRecipients, hasMail: mail !== null, sent }
    })
  })

  app.post('/api/v1/reminders', async (request, reply) => {
    const { workspaceId, memberId } = await identityOf(request)
    const settings = readInput(remindersBody, request.body)
    const by = { memberId, now: new Date(deps.clock.nowMs()) }
    await inWorkspace(deps.database, workspaceId, (sql) => putReminderSettings(sql, workspaceId, settings, by))
    return reply.code(204).send()
  })
}
