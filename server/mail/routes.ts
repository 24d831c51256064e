import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type MailAnswer, type MailFailedDetails, saveMailBody } from '../../contract/api/mail.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import { putMailSettings, readMailSettings, readRecentMails } from './mail-store.ts'
import { testMail } from './mail-words.ts'
import type { SendMailDeps } from './send-mail.job.ts'

export interface MailRoutesDeps extends SendMailDeps {
  readonly sealPassword: (workspaceId: string, password: string) => Buffer
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string } } | null>
}

/** `GET` and `POST /api/v1/mail`, `POST /api/v1/mail/test`. */
export function mailRoutes(app: FastifyInstance, deps: MailRoutesDeps): void {
  const { database, clock } = deps
  const identityOf = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id }
  }

  app.get('/api/v1/mail', async (request): Promise<MailAnswer> => {
    const { workspaceId } = await identityOf(request)
    return readWorkspace(database, workspaceId, async (sql) => {
      const stored = await readMailSettings(sql, workspaceId)
      if (stored === null) return { settings: null, mails: [] }
      const { sealedPassword: _, ...settings } = stored
      return { settings, mails: await readRecentMails(sql, workspaceId) }
    })
  })

  app.post('/api/v1/mail', async (request, reply) => {
    const { workspaceId, memberId } = await identityOf(request)
    const { password, ...settings } = readInput(saveMailBody, request.body)
    const sealedPassword = typeof password === 'string' ? deps.sealPassword(workspaceId, password) : password
    const by = { memberId, now: new Date(clock.nowMs()) }
    await inWorkspace(database, workspaceId, (sql) =>
      putMailSettings(sql, workspaceId, { ...settings, sealedPassword }, by),
    )
    return reply.code(204).send()
  })

  app.post('/api/v1/mail/test', async (request, reply) => {
    const { workspaceId } = await identityOf(request)
    const settings = await readWorkspace(database, workspaceId, (sql) => readMailSettings(sql, workspaceId))
    if (settings === null) return sendFault(reply, 'not_found')
    const { sealedPassword, recipients, language } = settings
    const password = sealedPassword === null ? null : deps.openPassword(workspaceId, sealedPassword)
    const outcome = await deps.send(settings, password, { recipients, ...testMail(language) })
    if (outcome.ok) return reply.code(204).send()
    const details: MailFailedDetails = { why: outcome.why, answer: outcome.answer }
    return sendFault(reply, 'mail_failed', details)
  })
}
