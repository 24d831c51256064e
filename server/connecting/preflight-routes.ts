import type { FastifyInstance } from 'fastify'
import { excludeCountryBody, type PreflightAnswer, preflightAnswerBody } from '../../contract/api/preflight.ts'
import type { Member } from '../../contract/number.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { inWorkspace } from '../platform/db.ts'
import { putAnswer, putCountry } from './preflight-store.ts'
import { type ReadPreflightDeps, readPreflight } from './read-preflight.ts'

export interface PreflightRoutesDeps extends ReadPreflightDeps {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: Member } | null>
}

/** `/api/v1/connect/preflight`: what to know before a number is connected. */
export function preflightRoutes(app: FastifyInstance, deps: PreflightRoutesDeps): void {
  const base = '/api/v1/connect/preflight'
  const identityOf = async (cookie: string | undefined) => {
    const identity = await deps.identify(cookie)
    if (identity === null) throw new ApiFault('no_member')
    return identity
  }

  app.get(base, async (request): Promise<PreflightAnswer> => {
    const { workspaceId } = await identityOf(request.headers.cookie)
    return readPreflight(deps, workspaceId)
  })

  app.post(`${base}/answers`, async (request): Promise<PreflightAnswer> => {
    const { workspaceId, member } = await identityOf(request.headers.cookie)
    const given = readInput(preflightAnswerBody, request.body)
    const by = { memberId: member.id, now: new Date(deps.clock.nowMs()) }
    await inWorkspace(deps.database, workspaceId, (sql) => putAnswer(sql, workspaceId, given, by))
    return readPreflight(deps, workspaceId)
  })

  app.post(`${base}/countries`, async (request): Promise<PreflightAnswer> => {
    const { workspaceId, member } = await identityOf(request.headers.cookie)
    if (member.role !== 'owner') throw new ApiFault('owner_only')
    const country = readInput(excludeCountryBody, request.body)
    const by = { memberId: member.id, now: new Date(deps.clock.nowMs()) }
    await inWorkspace(deps.database, workspaceId, (sql) => putCountry(sql, workspaceId, country, by))
    return readPreflight(deps, workspaceId)
  })
}
