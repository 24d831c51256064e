import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { BusinessNumber } from '../../contract/number.ts'
import { type Sql, together, transaction } from '../platform/db.ts'
import { type AppendedRow, appendAndCommit, holdFeed, type PublishRows } from './append.ts'
import { storableJson } from './canonical-json.ts'
import type { Fact, OnNumber } from './draft.ts'
import { countUnrecognised, type NewNotice, writeNotices, writeUnrecognised } from './notice-store.ts'
import { latestSign, type PhoneSign } from './phone-sign.ts'
import { projectPayments } from './project-payments.ts'
import { MustBeAlone, projectThreads, type ThreadProjection } from './project-threads.ts'
import { lockProjection } from './projection-lock-store.ts'
import { deleteQueued } from './queue-store.ts'
import { type NumberFacts, type SortedFacts, sortFacts } from './sort-facts.ts'
import { writeContactsProgress, writeHistoryChunks, writeHistoryDecline, writeSigns } from './sync-write-store.ts'
import { WriteConflict } from './write-store.ts'

/** How often a batch is tried when other processes write the same things at the same time. */
const ATTEMPTS_MAX = 8
/** From this attempt on nobody else projects into the workspace meanwhile, so that it must succeed. */
const ALONE_FROM_ATTEMPT = 3

/** PostgreSQL's codes for "somebody else was there": deadlock, serialisation, unique key, lock not available. */
const RETRYABLE = new Set(['40P01', '40001', '23505', '55P03'])

export interface Projection extends ThreadProjection {
  readonly publish: PublishRows
  /** Told of live messages before they are written: they count against what the number may send. */
  readonly heard: (numberId: string, messages: number) => void
  /** A number as readers see it, for the feed; `null` when it is gone. */
  readonly readNumber: (sql: Sql, workspaceId: string, numberId: string) => Promise<BusinessNumber | null>
  /** Queues what new notices set off, in the same transaction. */
  readonly reactToNotices: (sql: Sql, workspaceId: string, notices: readonly NewNotice[]) => Promise<void>
  /** Notes, in the same transaction, messages that came with a file; `wakeFiles` is told after the commit. */
  readonly reactToFiles: (sql: Sql, workspaceId: string, messageIds: readonly string[], nowMs: number) => Promise<void>
  readonly wakeFiles: (workspaceId: string) => void
}

/** Facts of one workspace that are projected together. */
export interface WorkspaceBatch {
  readonly workspaceId: string
  /** By number; `null` for what concerns the account as a whole. */
  readonly parts: readonly { readonly numberId: string | null; readonly facts: readonly Fact[] }[]
  /** Deliveries that are done with this batch: they leave the queue in the same transaction. */
  readonly queueIds: readonly string[]
}

/** Deliveries of this batch were projected by another process: what they said is there. */
export class AlreadyProjected extends Error {}

/**
 * Turns facts into rows and events in one transaction, and publishes the events after the commit. May be called again
 * with the same facts: nothing is doubled. Throws what the database throws when the batch cannot be written.
 */
export async function projectBatch(deps: Projection, batch: WorkspaceBatch): Promise<void> {
  tellHeard(deps, batch)
  let alone = false
  for (let attempt = 1; ; attempt++) {
    try {
      const { rows, files } = await inTransaction(deps, batch, alone || attempt >= ALONE_FROM_ATTEMPT)
      if (rows.length > 0) deps.publish(batch.workspaceId, rows)
      if (files) deps.wakeFiles(batch.workspaceId)
      return
    } catch (error) {
      if (error instanceof MustBeAlone) alone = true
      else if (!isRetryable(error) || attempt >= ATTEMPTS_MAX) throw error
    }
  }
}

/**
 * Customers' messages and the phone's use the same messages a second as ours. Imported ones do not, and calls are none.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
 */
function tellHeard({ heard }: Projection, { parts }: WorkspaceBatch): void {
  for (const { numberId, facts } of parts) {
    const live = facts.filter(
      ({ event }) =>
        event.type === 'channel.message' &&
        (event.via === 'live' || event.via === 'echo') &&
        event.content.type !== 'call',
    )
    if (numberId !== null && live.length > 0) heard(numberId, live.length)
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof WriteConflict || RETRYABLE.has(String((error as { code?: unknown }).code))
}

interface Projected {
  readonly rows: AppendedRow[]
  /** Files are to be fetched. */
  readonly files: boolean
}

async function inTransaction(deps: Projection, batch: WorkspaceBatch, alone: boolean): Promise<Projected> {
  const { workspaceId, queueIds } = batch
  const begin = (sql: Sql) => lockProjection(sql, workspaceId, alone ? 'alone' : 'shared')
  return transaction(deps.database, begin, async (sql) => {
    const events: string[] = []
    const filed: string[] = []
    const how: How = { alone, filed, signs: [], changedNumbers: new Set(), counted: false }
    events.push(...(await projectParts(deps, sql, workspaceId, [...batch.parts].sort(byNumber), how)))
    const nowMs = deps.clock.nowMs()
    if (filed.length > 0) await deps.reactToFiles(sql, workspaceId, filed, nowMs)
    const [signed, left] = await together(writeSigns(sql, workspaceId, how.signs), deleteQueued(sql, queueIds))
    for (const numberId of signed) how.changedNumbers.add(numberId)
    if (left < queueIds.length) throw new AlreadyProjected('Deliveries of this batch have left the queue already')
    events.push(...(await describeWholes(deps, sql, workspaceId, how)))
    return { rows: await appendAndCommit(sql, workspaceId, nowMs, events), files: filed.length > 0 }
  })
}

interface How {
  readonly alone: boolean
  /** Takes the messages whose files are to be fetched. */
  readonly filed: string[]
  /** Takes the latest sign of life of each number's phone. */
  readonly signs: OnNumber<PhoneSign>[]
  /** Numbers whose syncs moved on, or whose phone gave a sign of life. */
  readonly changedNumbers: Set<string>
  /** Something was not understood, and counted. */
  counted: boolean
}

async function projectParts(
  deps: Projection,
  sql: Sql,
  workspaceId: string,
  parts: WorkspaceBatch['parts'],
  how: How,
): Promise<string[]> {
  const numbers: NumberFacts[] = []
  for (const { numberId, facts } of parts) {
    const sorted = sortFacts(facts)
    const notices = await writeNotices(sql, workspaceId, numberId, sorted.notices)
    if (notices.length > 0) await deps.reactToNotices(sql, workspaceId, notices)
    if ((await writeUnrecognised(sql, workspaceId, numberId, sorted.unrecognised)) > 0) how.counted = true
    if (numberId === null) continue
    numbers.push({ numberId, facts: sorted })
    const sign = latestSign(facts)
    if (sign !== null) how.signs.push({ ...sign, numberId })
  }
  const { events, filed } = await projectThreads(deps, sql, workspaceId, numbers, how.alone)
  how.filed.push(...filed)
  events.push(...(await projectPayments(sql, workspaceId, numbers)))
  for (const { numberId, facts } of numbers) {
    if (await writeSyncs(sql, workspaceId, numberId, facts)) how.changedNumbers.add(numberId)
  }
  return events
}

/** Numbers in one order, whoever projects them: what is locked and written then has one order too. */
function byNumber(a: WorkspaceBatch['parts'][number], b: WorkspaceBatch['parts'][number]): number {
  return (a.numberId ?? '') < (b.numberId ?? '') ? -1 : 1
}

/** Views that others write parts of too: last, while nobody else can tell one. */
async function describeWholes(
  deps: Projection,
  sql: Sql,
  workspaceId: string,
  { changedNumbers, counted }: How,
): Promise<string[]> {
  if (changedNumbers.size === 0 && !counted) return []
  await holdFeed(sql, workspaceId)
  const events: InboxEvent[] = []
  for (const numberId of changedNumbers) {
    const number = await deps.readNumber(sql, workspaceId, numberId)
    if (number !== null) events.push({ type: 'number.changed', number })
  }
  if (counted) events.push({ type: 'unrecognised.counted', total: await countUnrecognised(sql, workspaceId) })
  return events.map(storableJson)
}

async function writeSyncs(sql: Sql, workspaceId: string, numberId: string, facts: SortedFacts): Promise<boolean> {
  let changed = await writeHistoryChunks(sql, workspaceId, numberId, facts.chunks)
  changed = (await writeHistoryDecline(sql, workspaceId, numberId, facts.declines)) || changed
  const names = facts.contacts.filter(({ event }) => event.action === 'add')
  if (names.length === 0) return changed
  const latestMs = Math.max(...names.map(({ atMs }) => atMs))
  return (await writeContactsProgress(sql, workspaceId, numberId, latestMs)) || changed
}
