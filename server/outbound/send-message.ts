import type { SendMessageBody } from '../../contract/api/inbox.ts'
import type { PriceCategory } from '../../contract/costs.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { Message } from '../../contract/message.ts'
import { canSend } from '../../contract/number.ts'
import {
  type AppendedRow,
  appendAndCommit,
  appendEvents,
  inProjection,
  joinProjection,
  type PublishRows,
} from '../inbox/append.ts'
import { storableJson } from '../inbox/canonical-json.ts'
import { OWN_BASE_RANK, OWN_CONTENT_RANK } from '../inbox/fold-message.ts'
import type { MessageRow } from '../inbox/rows.ts'
import { messageView } from '../inbox/view.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Sql } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { isSameContent } from './own-content.ts'
import { noteRequest } from './payment-request-store.ts'
import { readContent } from './read-content.ts'
import { refusalOf } from './refusal-of-state.ts'
import { maySendAgain } from './send-again.ts'
import { NOBODY, noticeText } from './send-notice.ts'
import { planOf } from './send-plan.ts'
import { findByClientId, findQuoted, insertOwnMessage, readTaking } from './send-store.ts'
import { againOnConflict } from './settle-send.ts'
import { findMessage } from './settle-store.ts'

interface Costing {
  readonly conversationId: string
  readonly category: PriceCategory
  readonly nowMs: number
}

/** Whether a message may not be sent because it would cost and the budget is spent; its cost is set aside otherwise. */
export type IsCostStopped = (sql: Sql, workspaceId: string, asked: Costing) => Promise<boolean>

export interface SendDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly publish: PublishRows
  readonly isCostStopped: IsCostStopped
  /** Whether any budget stops anything. */
  readonly hasHardStop: (sql: Sql, workspaceId: string) => Promise<boolean>
  /** What sends in this process; others hear of a message from the database. */
  readonly sending: { readonly holder: string; readonly wake: (workspaceId: string, numberId: string) => void }
}

export interface SendRequest {
  readonly workspaceId: string
  /** `null`: no person wrote it, but a bot of ours. */
  readonly memberId: string | null
  readonly conversationId: string
  readonly body: SendMessageBody
}

export type SendOutcome =
  | { readonly ok: true; readonly created: boolean; readonly message: Message }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }

/**
 * Takes messages of members: rows, lines of the list and feed are one transaction, and what waits is sent from then on, so
 * that what was answered with 201 will be sent, once. The browser's `clientId` is the key: the same message again gives
 * the same message, another one under the same id is refused. Gives the outcomes in order. When one of them cannot be taken
 * for a reason of the database's, none is.
 */
export async function sendMessages(
  deps: SendDeps,
  workspaceId: string,
  requests: readonly SendRequest[],
): Promise<SendOutcome[]> {
  const { takes, rows } = await againOnConflict(() =>
    inProjection(deps.database, workspaceId, async (sql) => {
      // None waits for another's answer, so that they share round trips; what each writes comes in its order.
      const isStopped = oneByOne(deps, sql, workspaceId)
      const takes = await allOf(
        requests.map((request) => take(deps, sql, request, { by: deps.sending.holder, isStopped })),
      )
      const events = takes.flatMap(({ event }) => (event === null ? [] : [storableJson(event)]))
      return { takes, rows: await appendAndCommit(sql, workspaceId, deps.clock.nowMs(), events) }
    }),
  )
  deps.publish(workspaceId, rows)
  for (const { outcome } of takes) {
    if (outcome.ok && outcome.created) deps.sending.wake(workspaceId, outcome.message.numberId)
  }
  return takes.map(({ outcome }) => outcome)
}

/** Looks once whether any budget stops anything; if so, each message counts for the next. */
function oneByOne(
  { hasHardStop, isCostStopped }: Pick<SendDeps, 'hasHardStop' | 'isCostStopped'>,
  sql: Sql,
  workspaceId: string,
): IsStopped {
  let any: Promise<boolean> | null = null
  let last: Promise<unknown> = Promise.resolve()
  return async (asked) => {
    any ??= hasHardStop(sql, workspaceId)
    if (!(await any)) return false
    const stopped = last.then(() => isCostStopped(sql, workspaceId, asked))
    last = stopped
    return stopped
  }
}

/** Waits for all, also when one fails: nothing may be said on a connection whose transaction is over. */
async function allOf<T>(works: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works)
  return Promise.all(works)
}

export interface Taken {
  readonly outcome: SendOutcome
  /** To be published after the commit. */
  readonly rows: readonly AppendedRow[]
}

/** The same within a transaction of the caller's; nothing may be locked in it before. */
export async function takeMessage(
  deps: Pick<SendDeps, 'clock' | 'ids' | 'isCostStopped'>,
  sql: Sql,
  request: SendRequest,
): Promise<Taken> {
  const { workspaceId } = request
  await joinProjection(sql, workspaceId)
  const isStopped: IsStopped = (asked) => deps.isCostStopped(sql, workspaceId, asked)
  const { outcome, event, nowMs } = await take(deps, sql, request, { by: NOBODY, isStopped })
  return { outcome, rows: await appendEvents(sql, workspaceId, nowMs, event === null ? [] : [event]) }
}

interface Take {
  readonly outcome: SendOutcome
  readonly event: InboxEvent | null
  readonly nowMs: number
}

type IsStopped = (asked: Costing) => Promise<boolean>

async function take(
  deps: Pick<SendDeps, 'clock' | 'ids'>,
  sql: Sql,
  asked: SendRequest,
  { by, isStopped }: { readonly by: string; readonly isStopped: IsStopped },
): Promise<Take> {
  const { workspaceId, body } = asked
  const nowMs = deps.clock.nowMs()
  const refused = (code: ErrorCode): Take => ({ outcome: { ok: false, code }, event: null, nowMs })
  const known = (outcome: SendOutcome): Take => ({ outcome, event: null, nowMs })
  const { conversationId: askedId } = asked
  const taking = await readTaking(sql, workspaceId, { conversationId: askedId, clientId: body.clientId })
  if (taking === null) return refused('not_found')
  const { place } = taking
  // A browser may still know a conversation that has gone up in another one.
  const conversationId = place.conversation.id
  const { numberId } = place.conversation
  const request = { ...asked, conversationId }
  // Asked before everything else: a repeated request gets its message even when the window has closed meanwhile.
  if (taking.known !== null) return known(await repeat(sql, request, taking.known, numberId))
  if (!canSend(place.numberState)) return refused(refusalOf(place.numberState))
  const plan = planOf(body, nowMs, request.memberId === null ? 0 : taking.undoSeconds * 1_000)
  if (plan === 'impossible') return refused('send_time_past')
  const failed = body.againOf === undefined ? null : await findMessage(sql, workspaceId, body.againOf)
  if (body.againOf !== undefined && !maySendAgain(failed, conversationId)) return refused('already_sent')
  // The window has to be open when it goes out, too: nobody would be there to see the refusal.
  const goesOutAtMs = plan?.sendAtMs ?? nowMs
  const content = await readContent(sql, { workspaceId, content: body.content, place, nowMs, goesOutAtMs })
  if (!content.ok) return { outcome: content, event: null, nowMs }
  const cost = { conversationId, category: content.category, nowMs }
  const costConfirmed = body.costConfirmed === true
  if (!costConfirmed && (await isStopped(cost))) return refused('budget_spent')

  const row = { ...newRow(deps.ids.next(), request, numberId, nowMs), ...content.value, plan }
  const notice = noticeText({ by, what: 'waits', workspaceId, numberId })
  const inserted = await insertOwnMessage(sql, workspaceId, row, { now: new Date(nowMs), notice, costConfirmed })
  if (inserted === null) {
    // The same request is being taken twice at once, and the other one was first.
    const winner = await findByClientId(sql, workspaceId, body.clientId)
    // Or somebody else has sent the failed one again.
    if (winner === null && body.againOf !== undefined) return refused('already_sent')
    if (winner === null) throw new Error(`Client id ${body.clientId} is taken by a message nobody can see`)
    return known(await repeat(sql, request, winner, numberId))
  }
  const conversation = inserted.conversation ?? place.conversation
  const payment = await noteRequest(sql, workspaceId, row)
  const message = await view(sql, workspaceId, { ...row, payment })
  return {
    outcome: { ok: true, created: true, message },
    event: { type: 'message.added', message, conversation },
    nowMs,
  }
}

async function repeat(sql: Sql, request: SendRequest, known: MessageRow, numberId: string): Promise<SendOutcome> {
  if (!isSame(known, request) || known.numberId !== numberId) return { ok: false, code: 'client_id_reused' }
  return { ok: true, created: false, message: await view(sql, request.workspaceId, known) }
}

function isSame(known: MessageRow, { conversationId, memberId, body }: SendRequest): boolean {
  // The wording it was sent with: the phone may have edited it since.
  const content = known.versions?.[0]?.content ?? known.content
  return (
    known.conversationId === conversationId &&
    known.memberId === memberId &&
    isSameContent(content, body.content) &&
    (known.quote?.wamid ?? undefined) === body.quoteWamid &&
    (known.againOf ?? undefined) === body.againOf
  )
}

async function view(sql: Sql, workspaceId: string, row: MessageRow): Promise<Message> {
  const quoted = row.quote === null ? null : await findQuoted(sql, workspaceId, row.numberId, row.quote.wamid)
  return messageView(row, quoted)
}

function newRow(
  id: string,
  { conversationId, memberId, body }: SendRequest,
  numberId: string,
  nowMs: number,
): Omit<MessageRow, 'content' | 'file'> {
  return {
    id,
    conversationId,
    numberId,
    wamid: null,
    clientId: body.clientId,
    author: memberId === null ? 'bot' : 'agent',
    memberId,
    source: 'live',
    sentAtMs: nowMs,
    delivery: 'queued',
    deliveryAtMs: nowMs,
    error: null,
    quote: body.quoteWamid === undefined ? null : { wamid: body.quoteWamid },
    referral: null,
    forwarded: 0,
    reactions: null,
    versions: null,
    deletedAtMs: null,
    againOf: body.againOf ?? null,
    baseRank: OWN_BASE_RANK,
    contentRank: OWN_CONTENT_RANK,
  }
}
