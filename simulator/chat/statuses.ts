import { contactBlock, valueHead } from '../accounts/identity.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import { failureDetails } from '../graph/errors.ts'
import { stamp, tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import type { ChatEntry } from './entry.ts'
import type { Outgoing } from './outgoing.ts'
import { conversationOf, type Priced, priceDelivered } from './pricing.ts'
import { chatOf } from './store.ts'
import { tickTimes } from './ticks.ts'

/** Share of customers who show when they have read. */
const RECEIPTS_RATIO = 0.9
/** Milliseconds after `read` at which a `delivered` comes that it has overtaken. */
const OVERTAKEN_MS = 500
const RANK = { pending: 0, sent: 1, delivered: 2, read: 3, failed: 9 } as const

/** Plans what becomes of an accepted message: sent, delivered, read (and played), or failed with that code. */
export function planStatuses(
  world: World,
  number: BusinessNumber,
  out: Outgoing,
  failure: number | null,
  sentAtOnce: boolean,
): void {
  const { entry } = out
  number.outgoing.set(entry.wamid, out)
  const times = tickTimes(world, entry.wamid)
  const at = (afterMs: number, task: () => void): void => void world.clock.at(world.clock.nowMs() + afterMs, task)
  if (failure !== null) return at(times.sentMs, () => fail(world, number, out, failure))
  const skipped = world.chance.ratio('skipDelivered', entry.wamid) < world.settings.faults.statusSkipDeliveredRatio
  const receipts = world.chance.ratio('receipts', number.id, out.customer.key) < RECEIPTS_RATIO
  if (sentAtOnce) progress(world, number, out, 'sent')
  else at(times.sentMs, () => progress(world, number, out, 'sent'))
  if (out.category === null) return
  const readFirst =
    receipts && world.chance.ratio('readFirst', entry.wamid) < world.settings.faults.statusReadFirstRatio
  const lateMs = readFirst ? times.readMs - times.deliveredMs + OVERTAKEN_MS : 0
  if (!skipped) at(times.deliveredMs, () => progress(world, number, out, 'delivered', lateMs))
  if (receipts || skipped) at(times.readMs, () => progress(world, number, out, 'read'))
  if (receipts && out.voice) at(times.playedMs, () => tellStatus(world, number, out, 'played', null))
}

/** Another run goes on: messages that were on their way are delivered and read from now on. */
export function resumeStatuses(world: World, number: BusinessNumber): void {
  for (const out of number.outgoing.values()) {
    const { ticks } = out.entry
    if (ticks === 'pending' || ticks === 'sent' || ticks === 'delivered') planStatuses(world, number, out, null, false)
  }
}

/** The customer opens the chat: everything the business sent is read now. */
export function readByCustomer(world: World, number: BusinessNumber, customer: Customer, entry: ChatEntry): void {
  if (entry.by === 'customer' || entry.ticks === 'read' || entry.ticks === 'failed') return
  const out = number.outgoing.get(entry.wamid)
  if (out && out.category !== null && out.customer === customer) progress(world, number, out, 'read')
  else entry.ticks = 'read'
}

/** The phone sees it now; the webhook comes `lateMs` later. */
function progress(
  world: World,
  number: BusinessNumber,
  out: Outgoing,
  status: 'sent' | 'delivered' | 'read',
  lateMs = 0,
): void {
  const { entry } = out
  if (entry.ticks !== null && RANK[entry.ticks] >= RANK[status]) return
  const wasDelivered = entry.ticks === 'delivered'
  entry.ticks = status
  world.chatChanged(number.id, entry.customerKey)
  const priced = status === 'delivered' || (status === 'read' && !wasDelivered) ? price(world, number, out) : null
  tellStatus(world, number, out, status, priced, lateMs)
}

function price(world: World, number: BusinessNumber, out: Outgoing): Priced | null {
  return out.category === null
    ? null
    : priceDelivered(number, chatOf(number, out.entry.customerKey), out.category, world.clock.nowMs())
}

function tellStatus(
  world: World,
  number: BusinessNumber,
  out: Outgoing,
  status: string,
  priced: Priced | null,
  lateMs = 0,
): void {
  const nowMs = world.clock.nowMs()
  remember(number, out, status, nowMs, priced?.pricing ?? null)
  if (!isHeard(number, out)) return
  const { wamid } = out.entry
  const old = sentWithPrice(world, number, out, status, nowMs)
  const shown = priced ?? old
  const conversation =
    old && out.category
      ? conversationOf(old, out.category, world.settings.webhookVersion, wamid, nowMs + 86_400_000)
      : null
  world.counters.add(`status_${status}`)
  const told = {
    contacts: [contactBlock(number, out.customer)],
    statuses: [
      {
        id: wamid,
        status,
        timestamp: stamp(nowMs),
        ...(out.customer.phone ? { recipient_id: out.customer.phone } : {}),
        ...(out.customer.userId ? { recipient_user_id: out.customer.userId } : {}),
        ...(out.callbackData === null ? {} : { biz_opaque_callback_data: out.callbackData }),
        ...(conversation ? { conversation } : {}),
        ...(shown?.pricing ? { pricing: shown.pricing } : {}),
      },
    ],
  }
  if (lateMs === 0) tellOf(world, number, out, told)
  else world.clock.at(nowMs + lateMs, () => tellOf(world, number, out, told))
}

/** `sent` carries price and conversation until v23, and in a free entry point; the price is only shown, not counted. */
function sentWithPrice(
  world: World,
  number: BusinessNumber,
  out: Outgoing,
  status: string,
  nowMs: number,
): Priced | null {
  if (status !== 'sent' || out.category === null) return null
  const chat = chatOf(number, out.entry.customerKey)
  if (world.settings.webhookVersion >= 24 && nowMs >= chat.freeEntryUntilMs) return null
  const counted = {
    ...number,
    limits: { ...number.limits, freeServiceByMonth: new Map(number.limits.freeServiceByMonth) },
  }
  return priceDelivered(counted, chat, out.category, nowMs)
}

/** `failed` has no contacts block, and no user id when it was sent to a phone number. */
function fail(world: World, number: BusinessNumber, out: Outgoing, code: number): void {
  const nowMs = world.clock.nowMs()
  out.entry.ticks = 'failed'
  remember(number, out, 'failed', nowMs, null)
  world.chatChanged(number.id, out.entry.customerKey)
  if (!isHeard(number, out)) return
  world.counters.add('status_failed')
  const status = {
    id: out.entry.wamid,
    status: 'failed',
    timestamp: stamp(nowMs),
    ...(out.customer.phone ? { recipient_id: out.customer.phone } : {}),
    ...(out.byUserId ? { recipient_user_id: out.customer.userId } : {}),
    ...(out.callbackData === null ? {} : { biz_opaque_callback_data: out.callbackData }),
    errors: [{ ...failureDetails(code), href: '/documentation/business-messaging/whatsapp/support/error-codes' }],
  }
  tellOf(world, number, out, { statuses: [status] })
}

function tellOf(world: World, number: BusinessNumber, out: Outgoing, told: Record<string, unknown>): void {
  if (out.partner === true) tellNumber(world, number, 'standby', { ...valueHead(number), standby: told })
  else tellNumber(world, number, 'messages', { ...valueHead(number), ...told })
}

/** Nobody is told once the connection has ended, or what was sent under a number that the phone no longer has. */
function isHeard(number: BusinessNumber, out: Outgoing): boolean {
  return number.connection === 'connected' && number.outgoing.has(out.entry.wamid)
}

function remember(
  number: BusinessNumber,
  out: Outgoing,
  status: string,
  atMs: number,
  pricing: Priced['pricing'],
): void {
  const events = number.management.statusEvents.get(out.entry.wamid) ?? []
  events.push({ status: status.toUpperCase(), atMs, pricing })
  number.management.statusEvents.set(out.entry.wamid, events)
}
