import { graphErrorRule } from '../../contract/graph-errors.ts'
import { queueCheck } from '../numbers/state-store.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import { backOffOf, type Wait } from './back-off.ts'
import { tellSenders } from './notice-store.ts'
import { holdPair, pauseNumber } from './pace-store.ts'
import { NOBODY } from './send-notice.ts'

/** Milliseconds that a customer is let be after a refusal that names no limit. */
const OTHERWISE_MS = 1_000

export interface LateRefusal {
  readonly numberId: string
  readonly conversationId: string
  readonly code: number
}

/** The name of the job. */
export const NOTE_REFUSAL_JOB = 'note_refusal'

/** Whether a refusal asks anything of what is sent next, by the one table of codes. */
export function concernsOthers(code: number): boolean {
  return graphErrorRule(code).action !== 'tell_user'
}

/**
 * A refusal that came in a status asks of what is sent next the same as one that is the answer to a call: a limit is waited
 * out by the number or for the customer, and lost access doubts the number. The message itself stays failed.
 */
export async function noteRefusal(
  { database }: { readonly database: Database },
  workspaceId: string,
  { numberId, conversationId, code }: LateRefusal,
): Promise<void> {
  await inWorkspace(database, workspaceId, async (sql) => {
    if (graphErrorRule(code).action === 'reconnect') {
      return queueCheck(sql, workspaceId, numberId, { keyMode: 'preserve' })
    }
    const wait = await writeWait(sql, workspaceId, { numberId, conversationId, code })
    // Whoever makes the number's calls knows its pauses by heart and reads them again with the next lease only.
    if (wait !== null) await tellSenders(sql, { by: NOBODY, what: 'held', workspaceId, wait })
  })
}

/** `null`: the number waits already. */
async function writeWait(
  sql: Sql,
  workspaceId: string,
  { numberId, conversationId, code }: LateRefusal,
): Promise<Wait | null> {
  const { scope, waitMs } = backOffOf(code, OTHERWISE_MS)
  if (scope === 'pair') {
    return { numberId, conversationId, heldMs: await holdPair(sql, workspaceId, conversationId, waitMs) }
  }
  const pausedMs = await pauseNumber(sql, workspaceId, numberId, waitMs)
  return pausedMs === null ? null : { numberId, pausedMs }
}
