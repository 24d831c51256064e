import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { exportThreadQuery } from '../../contract/api/inbox.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { type ExportThreadDeps, exportThread } from './export-thread.ts'

export interface ExportRoutesDeps extends ExportThreadDeps {
  readonly identify: (cookieHeader: string | undefined) => Promise<{ readonly workspaceId: string } | null>
}

const idParams = z.object({ id: z.uuid() })

/** `GET /api/v1/conversations/{id}/export.csv`. */
export function exportRoutes(app: FastifyInstance, deps: ExportRoutesDeps): void {
  app.get('/api/v1/conversations/:id/export.csv', async (request, reply) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    const { language } = readInput(exportThreadQuery, request.query)
    const params = idParams.safeParse(request.params)
    const text = params.success ? await exportThread(deps, identity.workspaceId, params.data.id, language) : null
    if (text === null) throw new ApiFault('not_found')
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="conversation.csv"')
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from(text, { objectMode: false }))
  })
}
