import type { MessageFile } from '../../contract/message-file.ts'
import { appendEvents, joinProjection, type PublishRows } from '../inbox/append.ts'
import { messageView } from '../inbox/view.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import type { KeptFile } from './fetch-plan.ts'
import { type DueFetch, deleteFetch, lockFiledMessage, putMediaFile, putMessageFile } from './media-fetch-store.ts'

export interface SettleFileDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
}

/** Writes what became of a fetch, for all who look at the message. Of a message that was deleted meanwhile nothing is kept. */
export async function settleFile(
  deps: SettleFileDeps,
  workspaceId: string,
  fetch: DueFetch,
  outcome: KeptFile | Extract<MessageFile, { state: 'missing' }>,
): Promise<void> {
  await changeFile(deps, workspaceId, fetch.messageId, async (sql, deleted) => {
    await deleteFetch(sql, workspaceId, fetch)
    if (deleted) return undefined
    if (outcome.state === 'missing') return outcome
    await putMediaFile(sql, workspaceId, outcome, new Date(deps.clock.nowMs()))
    const { thumbBytes: _kept, ...file } = outcome
    return file
  })
}

/**
 * Changes the file of a message in one transaction, and tells of it. `decide` gives the file as it is then; `undefined`
 * leaves it. The message is locked first, as everywhere.
 */
export async function changeFile(
  deps: SettleFileDeps,
  workspaceId: string,
  messageId: string,
  decide: (sql: Sql, deleted: boolean, before: MessageFile | null) => Promise<MessageFile | null | undefined>,
): Promise<void> {
  const nowMs = deps.clock.nowMs()
  const rows = await inWorkspace(deps.database, workspaceId, async (sql) => {
    await joinProjection(sql, workspaceId)
    const message = await lockFiledMessage(sql, workspaceId, messageId)
    const gone = message === null || message.row.deletedAtMs !== null
    const file = await decide(sql, gone, message?.row.file ?? null)
    if (message === null || file === undefined) return []
    await putMessageFile(sql, workspaceId, messageId, file)
    const view = messageView({ ...message.row, file }, message.quoted)
    return appendEvents(sql, workspaceId, nowMs, [{ type: 'message.changed', message: view, conversation: null }])
  })
  deps.publish(workspaceId, rows)
}
