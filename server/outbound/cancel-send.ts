import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { DoubtAnswer, Message } from '../../contract/message.ts'
import { type AppendedRow, appendEvents, inProjection } from '../inbox/append.ts'
import type { MessageRow } from '../inbox/rows.ts'
import { messageView } from '../inbox/view.ts'
import { inWorkspace, type Sql } from '../platform/db.ts'
import { readSendSetting } from './send-setting-store.ts'
import { findQuoted, refreshLast } from './send-store.ts'
import type { SettleDeps } from './settle-send.ts'
import { findExpired, lockMessage, writeDoubt, writeSend } from './settle-store.ts'

export type ChangedSend =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly code: 'not_found' | 'already_sent' }

/** Takes back a message that has not been given to Meta. */
export function cancelSend(deps: SettleDeps, workspaceId: string, messageId: string): Promise<ChangedSend> {
  return change(deps, workspaceId, messageId, (row) =>
    isWaiting(row) ? ended(row, 'cancelled', deps.clock.nowMs()) : null,
  )
}

/**
 * What a person decides about a message of which nobody knows whether it went out, once Meta has had its time to say so:
 * `again`: they write it once more, at the risk that it comes twice; `leave`: they do not. One of them, once.
 */
export async function answerDoubt(
  deps: SettleDeps,
  workspaceId: string,
  messageId: string,
  answer: DoubtAnswer,
): Promise<ChangedSend> {
  const { askAfterMinutes } = await inWorkspace(deps.database, workspaceId, (sql) => readSendSetting(sql, workspaceId))
  const askedFromMs = deps.clock.nowMs() - askAfterMinutes * 60_000
  return change(deps, workspaceId, messageId, (row) => {
    if (row.delivery !== 'unconfirmed' || row.doubt != null || (row.deliveryAtMs ?? 0) > askedFromMs) return null
    return { ...row, doubt: answer }
  })
}

/** Ends what was to go out by now and has not, whatever it waits for. */
export async function expireSends(deps: SettleDeps, workspaceId: string): Promise<void> {
  const now = new Date(deps.clock.nowMs())
  const expired = await inWorkspace(deps.database, workspaceId, (sql) => findExpired(sql, workspaceId, now))
  for (const messageId of expired) {
    await change(deps, workspaceId, messageId, (row) => (isWaiting(row) ? ended(row, 'expired', now.getTime()) : null))
  }
}

function isWaiting(row: MessageRow): boolean {
  return row.delivery === 'queued' && row.wamid === null
}

function ended(row: MessageRow, delivery: 'cancelled' | 'expired', nowMs: number): MessageRow {
  return { ...row, delivery, deliveryAtMs: nowMs, error: null }
}

async function change(
  deps: SettleDeps,
  workspaceId: string,
  messageId: string,
  decide: (row: MessageRow) => MessageRow | null,
): Promise<ChangedSend> {
  const nowMs = deps.clock.nowMs()
  const { outcome, rows } = await inProjection(deps.database, workspaceId, async (sql) => {
    const before = await lockMessage(sql, workspaceId, messageId)
    if (before === null) return refused('not_found')
    const after = decide(before)
    return after === null ? refused('already_sent') : write(sql, workspaceId, after, nowMs)
  })
  deps.publish(workspaceId, rows)
  return outcome
}

interface Changed {
  readonly outcome: ChangedSend
  readonly rows: readonly AppendedRow[]
}

async function write(sql: Sql, workspaceId: string, row: MessageRow, nowMs: number): Promise<Changed> {
  await writeSend(sql, workspaceId, row)
  if (row.doubt != null) await writeDoubt(sql, workspaceId, row.id, row.doubt)
  const conversation = await refreshLast(sql, workspaceId, row)
  const quoted = row.quote === null ? null : await findQuoted(sql, workspaceId, row.numberId, row.quote.wamid)
  const message = messageView(row, quoted)
  const event: InboxEvent = { type: 'message.changed', message, conversation }
  return { outcome: { ok: true, message }, rows: await appendEvents(sql, workspaceId, nowMs, [event]) }
}

function refused(code: 'not_found' | 'already_sent'): Changed {
  return { outcome: { ok: false, code }, rows: [] }
}
