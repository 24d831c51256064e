import { graphErrorRule } from '../../contract/graph-errors.ts'
import type { BusinessNumber, SyncError, SyncKind, SyncState } from '../../contract/number.ts'
import { appendEvents, holdFeed, type PublishRows } from '../inbox/append.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import { addJob } from '../platform/jobs.ts'
import type { Graph, SyncType } from '../whatsapp/client.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import { claimSync, putSyncRefusal, putSyncRequest } from './sync-request-store.ts'

/** The queue's name of the job that asks for one sync. */
export const SYNC_JOB = 'request_sync'

const SYNC_TYPE: Readonly<Record<SyncKind, SyncType>> = { contacts: 'smb_app_state_sync', history: 'history' }

export interface RequestSyncDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
  readonly graph: Pick<Graph, 'requestSync'>
  readonly readNumber: (sql: Sql, workspaceId: string, numberId: string) => Promise<BusinessNumber | null>
  /** Meta's id of the number and its token; `null` when it has none. */
  readonly openAccess: (
    workspaceId: string,
    numberId: string,
  ) => Promise<{ readonly phoneNumberId: string; readonly token: string } | null>
}

/** Queues both requests, contacts first as Meta advises, one after the other. */
export async function askForSyncs(sql: Sql, workspaceId: string, numberId: string): Promise<void> {
  for (const kind of ['contacts', 'history'] as const) await askForSync(sql, workspaceId, { numberId, kind })
}

/** Queues one of them; one that waits is hastened. Asked is once all the same: `requestSync` claims it first. */
export async function askForSync(
  sql: Sql,
  workspaceId: string,
  sync: { readonly numberId: string; readonly kind: SyncKind },
): Promise<void> {
  const { numberId, kind } = sync
  const place = { queue: `sync:${numberId}`, key: `sync:${numberId}:${kind}` }
  await addJob(sql, SYNC_JOB, { workspaceId, numberId, kind }, place)
}

/**
 * Asks Meta for contacts or history. Meta takes each request once per onboarding: the claim is committed before the
 * call, and given back only when the call surely did not happen. `again` then.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export async function requestSync(
  deps: RequestSyncDeps,
  workspaceId: string,
  sync: { readonly numberId: string; readonly kind: SyncKind },
): Promise<'done' | 'again'> {
  const { numberId, kind } = sync
  const access = await deps.openAccess(workspaceId, numberId)
  if (access === null) return 'done'
  const now = new Date(deps.clock.nowMs())
  const claimed = await change(deps, workspaceId, numberId, (sql) =>
    claimSync(sql, workspaceId, numberId, { kind, now }),
  )
  if (!claimed) return 'done'
  const answer = await deps.graph.requestSync(access.token, access.phoneNumberId, SYNC_TYPE[kind])
  if (answer.kind === 'ok') {
    const { requestId } = answer.value
    await change(deps, workspaceId, numberId, async (sql) => {
      await putSyncRequest(sql, workspaceId, numberId, { kind, requestId })
      return true
    })
    return 'done'
  }
  const refusal = readRefusal(answer)
  await change(deps, workspaceId, numberId, async (sql) => {
    await putSyncRefusal(sql, workspaceId, numberId, { kind, now, ...refusal })
    return true
  })
  return refusal.again ? 'again' : 'done'
}

/** What an answer other than "accepted" means for the one request there is. */
export function readRefusal(answer: Exclude<GraphAnswer<unknown>, { kind: 'ok' }>): {
  readonly state: SyncState
  readonly again: boolean
  readonly error: SyncError
} {
  if (answer.kind !== 'error') {
    const error: SyncError = { code: null, title: answer.detail, traceId: null }
    // Unclear: it may have been accepted: what comes, or does not come, will show.
    return answer.kind === 'unclear'
      ? { state: 'asked', again: false, error }
      : { state: 'not_asked', again: true, error }
  }
  const { code, title, traceId } = answer.error
  const error: SyncError = { code, title, traceId }
  if (code === 2593108) return { state: 'too_late', again: false, error }
  if (code === 2593107) return { state: 'used_up', again: false, error }
  const { action } = graphErrorRule(code)
  return { state: 'not_asked', again: action === 'retry' || action === 'wait', error }
}

async function change(
  deps: Pick<RequestSyncDeps, 'database' | 'clock' | 'publish' | 'readNumber'>,
  workspaceId: string,
  numberId: string,
  work: (sql: Sql) => Promise<boolean>,
): Promise<boolean> {
  const { changed, rows } = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const changed = await work(sql)
    if (changed) await holdFeed(sql, workspaceId)
    const number = changed ? await deps.readNumber(sql, workspaceId, numberId) : null
    if (number === null) return { changed, rows: [] }
    return {
      changed,
      rows: await appendEvents(sql, workspaceId, deps.clock.nowMs(), [{ type: 'number.changed', number }]),
    }
  })
  deps.publish(workspaceId, rows)
  return changed
}
