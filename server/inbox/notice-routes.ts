import type { FastifyInstance } from 'fastify'
import type { NoticesAnswer, UnrecognisedAnswer } from '../../contract/api/workspace.ts'
import { ApiFault } from '../platform/api-fault.ts'
import { type Database, readWorkspace } from '../platform/db.ts'
import { readNotices, readUnplaced, readUnrecognised } from './notice-read-store.ts'
import { countUnrecognised } from './notice-store.ts'

export interface NoticeRoutesDeps {
  readonly database: Database
  readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
}

/** `GET /api/v1/notices` and `GET /api/v1/unrecognised`. */
export function noticeRoutes(app: FastifyInstance, deps: NoticeRoutesDeps): void {
  const workspaceOf = async (cookie: string | undefined) => {
    const identity = await deps.identify(cookie)
    if (identity === null) throw new ApiFault('no_member')
    return identity.workspaceId
  }

  app.get('/api/v1/notices', async (request): Promise<NoticesAnswer> => {
    const workspaceId = await workspaceOf(request.headers.cookie)
    return { notices: await readWorkspace(deps.database, workspaceId, (sql) => readNotices(sql, workspaceId)) }
  })

  app.get('/api/v1/unrecognised', async (request): Promise<UnrecognisedAnswer> => {
    const workspaceId = await workspaceOf(request.headers.cookie)
    return readWorkspace(deps.database, workspaceId, async (sql) => ({
      total: await countUnrecognised(sql, workspaceId),
      events: await readUnrecognised(sql, workspaceId),
      deliveries: await readUnplaced(sql, workspaceId),
    }))
  })
}
