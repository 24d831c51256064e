import type { ErrorCode } from '../../contract/error-codes.ts'
import { canSend } from '../../contract/number.ts'
import { isReplyWindowOpen, windowOpenedAtMs } from '../../contract/reply-window.ts'
import { REACTION_WITHIN_MS } from '../../contract/send-limits.ts'
import { appendEvents, inProjection } from '../inbox/append.ts'
import { foldReaction } from '../inbox/fold-message.ts'
import { REACTION_MARK } from '../inbox/own-marks.ts'
import type { MessageRow } from '../inbox/rows.ts'
import { messageView } from '../inbox/view.ts'
import { readWorkspace, type Sql } from '../platform/db.ts'
import { composeReaction } from '../whatsapp/compose.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import { putOwnReaction } from './reaction-store.ts'
import { refusalOf } from './refusal-of-state.ts'
import { findQuoted, readSendPlace, readSendTarget, type SendTarget } from './send-store.ts'
import type { SettleDeps } from './settle-send.ts'
import { findMessage, lockMessage, writeSend } from './settle-store.ts'

export interface ReactionDeps extends SettleDeps {
  /** `POST /<PHONE_ID>/messages`. */
  readonly post: (token: string, phoneNumberId: string, body: unknown) => Promise<GraphAnswer<{ wamid: string }>>
  /** Opens the sealed token of a number. */
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

export type ReactionOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }

/**
 * Reacts to a message for our side, or takes it back (`emoji` is `null`). Meta is asked before anything is written: a reaction
 * that came twice is one, so whoever got no answer may simply ask again.
 */
export async function sendReaction(
  deps: ReactionDeps,
  workspaceId: string,
  messageId: string,
  emoji: string | null,
): Promise<ReactionOutcome> {
  const ready = await readWorkspace(deps.database, workspaceId, (sql) =>
    placeOf(sql, workspaceId, messageId, deps.clock.nowMs()),
  )
  if ('code' in ready) return { ok: false, code: ready.code }
  const { target, wamid, sealedToken } = ready
  const body = composeReaction({ phone: target.contact.phone, userId: target.contact.userId }, wamid, {
    emoji,
    callbackData: `${REACTION_MARK}${messageId}`,
  })
  if (body === null) return { ok: false, code: 'reaction_refused' }
  const token = deps.openToken(workspaceId, target.numberId, sealedToken)
  const answer = await deps.post(token, target.phoneNumberId, body)
  if (answer.kind === 'error') {
    const { code, title, traceId } = answer.error
    return { ok: false, code: 'meta_refused', details: { code, title, traceId } }
  }
  if (answer.kind !== 'ok') return { ok: false, code: 'graph_unreachable' }
  await note(deps, workspaceId, messageId, { emoji, wamid: answer.value.wamid })
  return { ok: true }
}

type Ready = { readonly target: SendTarget; readonly wamid: string; readonly sealedToken: Buffer }

async function placeOf(
  sql: Sql,
  workspaceId: string,
  messageId: string,
  nowMs: number,
): Promise<Ready | { readonly code: ErrorCode }> {
  const row = await findMessage(sql, workspaceId, messageId)
  if (row === null) return { code: 'not_found' }
  const place = await readSendPlace(sql, workspaceId, row.conversationId)
  const target = await readSendTarget(sql, workspaceId, row.conversationId)
  if (place === null || target === null) return { code: 'not_found' }
  if (!canSend(place.numberState)) return { code: refusalOf(place.numberState) }
  const tooOld = nowMs - row.sentAtMs >= REACTION_WITHIN_MS
  if (row.wamid === null || row.deletedAtMs !== null || tooOld) return { code: 'reaction_refused' }
  if (!isReplyWindowOpen(windowOpenedAtMs(place.conversation), nowMs)) return { code: 'reply_window_closed' }
  if (target.sealedToken === null) return { code: 'number_not_sending' }
  return { target, wamid: row.wamid, sealedToken: target.sealedToken }
}

/** Meta tells nobody of a reaction that was sent through it, so it is noted here, as one from the phone would be. */
async function note(
  deps: ReactionDeps,
  workspaceId: string,
  messageId: string,
  reacted: { readonly emoji: string | null; readonly wamid: string },
): Promise<void> {
  const nowMs = deps.clock.nowMs()
  const rows = await inProjection(deps.database, workspaceId, async (sql) => {
    const before = await lockMessage(sql, workspaceId, messageId)
    if (before === null || before.wamid === null) return []
    const reaction = { by: 'business', atMs: nowMs, ...reacted } as const
    await putOwnReaction(sql, workspaceId, { ...reaction, numberId: before.numberId, targetWamid: before.wamid })
    const after: MessageRow = foldReaction(before, reaction)
    if (after === before) return []
    await writeSend(sql, workspaceId, after)
    const quoted = after.quote === null ? null : await findQuoted(sql, workspaceId, after.numberId, after.quote.wamid)
    return appendEvents(sql, workspaceId, nowMs, [
      { type: 'message.changed', message: messageView(after, quoted), conversation: null },
    ])
  })
  deps.publish(workspaceId, rows)
}
