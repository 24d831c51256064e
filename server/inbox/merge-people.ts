import type { ErrorCode } from '../../contract/error-codes.ts'
import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, type Sql, transaction } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { appendEvents, type PublishRows } from './append.ts'
import { mergeEvents, unmergeEvents } from './merge-events.ts'
import { mergeContacts, readStanding } from './merge-store.ts'
import { lockProjection } from './projection-lock-store.ts'
import { lockMerge, unmergeContacts } from './unmerge-store.ts'

export interface MergeDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly publish: PublishRows
}

export interface MergeMember {
  readonly workspaceId: string
  readonly memberId: string
}

export type MergeOutcome =
  | { readonly ok: true; readonly mergeId: string; readonly contactId: string }
  | { readonly ok: false; readonly code: ErrorCode }

/**
 * A member says that two contacts are one person. The older one stays; `not_found` when one of them is not there or went
 * up in another already. The feed tells every browser which conversation went up in which.
 */
export function mergePeople(
  deps: MergeDeps,
  { workspaceId, memberId }: MergeMember,
  contactIds: readonly [string, string],
): Promise<MergeOutcome> {
  return alone(deps, workspaceId, async (sql, nowMs) => {
    if ((await readStanding(sql, workspaceId, contactIds)).length < 2)
      return { outcome: { ok: false, code: 'not_found' } }
    const mergeId = deps.ids.next()
    const why = { cause: 'member', memberId, nowMs, nextId: () => mergeId } as const
    const merged = await mergeContacts(sql, workspaceId, contactIds, why)
    return { outcome: { ok: true, mergeId, contactId: merged.contact.id }, events: mergeEvents(merged) }
  })
}

/**
 * Takes a member's merge back. Codes: `not_found`; `merge_proved` when Meta named both as one; `merge_built_on` when a
 * later merge has to be undone first. An undone one stays so.
 */
export function undoMerge(
  deps: MergeDeps,
  { workspaceId, memberId }: MergeMember,
  mergeId: string,
): Promise<MergeOutcome> {
  return alone(deps, workspaceId, async (sql, nowMs) => {
    const merge = await lockMerge(sql, workspaceId, mergeId)
    if (merge === null) return { outcome: { ok: false, code: 'not_found' } }
    const outcome = { ok: true, mergeId, contactId: merge.goneId } as const
    if (merge.undoneAtMs !== null) return { outcome }
    if (merge.cause === 'meta') return { outcome: { ok: false, code: 'merge_proved' } }
    if (merge.builtOn) return { outcome: { ok: false, code: 'merge_built_on' } }
    const unmerged = await unmergeContacts(sql, workspaceId, merge, { memberId, now: new Date(nowMs) })
    return { outcome, events: unmergeEvents(unmerged) }
  })
}

/** In a transaction during which nobody projects into the workspace; what it tells is published after the commit. */
async function alone(
  deps: MergeDeps,
  workspaceId: string,
  work: (sql: Sql, nowMs: number) => Promise<{ outcome: MergeOutcome; events?: readonly InboxEvent[] }>,
): Promise<MergeOutcome> {
  const nowMs = deps.clock.nowMs()
  const begin = (sql: Sql) => lockProjection(sql, workspaceId, 'alone')
  const { outcome, rows } = await transaction(deps.database, begin, async (sql) => {
    const { outcome, events = [] } = await work(sql, nowMs)
    return { outcome, rows: await appendEvents(sql, workspaceId, nowMs, events) }
  })
  if (rows.length > 0) deps.publish(workspaceId, rows)
  return outcome
}
