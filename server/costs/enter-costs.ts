import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import { comeLine, type LedgerTerms, phoneLine, sentLine } from './ledger-lines.ts'
import { ENTRIES_MAX, type Looking, readCome, readFirstAt, readSent, readWritten } from './ledger-read-store.ts'
import type { ComeFacts } from './ledger-rows.ts'
import { dropFailed, holdLedger, markStale, moveLines, putLines, putLooked, readConversations } from './ledger-store.ts'
import { readFreeSoFar } from './month-store.ts'
import { readTerms } from './read-terms.ts'
import { putVolumes, readVolumes } from './volume-store.ts'

/** Every minute it looks so far back; what comes later than that is found when it looks far back. Milliseconds. */
const NEAR_MS = 60 * 60 * 1000
/** Meta repeats a webhook for seven days; a day more for clocks and waiting. Milliseconds. */
const FAR_MS = 8 * 24 * 60 * 60 * 1000
/** So much is looked at in one go. Milliseconds. */
const SLICE_MS = 24 * 60 * 60 * 1000
/** An estimate is made at the time or not at all: later it would know more than whoever sent. Milliseconds. */
const ESTIMATE_WITHIN_MS = 24 * 60 * 60 * 1000
/** Meta tries for 30 days to deliver a message. Milliseconds. */
const OPEN_MS = 31 * 24 * 60 * 60 * 1000

export interface EnterCostsDeps {
  readonly database: Database
  readonly clock: Clock
}

/**
 * Brings the ledger up to date: a line for each message of ours that went out, with our estimate; for each that has come, with
 * Meta's word; for each of the phone. Gives how many lines were written or taken away. What is entered is entered once, so that
 * it may be run as often as one likes, and by several at once.
 */
export async function enterCosts({ database, clock }: EnterCostsDeps, workspaceId: string): Promise<number> {
  const now = new Date(clock.nowMs())
  const { from, far } = await inWorkspace(database, workspaceId, (sql) => lookBack(sql, workspaceId, now.getTime()))
  const estimateFrom = new Date(Math.max(from.getTime(), now.getTime() - ESTIMATE_WITHIN_MS))
  const tasks = [
    ...slicesOf(estimateFrom, now).map((slice) => ({ slice, enter: enterSent })),
    ...slicesOf(from, now).map((slice) => ({ slice, enter: enterWritten })),
    ...slicesOf(from, now).map((slice) => ({ slice, enter: enterCome })),
  ]
  let changed = 0
  for (const { slice, enter } of tasks) {
    for (let next: Date | null = slice.from; next !== null; ) {
      const page = await enterPage(database, workspaceId, { ...slice, from: next }, enter)
      changed += page.length
      next = page.length === ENTRIES_MAX ? (page.at(-1)?.readAt ?? null) : null
    }
  }
  return inWorkspace(database, workspaceId, async (sql) => {
    if (far) await putLooked(sql, workspaceId, now)
    return changed + (await dropFailed(sql, workspaceId, new Date(now.getTime() - OPEN_MS)))
  })
}

/** From when on to look: everything the first time, far back once an hour. */
async function lookBack(sql: Sql, workspaceId: string, nowMs: number): Promise<{ from: Date; far: boolean }> {
  const { lookedAt } = await holdLedger(sql, workspaceId)
  if (lookedAt === null) return { from: (await readFirstAt(sql, workspaceId)) ?? new Date(nowMs), far: true }
  const far = Math.abs(nowMs - lookedAt.getTime()) >= NEAR_MS
  return { from: new Date(nowMs - (far ? FAR_MS : NEAR_MS)), far }
}

type Slice = Pick<Looking, 'from' | 'to'>

/** A day at a time, so that a page never sorts more than a day; the last one has no end. */
function slicesOf(from: Date, now: Date): Slice[] {
  const slices: Slice[] = []
  let start = from.getTime()
  for (; start + SLICE_MS < now.getTime(); start += SLICE_MS)
    slices.push({ from: new Date(start), to: new Date(start + SLICE_MS) })
  return [...slices, { from: new Date(start), to: null }]
}

type Enter = (sql: Sql, workspaceId: string, terms: LedgerTerms, looking: Looking) => Promise<Page>

function enterPage(database: Database, workspaceId: string, slice: Slice, enter: Enter): Promise<Page> {
  return inWorkspace(database, workspaceId, async (sql) => {
    await holdLedger(sql, workspaceId)
    const terms = await readTerms(sql, workspaceId)
    return enter(sql, workspaceId, terms, { ...slice, timeZone: terms.settings.timeZone })
  })
}

/** What was entered of a page, in the order in which it is read. */
type Page = readonly { readonly readAt: Date }[]

async function enterSent(sql: Sql, workspaceId: string, terms: LedgerTerms, looking: Looking): Promise<Page> {
  const { currency, timeZone } = terms.settings
  const sent = await readSent(sql, workspaceId, looking)
  const months = [...new Set(sent.map(({ day }) => day.slice(0, '2026-11'.length)))].sort()
  if (months[0] === undefined) return sent
  const volumes = await readVolumes(sql, workspaceId, months[0])
  const freeUsed = await readFreeSoFar(sql, workspaceId, months, timeZone)
  const lines = sent.map((one) => sentLine(one, terms, { volumes, freeUsed }))
  await putLines(sql, workspaceId, currency, lines)
  return sent
}

async function enterWritten(sql: Sql, workspaceId: string, terms: LedgerTerms, looking: Looking): Promise<Page> {
  const written = await readWritten(sql, workspaceId, looking)
  const lines = written.map((one) => phoneLine(one, terms))
  await putLines(sql, workspaceId, terms.settings.currency, lines)
  return written
}

async function enterCome(sql: Sql, workspaceId: string, terms: LedgerTerms, looking: Looking): Promise<Page> {
  const { currency } = terms.settings
  const come = await readCome(sql, workspaceId, looking)
  const first = come[0]
  if (first === undefined) return come
  const fresh = come.filter(({ enteredDay }) => enteredDay === null)
  const refs = fresh.flatMap(({ conversationRef }) => conversationRef ?? [])
  const state = {
    ...{ cards: terms.cards, currency, terms: terms.account },
    volumes: await readVolumes(sql, workspaceId, first.day.slice(0, '2026-11'.length)),
    conversations: await readConversations(sql, workspaceId, refs),
  }
  const lines = fresh.map((one) => comeLine(one, state))
  await putLines(sql, workspaceId, currency, lines)
  await putVolumes(sql, workspaceId, state.volumes)
  await moveEarlier(sql, workspaceId, come)
  return come
}

/** Of a message that came earlier than was known the day is set right; in another month its price may be another too. */
async function moveEarlier(sql: Sql, workspaceId: string, come: readonly ComeFacts[]): Promise<void> {
  const moved = come.filter(({ enteredDay }) => enteredDay !== null)
  await moveLines(sql, workspaceId, moved)
  const other = moved.filter(({ day, enteredDay }) => day.slice(0, '2026-11'.length) !== enteredDay?.slice(0, 7))
  const earliest = other.map(({ day }) => day).sort()[0]
  if (earliest !== undefined) await markStale(sql, workspaceId, earliest)
}
