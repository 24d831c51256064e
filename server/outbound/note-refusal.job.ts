import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import type { JobHandler } from '../platform/jobs.ts'
import { noteRefusal } from './note-refusal.ts'

const payloadShape = z.object({
  ...{ workspaceId: z.uuid(), numberId: z.uuid(), conversationId: z.uuid() },
  code: z.number().int(),
})

/** The job `note_refusal`: what a refusal that came in a status asks of what is sent next. */
export function noteRefusalJob(deps: { readonly database: Database }): JobHandler {
  return (input) => {
    const { workspaceId, ...refusal } = payloadShape.parse(input)
    return noteRefusal(deps, workspaceId, refusal)
  }
}
