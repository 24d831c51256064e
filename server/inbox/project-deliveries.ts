import { type Sql, transaction } from '../platform/db.ts'
import type { ChannelEvent } from '../whatsapp/channel-event.ts'
import type { WebhookReading } from '../whatsapp/normalise.ts'
import { appendEvents, holdFeed } from './append.ts'
import type { Fact } from './draft.ts'
import { countUnrecognised } from './notice-store.ts'
import { namedIds, type Placement, placeFacts, type ReadDelivery } from './place-facts.ts'
import { AlreadyProjected, type Projection, projectBatch } from './project-batch.ts'
import { lockProjection } from './projection-lock-store.ts'
import { keepUnplaced, postponeDelivery, requeueUnplaced, stillQueued, type Unplaced } from './queue-store.ts'
import { readRoutes, readWorkspaceIds } from './route-store.ts'

/** How often a delivery that fails by itself is tried before it is set aside as unplaced. */
const ATTEMPTS_MAX = 5
/** The wait after its first failure; it doubles with each. */
const RETRY_WAIT_MS = 1_000

export interface Delivery {
  readonly id: string
  readonly receivedAtMs: number
  readonly attempts: number
  readonly body: Buffer
}

export interface Projector extends Projection {
  readonly readWebhook: (payload: unknown) => WebhookReading
  /** Facts in one transaction, at the most. */
  readonly factsPerTransaction: () => number
  readonly onFailure: (error: unknown, what: string) => void
  /** Told after the commit which numbers something came for, and when; must not throw. */
  readonly noteArrivals?: (workspaceId: string, arrivals: ReadonlyMap<string, number>) => Promise<void>
  /** Counts deliveries that could not be placed, by reason. */
  readonly onUnplaced: (reason: Unplaced['reason']) => void
}

/**
 * Projects deliveries, all of them in one transaction where that goes. One that fails by itself does not stop the
 * others: it is postponed, and set aside in the end. Throws only what has nothing to do with the deliveries: the
 * database is away. They are still queued then. Gives how many facts they held.
 */
export async function projectDeliveries(deps: Projector, deliveries: readonly Delivery[]): Promise<number> {
  const read: ReadDelivery[] = []
  for (const delivery of deliveries) {
    const facts = await readDelivery(deps, delivery)
    if (facts !== null) read.push({ queueId: delivery.id, facts })
  }
  await projectRead(deps, read, new Map(deliveries.map((delivery) => [delivery.id, delivery])))
  return read.reduce((sum, { facts }) => sum + facts.length, 0)
}

/** What a delivery says; `null` when it is no webhook, and set aside as such. */
async function readDelivery(deps: Projector, delivery: Delivery): Promise<Fact[] | null> {
  const { receivedAtMs, body } = delivery
  let payload: unknown
  try {
    payload = JSON.parse(body.toString('utf8'))
  } catch (error) {
    await setAside(deps, delivery.id, {
      reason: 'not_json',
      detail: (error as Error).message,
      wabaId: null,
      phoneNumberId: null,
    })
    return null
  }
  const reading = deps.readWebhook(payload)
  if (reading.kind === 'webhook') return reading.events.map((event: ChannelEvent) => ({ event, receivedAtMs }))
  const detail = reading.reason
  await setAside(deps, delivery.id, { reason: 'not_a_webhook', detail, wabaId: null, phoneNumberId: null })
  return null
}

async function projectRead(
  deps: Projector,
  read: readonly ReadDelivery[],
  deliveries: ReadonlyMap<string, Delivery>,
): Promise<void> {
  if (read.length === 0) return
  try {
    await projectTogether(deps, read)
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    if (error instanceof AlreadyProjected) return projectRest(deps, read, deliveries)
    if (read.length === 1) return postpone(deps, deliveries.get((read[0] as ReadDelivery).queueId) as Delivery, error)
    const half = Math.ceil(read.length / 2)
    await projectRead(deps, read.slice(0, half), deliveries)
    await projectRead(deps, read.slice(half), deliveries)
  }
}

/** Another process was quicker with some of them: goes on with the rest. */
async function projectRest(
  deps: Projector,
  read: readonly ReadDelivery[],
  deliveries: ReadonlyMap<string, Delivery>,
): Promise<void> {
  const left = await stillQueued(
    deps.database,
    read.map(({ queueId }) => queueId),
  )
  await projectRead(
    deps,
    read.filter(({ queueId }) => left.has(queueId)),
    deliveries,
  )
}

async function projectTogether(deps: Projector, read: readonly ReadDelivery[]): Promise<void> {
  const ids = namedIds(read)
  const routes = await readRoutes(deps.database, ids.phoneNumberIds, ids.wabaIds)
  const { workspaces, strangers } = placeFacts(read, routes)
  for (const [id, { phoneNumberId, wabaId }] of strangers) {
    const detail = `No number here has Meta's id ${phoneNumberId ?? 'none'} in the account ${wabaId ?? 'none'}.`
    await setAside(deps, id, { reason: 'unknown_number', detail, phoneNumberId, wabaId }, false)
  }
  if (strangers.size > 0) await takeBack(deps, strangers)
  const queueIds = read.map(({ queueId }) => queueId)
  const batches = [...workspaces].flatMap(([workspaceId, parts]) =>
    slices(parts, deps.factsPerTransaction()).map((slice) => ({ workspaceId, parts: slice })),
  )
  // The queue is left with the last transaction: after a crash before it everything is projected again, to no effect.
  const last = batches.length - 1
  for (const [index, batch] of batches.entries()) {
    await projectBatch(deps, { ...batch, queueIds: index === last ? queueIds : [] })
  }
  if (batches.length === 0) await leaveQueue(deps, queueIds)
  for (const [workspaceId, parts] of workspaces) await deps.noteArrivals?.(workspaceId, latestByNumber(parts))
}

function latestByNumber(parts: ReadonlyMap<string | null, readonly Fact[]>): ReadonlyMap<string, number> {
  const latest = new Map<string, number>()
  for (const [numberId, facts] of parts) {
    if (numberId === null) continue
    for (const { receivedAtMs } of facts) latest.set(numberId, Math.max(receivedAtMs, latest.get(numberId) ?? 0))
  }
  return latest
}

/**
 * A number that was connected after the routes were read has taken up what stood aside until then: it cannot have seen
 * what was set aside since. The sweep finds what comes back into the queue.
 */
async function takeBack(deps: Projector, strangers: Placement['strangers']): Promise<void> {
  const ids = [...strangers.values()]
  const phoneNumberIds = ids.flatMap(({ phoneNumberId }) => phoneNumberId ?? [])
  const wabaIds = ids.flatMap(({ wabaId }) => wabaId ?? [])
  const { byNumber, byAccount } = await readRoutes(deps.database, phoneNumberIds, wabaIds)
  const back = await requeueUnplaced(deps.database, [...byNumber.keys(), ...byAccount.keys()])
  if (back > 0) await tellUnrecognised(deps)
}

async function leaveQueue(deps: Projector, queueIds: readonly string[]): Promise<void> {
  await deps.database.pool.query('delete from delivery_queue where id = any($1::bigint[])', [queueIds])
}

type Parts = { readonly numberId: string | null; readonly facts: readonly Fact[] }[]

/** Cuts a workspace's facts into transactions; most often there is one. Progress of an import comes with the last. */
function slices(parts: ReadonlyMap<string | null, readonly Fact[]>, factsMax: number): Parts[] {
  const all = [...parts].map(([numberId, facts]) => ({ numberId, facts }))
  const total = all.reduce((sum, { facts }) => sum + facts.length, 0)
  if (total <= factsMax) return [all]
  return all.flatMap(({ numberId, facts }) => {
    const ordered = [
      ...facts.filter(({ event }) => !isProgress(event)),
      ...facts.filter(({ event }) => isProgress(event)),
    ]
    const cuts: Parts[] = []
    for (let from = 0; from < ordered.length; from += factsMax) {
      cuts.push([{ numberId, facts: ordered.slice(from, from + factsMax) }])
    }
    return cuts
  })
}

function isProgress(event: ChannelEvent): boolean {
  return event.type === 'channel.history_chunk'
}

async function postpone(deps: Projector, delivery: Delivery, error: unknown): Promise<void> {
  const attempts = delivery.attempts + 1
  const text = error instanceof Error ? error.message : String(error)
  deps.onFailure(error, `projecting delivery ${delivery.id}, attempt ${attempts}`)
  if (attempts >= ATTEMPTS_MAX) {
    return setAside(deps, delivery.id, { reason: 'failed', detail: text, wabaId: null, phoneNumberId: null })
  }
  const nextMs = deps.clock.nowMs() + RETRY_WAIT_MS * 2 ** (attempts - 1)
  await postponeDelivery(deps.database, delivery.id, attempts, nextMs, text)
}

async function setAside(deps: Projector, id: string, unplaced: Unplaced, leaves = true): Promise<void> {
  if (!(await keepUnplaced(deps.database, id, unplaced, leaves))) return
  deps.onUnplaced(unplaced.reason)
  await tellUnrecognised(deps)
}

/** Every workspace hears how many things nobody could read or place: such a delivery belongs to none of them. */
export async function tellUnrecognised(deps: Pick<Projection, 'database' | 'clock' | 'publish'>): Promise<void> {
  for (const workspaceId of await readWorkspaceIds(deps.database)) {
    const begin = (sql: Sql) => lockProjection(sql, workspaceId, 'shared')
    const rows = await transaction(deps.database, begin, async (sql) => {
      await holdFeed(sql, workspaceId)
      const total = await countUnrecognised(sql, workspaceId)
      return appendEvents(sql, workspaceId, deps.clock.nowMs(), [{ type: 'unrecognised.counted', total }])
    })
    deps.publish(workspaceId, rows)
  }
}

/** Classes of PostgreSQL's codes that speak of the server, not of what was asked: connection, resources, shut-down. */
const SERVER_CLASSES = new Set(['08', '53', '57', '58', 'XX'])

/** Whether a failure has nothing to do with what was to be written. */
export function isDatabaseAway(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return SERVER_CLASSES.has(code.slice(0, 2))
  if (typeof code === 'string') return true
  return error instanceof Error && /connection|timeout|terminated|pool/i.test(error.message)
}
