import { z } from 'zod'
import type { JobHandler } from '../platform/jobs.ts'
import { type RequestSyncDeps, requestSync } from './request-sync.ts'

const payloadShape = z.object({ workspaceId: z.uuid(), numberId: z.uuid(), kind: z.enum(['contacts', 'history']) })

/** The job `request_sync`: thrown only when the call surely did not happen, so that the queue tries again later. */
export function requestSyncJob(deps: RequestSyncDeps): JobHandler {
  return async (input) => {
    const { workspaceId, numberId, kind } = payloadShape.parse(input)
    if ((await requestSync(deps, workspaceId, { numberId, kind })) === 'again') {
      throw new Error(`Meta could not take the request for ${kind} just now`)
    }
  }
}
