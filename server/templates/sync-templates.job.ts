import { z } from 'zod'
import { type Database, inWorkspace } from '../platform/db.ts'
import type { JobHandler } from '../platform/jobs.ts'
import { findUnsynced } from './account-store.ts'
import { queueSync, type SyncTemplatesDeps, syncTemplates } from './sync-templates.ts'

/** Without a notice an account is asked this often, since notices get lost. */
const ASK_EVERY_MS = 6 * 60 * 60 * 1000

const payloadShape = z.object({ workspaceId: z.uuid(), wabaId: z.string() })

/**
 * Thrown when Meta did not tell, so that the queue asks again later. Near the limit of management calls the asking waits: a
 * notice may have caused it, which nobody repeats.
 */
export function syncTemplatesJob(deps: SyncTemplatesDeps): JobHandler {
  return async (input) => {
    const { workspaceId, wabaId } = payloadShape.parse(input)
    const delayMs = deps.graph.usage.restMs([wabaId])
    if (delayMs > 0) {
      await inWorkspace(deps.database, workspaceId, (sql) => queueSync(sql, workspaceId, wabaId, { delayMs }))
    } else if (!(await syncTemplates(deps, workspaceId, wabaId)))
      throw new Error(`Meta does not tell the templates of account ${wabaId}`)
  }
}

/** Queues the asking for accounts that are new here, or were not asked for long. */
export async function queueSyncs(database: Database, workspaceId: string, nowMs: number): Promise<void> {
  await inWorkspace(database, workspaceId, async (sql) => {
    for (const wabaId of await findUnsynced(sql, workspaceId, new Date(nowMs - ASK_EVERY_MS))) {
      await queueSync(sql, workspaceId, wabaId)
    }
  })
}
