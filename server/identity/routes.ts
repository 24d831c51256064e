import type { FastifyInstance } from 'fastify'
import { chooseMemberBody, type Session } from '../../contract/api/workspace.ts'
import { readInput, sendFault } from '../platform/api-fault.ts'
import { type Database, readWorkspace } from '../platform/db.ts'
import { readMembers } from './member-store.ts'
import { chooseMember } from './resolve-member.ts'
import { memberCookie, readMemberCookie } from './session-cookie.ts'

export interface IdentityRoutesDeps {
  readonly database: Database
  readonly workspaceId: string
  readonly version: string
  readonly simulatorUrl: string | null
}

/** `GET` and `POST /api/v1/session`: who I am, and acting as somebody else. */
export function identityRoutes(app: FastifyInstance, deps: IdentityRoutesDeps): void {
  const { database, workspaceId } = deps
  const members = () => readWorkspace(database, workspaceId, (sql) => readMembers(sql, workspaceId))

  app.get('/api/v1/session', async (request): Promise<Session> => {
    const everybody = await members()
    const me = chooseMember(everybody, readMemberCookie(request.headers.cookie))
    return { me, members: everybody, version: deps.version, simulatorUrl: deps.simulatorUrl }
  })

  app.post('/api/v1/session', async (request, reply) => {
    const { memberId } = readInput(chooseMemberBody, request.body)
    const everybody = await members()
    const me = chooseMember(everybody, memberId)
    if (me === null) return sendFault(reply, 'not_found')
    const session: Session = { me, members: everybody, version: deps.version, simulatorUrl: deps.simulatorUrl }
    return reply.header('set-cookie', memberCookie(me.id)).send(session)
  })
}
