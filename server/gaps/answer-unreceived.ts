import type { Message } from '../../contract/message.ts'
import { REPLY_WINDOW_MS } from '../../contract/reply-window.ts'
import { threadOwnerNow } from '../../contract/thread-owner.ts'
import type { AppendedRow, PublishRows } from '../inbox/append.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import { findUnreceived, putAnswered, type Unreceived } from './auto-answer-store.ts'
import { likelyLanguage } from './likely-language.ts'

/** The message itself follows its announcement within seconds, or never: before this nobody is told. */
export const ANSWER_AFTER_MS = 90 * 1000

/** Takes a message of a bot (`memberId` null) for sending, in the transaction `sql`; the rows are published after it. */
export type TakeMessage = (
  sql: Sql,
  request: {
    readonly workspaceId: string
    readonly memberId: null
    readonly conversationId: string
    readonly body: { readonly clientId: string; readonly content: { readonly type: 'text'; readonly body: string } }
  },
) => Promise<{
  readonly outcome: { readonly ok: true; readonly message: Pick<Message, 'id'> } | { readonly ok: false }
  readonly rows: readonly AppendedRow[]
}>

export interface AnswerUnreceivedDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
  readonly takeMessage: TakeMessage
}

/**
 * Tells customers, each once, that their message could not be received. The answer, its job and the note that this customer
 * was told are one transaction. What may not be sent (no reply window, number gone) is left, and looked at again.
 */
export async function answerUnreceived(deps: AnswerUnreceivedDeps, workspaceId: string): Promise<number> {
  const nowMs = deps.clock.nowMs()
  const between = { from: new Date(nowMs - REPLY_WINDOW_MS), until: new Date(nowMs - ANSWER_AFTER_MS) }
  const found = await readWorkspace(deps.database, workspaceId, (sql) => findUnreceived(sql, workspaceId, between))
  let answered = 0
  for (const one of found) {
    // Sending in a thread of another partner is refused.
    if (threadOwnerNow(one, nowMs)?.by === 'partner') continue
    if (await answer(deps, workspaceId, one, new Date(nowMs))) answered++
  }
  return answered
}

async function answer(deps: AnswerUnreceivedDeps, workspaceId: string, one: Unreceived, now: Date): Promise<boolean> {
  const body = likelyLanguage(one) === 'ar' ? one.textAr : one.textEn
  const { ok, rows } = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const { outcome, rows } = await deps.takeMessage(sql, {
      workspaceId,
      memberId: null,
      conversationId: one.conversationId,
      // The customer is the key: two processes at once take one message.
      body: { clientId: `auto-answer:${one.contactId}`, content: { type: 'text', body } },
    })
    if (outcome.ok) await putAnswered(sql, workspaceId, { ...one, answerId: outcome.message.id }, now)
    return { ok: outcome.ok, rows }
  })
  deps.publish(workspaceId, rows)
  return ok
}
