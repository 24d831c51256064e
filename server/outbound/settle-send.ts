import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { MessageType } from '../../contract/message-content.ts'
import { isWindowRefusal } from '../../contract/reply-window.ts'
import { appendAndCommit, inProjection, type PublishRows } from '../inbox/append.ts'
import { storableJson } from '../inbox/canonical-json.ts'
import { foldWaiting } from '../inbox/decide.ts'
import { foldCopy, foldDelivery } from '../inbox/fold-message.ts'
import type { MessageRow } from '../inbox/rows.ts'
import { messageView } from '../inbox/view.ts'
import { queueCheck } from '../numbers/state-store.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import { backOffOf, type Wait } from './back-off.ts'
import { findAllQuoted, refreshLines } from './claim-store.ts'
import { endRefusals, holdPair, holdUntilDelivered, pauseNumber } from './pace-store.ts'
import type { SendVerdict } from './send-outcome.ts'
import { noteWindowRefusals, readSendPlace } from './send-store.ts'
import {
  type CalledMessage,
  deleteMessage,
  findByWamid,
  findSending,
  lockCalled,
  moveLast,
  writeOutcomes,
  writeSend,
} from './settle-store.ts'

export interface SettleDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
}

/** WhatsApp may show a text before a file that was sent first; so the next message waits for the file, and no longer than this. */
const FILE_WAIT_MS = 10_000
const FILES: ReadonlySet<MessageType> = new Set(['image', 'video', 'audio', 'document', 'sticker'])

/** Serialisation failures and deadlocks of PostgreSQL: the same transaction may simply be run again. */
const AGAIN = new Set(['40001', '40P01'])
const TRIES_MAX = 5

/** What became of the call for one message. */
export interface Called {
  readonly messageId: string
  readonly verdict: SendVerdict
  /** Meta had refused for a while what went before it: its taking this one ends that. */
  readonly afterRefusals: boolean
}

/** Settles the call for one message in a transaction of its own; gives who has to wait. */
export async function settleSend(
  deps: SettleDeps,
  workspaceId: string,
  messageId: string,
  verdict: SendVerdict,
): Promise<readonly Wait[]> {
  return againOnConflict(async () => {
    const nowMs = deps.clock.nowMs()
    const { rows, waits } = await inProjection(deps.database, workspaceId, async (sql) => {
      const called = [{ messageId, verdict, afterRefusals: true }]
      const { changed, waits } = await applyVerdicts(sql, workspaceId, called, nowMs)
      const events = await tellChanges(sql, workspaceId, changed)
      return { rows: await appendAndCommit(sql, workspaceId, nowMs, events), waits }
    })
    deps.publish(workspaceId, rows)
    return waits
  })
}

/** Runs a transaction again when it met another one. */
export async function againOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (tries >= TRIES_MAX || typeof code !== 'string' || !AGAIN.has(code)) throw error
    }
  }
}

/**
 * Marks as unconfirmed what was being sent before the instant `beforeMs` and has no answer: the process that waited for
 * it is gone. Gives how many there were.
 */
export async function settleLostSends(deps: SettleDeps, workspaceId: string, beforeMs: number): Promise<number> {
  const lost = await inWorkspace(deps.database, workspaceId, (sql) => findSending(sql, workspaceId, new Date(beforeMs)))
  for (const messageId of lost) await settleSend(deps, workspaceId, messageId, { kind: 'unconfirmed' })
  return lost.length
}

/**
 * Writes what became of calls, all of them together. Facts of Meta that came earlier stay: statuses may overtake the
 * answer, and an echo of the message may have made a row of its own, which then becomes this one. Gives the messages as
 * they are now, those that changed, and who has to wait.
 */
export async function applyVerdicts(
  sql: Sql,
  workspaceId: string,
  called: readonly Called[],
  nowMs: number,
): Promise<{ readonly changed: MessageRow[]; readonly waits: Wait[] }> {
  if (called.length === 0) return { changed: [], waits: [] }
  const wamidOf = ({ verdict }: Called) => (verdict.kind === 'accepted' ? verdict.wamid : null)
  const locked = await lockCalled(
    sql,
    workspaceId,
    called.map((one) => ({ messageId: one.messageId, wamid: wamidOf(one) })),
  )
  const byId = new Map(called.map((one) => [one.messageId, one]))
  const changed: MessageRow[] = []
  const outcomes: MessageRow[] = []
  const waits: Wait[] = []
  for (const one of locked) {
    const { verdict } = byId.get(one.message.id) as Called
    const after = await settled(sql, workspaceId, one, verdict, nowMs)
    if (after === one.message) continue
    changed.push(after)
    if (verdict.kind === 'again') waits.push(...(await waitBefore(sql, workspaceId, after, verdict)))
    if (isOutcomeAlone(one, after)) outcomes.push(after)
    else await writeSend(sql, workspaceId, after)
  }
  await writeOutcomes(sql, workspaceId, outcomes)
  await holdBehindFiles(sql, workspaceId, changed)
  const freed = changed.filter(({ id, delivery }) => delivery !== 'queued' && byId.get(id)?.afterRefusals === true)
  if (freed.length > 0) {
    const [numberIds, conversationIds] = [freed.map((row) => row.numberId), freed.map((row) => row.conversationId)]
    await endRefusals(sql, workspaceId, { numberIds, conversationIds })
  }
  return { changed, waits }
}

/** The events of messages that have changed, as JSON, each with the row of the list that changed with it. */
export async function tellChanges(sql: Sql, workspaceId: string, rows: readonly MessageRow[]): Promise<string[]> {
  if (rows.length === 0) return []
  const refused = rows.filter(({ error }) => isWindowRefusal(error)).map(({ conversationId }) => conversationId)
  const closed = await noteWindowRefusals(sql, workspaceId, refused)
  const conversations = new Map(await refreshLines(sql, workspaceId, rows))
  for (const id of closed.filter((one) => !conversations.has(one))) {
    const place = await readSendPlace(sql, workspaceId, id)
    if (place !== null) conversations.set(id, place.conversation)
  }
  const quoted = await findAllQuoted(sql, workspaceId, rows)
  return rows.map((row) => {
    const message = messageView(row, quoted.get(`${row.numberId} ${row.quote?.wamid}`) ?? null)
    const conversation = conversations.get(row.conversationId) ?? null
    return storableJson({ type: 'message.changed', message, conversation } satisfies InboxEvent)
  })
}

async function settled(
  sql: Sql,
  workspaceId: string,
  called: CalledMessage,
  verdict: SendVerdict,
  nowMs: number,
): Promise<MessageRow> {
  const { message: row, facts } = called
  switch (verdict.kind) {
    case 'accepted': {
      const known = row.wamid === verdict.wamid ? row : await giveWamid(sql, workspaceId, called, verdict.wamid)
      return foldWaiting(foldDelivery(known, { state: 'accepted', atMs: nowMs, error: null }), facts)
    }
    case 'failed':
      return foldDelivery(row, { state: 'failed', atMs: nowMs, error: verdict.error })
    case 'unconfirmed':
      return foldDelivery(row, { state: 'unconfirmed', atMs: nowMs, error: null })
    case 'again':
    case 'not_called':
      if (row.delivery !== 'sending') return row
      return { ...row, delivery: 'queued', deliveryAtMs: nowMs, error: null }
    default:
      return verdict satisfies never
  }
}

/** What was refused for now goes out after a wait of the number's or of the customer's, by what Meta said. */
async function waitBefore(
  sql: Sql,
  workspaceId: string,
  { numberId, conversationId }: MessageRow,
  { code, afterMs, doubtful }: Extract<SendVerdict, { kind: 'again' }>,
): Promise<Wait[]> {
  if (doubtful) await queueCheck(sql, workspaceId, numberId, { keyMode: 'preserve' })
  const { scope, waitMs } = backOffOf(code, afterMs)
  if (scope === 'pair') {
    return [{ numberId, conversationId, heldMs: await holdPair(sql, workspaceId, conversationId, waitMs) }]
  }
  const pausedMs = await pauseNumber(sql, workspaceId, numberId, waitMs)
  return pausedMs === null ? [] : [{ numberId, pausedMs }]
}

/** Whether nothing but its outcome changed in a message, as nearly always. */
function isOutcomeAlone({ message, hasEcho, facts }: CalledMessage, after: MessageRow): boolean {
  if (hasEcho || after.id !== message.id) return false
  return facts.edits.length + facts.deletes.length + facts.reactions.length === 0
}

async function holdBehindFiles(sql: Sql, workspaceId: string, rows: readonly MessageRow[]): Promise<void> {
  for (const { content, conversationId, wamid, delivery } of rows) {
    if (!FILES.has(content.type) || wamid === null || !(delivery === 'accepted' || delivery === 'sent')) continue
    await holdUntilDelivered(sql, workspaceId, { conversationId, wamid, waitMs: FILE_WAIT_MS })
  }
}

/** The row that carries this wamid from now on: ours, or the one that an echo made before we knew the wamid. */
async function giveWamid(
  sql: Sql,
  workspaceId: string,
  { message: own, hasEcho }: CalledMessage,
  wamid: string,
): Promise<MessageRow> {
  const echo = hasEcho ? await findByWamid(sql, workspaceId, own.numberId, wamid) : null
  if (echo === null) return { ...own, wamid }
  await deleteMessage(sql, workspaceId, own.id)
  await moveLast(sql, workspaceId, { conversationId: own.conversationId, fromId: own.id, toId: echo.id })
  // Browsers know both rows, by id and by client id; the one event replaces both.
  return { ...foldCopy(echo, own), clientId: own.clientId, memberId: own.memberId, againOf: own.againOf ?? null }
}
