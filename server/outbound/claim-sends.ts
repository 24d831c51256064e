import { canSend } from '../../contract/number.ts'
import type { MessageRow } from '../inbox/rows.ts'
import type { Sql } from '../platform/db.ts'
import { checkDueCosts, type DueCostDeps } from './check-due-costs.ts'
import { chooseSends } from './choose-sends.ts'
import { markSending, type NumberWork, readWork } from './claim-store.ts'
import { readMarketingRests } from './marketing-rest-store.ts'
import type { NumberLane } from './number-lane.ts'
import { limitOf } from './pace.ts'
import { addPaces, findBusy, HOLD_MS, takeLeases, writePairs } from './pace-store.ts'
import { openPlaces, takePlaces } from './place-store.ts'
import { needsPlace, type Places } from './places.ts'
import type { ClaimedSend } from './send-claimed.ts'
import type { SettleDeps } from './settle-send.ts'
import { lockMessage, writeSend } from './settle-store.ts'
import { mediaIdsOf, metaFileKey } from './upload-file.ts'

/** How far ahead, in milliseconds, calls are planned: an agent's message overtakes what is not planned yet. */
export const PLAN_AHEAD_MS = 250
/** What is looked at for one call, so that customers who wait for something of theirs leave others among them. */
const LOOKED_AT_MIN = 8
const LOOKED_AT_MAX = 200
/** Milliseconds: calls end this long before the number can be another process's, which then need not ask about them. */
const LEASE_MARGIN_MS = 1_000
/** A number is renewed when it is held for less than this. */
const RENEW_BELOW_MS = 1_500
/** How often, in milliseconds, something is looked at that waits for what nobody tells: a file's delivery, a full allowance. */
const BLOCKED_LOOK_MS = 1_000
/** Who holds a number renews the lease while it sends; the end of a lease is looked for no more often than this. */
const HELD_LOOK_MS = 100
/** How often a number that does not send is looked at while something waits for it. */
const NOT_SENDING_LOOK_MS = 10_000
/** For so long nobody new is tried once the messaging limit is used up: a place may be freed, or the limit raised. */
const FULL_MS_MIN = 1_000
const FULL_MS_MAX = 30_000
/** The clock may be moved: what is planned for later is looked at at least this often. */
const PLANNED_LOOK_MS = 30_000

export interface Claims {
  readonly sends: readonly ClaimedSend[]
  /** Messages that wait for their files to be given to Meta. */
  readonly handOver: readonly { readonly row: MessageRow; readonly number: NumberWork }[]
  /** All messages that changed. */
  readonly changed: readonly MessageRow[]
}

const NOTHING: Claims = { sends: [], handOver: [], changed: [] }

/**
 * Claims what can go out now of numbers, in one transaction for all of them: each message is marked as being sent before its
 * call, so that a crash leaves a mark and not a second message. Only what this process holds is looked at.
 */
export async function claimSends(
  deps: Pick<SettleDeps, 'clock'> & DueCostDeps & { readonly holder: string },
  sql: Sql,
  workspaceId: string,
  lanes: readonly NumberLane[],
): Promise<Claims> {
  if (lanes.length === 0) return NOTHING
  const steadyMs = performance.now()
  await holdLanes(sql, workspaceId, deps.holder, lanes, steadyMs)
  const ready = lanes.filter((lane) => isReady(lane, steadyMs))
  if (ready.length === 0) return NOTHING
  const nowMs = deps.clock.nowMs()
  const asked = ready.map((lane) => ({
    numberId: lane.numberId,
    room: Math.min(LOOKED_AT_MAX, LOOKED_AT_MIN + Math.ceil((2 * lane.perSecond * PLAN_AHEAD_MS) / 1_000)),
    blocked: lane.blocked(steadyMs),
    isFull: lane.fullUntilMs > steadyMs,
  }))
  const work = await readWork(sql, workspaceId, asked, new Date(nowMs))
  const rows = work.flatMap(({ waiting }) => waiting.map(({ message }) => message))
  const mediaIds = await mediaIdsOf(deps, sql, workspaceId, rows)
  const templates = rows.filter(({ content }) => content.type === 'template').map(({ id }) => id)
  const rests = await readMarketingRests(sql, workspaceId, templates, nowMs)
  const seekers = work.flatMap(({ waiting }) => waiting.filter((one) => needsPlace(one, nowMs)))
  const contactIds = seekers.map(({ contact }) => contact.id)
  const places = await openPlaces(sql, workspaceId, contactIds, nowMs)
  const laneOf = new Map(ready.map((lane) => [lane.numberId, lane]))
  const chosen = work.map((number) => {
    const lane = laneOf.get(number.numberId) as NumberLane
    return { lane, number, ...choose(lane, number, { mediaIds, rests, places }, { nowMs, steadyMs }) }
  })
  const due = chosen.flatMap(({ send }) => send)
  const spent = await checkDueCosts(deps, sql, workspaceId, { due, nowMs })
  const stopped = new Set(spent.map(({ id }) => id))
  const ids = due.flatMap(({ message: { id } }) => (stopped.has(id) ? [] : [id]))
  const marked = await markSending(sql, workspaceId, ids, nowMs)
  if (places !== null) await takePlaces(sql, workspaceId, places, { messageIds: marked, nowMs })
  const ended = await endAll(sql, workspaceId, [...chosen.flatMap((one) => one.ended), ...spent])
  const sends = chosen.flatMap(({ number, send }) =>
    send
      .filter(({ message }) => marked.has(message.id))
      .map((waiting) => {
        const mediaId = mediaIds.get(waiting.message.id) ?? null
        return { row: sending(waiting.message, nowMs), waiting, mediaId, number }
      }),
  )
  await writePairs(sql, workspaceId, borrowedBy(sends, laneOf, steadyMs))
  for (const one of chosen) lookAgain(one, { nowMs, steadyMs })
  const handOver = chosen.flatMap((one) => one.handOver.map(({ message }) => ({ row: message, number: one.number })))
  return { sends, handOver, changed: [...ended, ...sends.map(({ row }) => row)] }
}

/** Takes or renews what this process does not hold for long enough. What another one holds is looked at again later. */
async function holdLanes(
  sql: Sql,
  workspaceId: string,
  holder: string,
  lanes: readonly NumberLane[],
  steadyMs: number,
): Promise<void> {
  const wanted = lanes.filter((lane) => lane.callsUntilMs - steadyMs < RENEW_BELOW_MS)
  if (wanted.length === 0) return
  const numberIds = wanted.map(({ numberId }) => numberId)
  const fresh = wanted.filter(({ heldSinceMs }) => heldSinceMs === Number.NEGATIVE_INFINITY)
  if (fresh.length > 0) {
    await addPaces(
      sql,
      workspaceId,
      fresh.map(({ numberId }) => numberId),
    )
  }
  const leases = new Map((await takeLeases(sql, workspaceId, { holder, numberIds })).map((one) => [one.numberId, one]))
  for (const lane of wanted) {
    const lease = leases.get(lane.numberId)
    if (lease === undefined) continue
    lane.callsUntilMs = steadyMs + HOLD_MS - LEASE_MARGIN_MS
    if (!lease.taken && lane.heldSinceMs !== Number.NEGATIVE_INFINITY) continue
    lane.takeOver(steadyMs)
    lane.pausedUntilMs = steadyMs + (lease.pausedMs ?? 0)
  }
  const others = numberIds.filter((id) => !leases.has(id))
  if (others.length === 0) return
  // Who holds them hears of what waits; they are looked at again in case that process is gone.
  for (const { numberId, freeInMs } of await findBusy(sql, workspaceId, others)) {
    const lane = wanted.find((one) => one.numberId === numberId)
    lane?.lookBy(performance.now() + Math.max(freeInMs, HELD_LOOK_MS))
  }
}

function isReady(lane: NumberLane, steadyMs: number): boolean {
  if (lane.callsUntilMs <= steadyMs) return false
  if (lane.pausedUntilMs <= steadyMs) return true
  lane.lookBy(lane.pausedUntilMs)
  return false
}

interface Instants {
  readonly nowMs: number
  readonly steadyMs: number
}

/** What is known beside the messages that wait, by message. */
interface Known {
  /** Under which ids Meta has their files. */
  readonly mediaIds: ReadonlyMap<string, string>
  /** From when marketing may go to their customers again. */
  readonly rests: ReadonlyMap<string, number>
  /** The messaging limit; `null`: it does not matter here. */
  readonly places: Places | null
}

function choose(lane: NumberLane, number: NumberWork, { mediaIds, rests, places }: Known, at: Instants) {
  const wasFull = lane.fullUntilMs > at.steadyMs
  lane.perSecond = limitOf(number.mode, number.perSecond)
  const wish = { perSecond: lane.perSecond, wanted: LOOKED_AT_MAX, waiting: number.queued, aheadMs: PLAN_AHEAD_MS }
  const room = lane.window.room(at.steadyMs, wish)
  // What waits for a number that does not send is held: it goes out when the number is connected again.
  const waiting = canSend(number.numberState) ? number.waiting : []
  const choice = chooseSends(waiting, at.nowMs, {
    count: room,
    // One without a token goes on without its file: it is refused, and says why.
    lacksFile: ({ message }) =>
      metaFileKey(message) !== null && !mediaIds.has(message.id) && number.sealedToken !== null,
    mayWrite: ({ message, usedMs }) =>
      lane.mayWrite(message.conversationId, at.steadyMs, usedMs === null ? null : at.steadyMs + usedMs),
    restsUntilMs: ({ message }) => rests.get(message.id) ?? null,
    takesPlace: (candidate) => {
      if (places === null || !needsPlace(candidate, at.nowMs) || places.take(candidate)) return true
      const untilMs = at.steadyMs + Math.min(Math.max((places.freeAtMs ?? 0) - at.nowMs, FULL_MS_MIN), FULL_MS_MAX)
      // Whom the look past them still brings up had a place until their last message failed.
      if (wasFull) lane.held.set(candidate.message.conversationId, untilMs)
      else lane.lookBy(at.steadyMs)
      lane.fullUntilMs = untilMs
      return false
    },
  })
  return { ...choice, isFull: choice.send.length >= room }
}

/** When the number is looked at again by itself. */
function lookAgain(
  { lane, number, send, handOver, ended, isFull }: ReturnType<typeof choose> & { lane: NumberLane; number: NumberWork },
  { nowMs, steadyMs }: Instants,
): void {
  const hasMore = number.queued > send.length + handOver.length + ended.length
  lane.waitsForEnd = hasMore && !isFull
  if (number.nextPlannedAtMs !== null) {
    lane.lookBy(steadyMs + Math.min(Math.max(number.nextPlannedAtMs - nowMs, 1), PLANNED_LOOK_MS))
  }
  if (!hasMore) return
  if (lane.fullUntilMs > steadyMs) lane.lookBy(lane.fullUntilMs)
  if (!canSend(number.numberState)) lane.lookBy(steadyMs + NOT_SENDING_LOOK_MS)
  else lane.lookBy(steadyMs + (isFull ? PLAN_AHEAD_MS / 2 : BLOCKED_LOOK_MS))
}

/** One that was to be sent later stands in the thread from now on. */
function sending(message: MessageRow, nowMs: number): MessageRow {
  const sentAtMs = message.plan?.sendAtMs == null ? message.sentAtMs : nowMs
  return { ...message, delivery: 'sending', deliveryAtMs: nowMs, sentAtMs }
}

/** Writes the end of messages that still wait. */
async function endAll(sql: Sql, workspaceId: string, ended: readonly MessageRow[]): Promise<MessageRow[]> {
  const changed: MessageRow[] = []
  for (const row of ended) {
    const now = await lockMessage(sql, workspaceId, row.id)
    if (now?.delivery !== 'queued' || now.wamid !== null) continue
    await writeSend(sql, workspaceId, row)
    changed.push(row)
  }
  return changed
}

function borrowedBy(sends: readonly ClaimedSend[], laneOf: ReadonlyMap<string, NumberLane>, steadyMs: number) {
  return sends.flatMap(({ row: { conversationId, numberId }, waiting: { usedMs } }) => {
    const writtenMs = usedMs === null ? null : steadyMs + usedMs
    const usedUntilMs = laneOf.get(numberId)?.write(conversationId, steadyMs, writtenMs) ?? null
    return usedUntilMs === null ? [] : [{ conversationId, usedMs: usedUntilMs - steadyMs }]
  })
}
