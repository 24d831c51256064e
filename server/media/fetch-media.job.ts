import { z } from 'zod'
import type { JobHandler } from '../platform/jobs.ts'
import { type FetchFilesDeps, fetchFiles } from './fetch-files.ts'

const payloadShape = z.object({ workspaceId: z.uuid() })

/** The job `fetch_media`: fetches what is due in one workspace. */
export function fetchMediaJob(deps: FetchFilesDeps): JobHandler {
  return async (input) => fetchFiles(deps, payloadShape.parse(input).workspaceId)
}
