import { contactBlock, fromFields, valueHead, wamidSubject } from '../accounts/identity.ts'
import { wamid } from '../accounts/ids.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import { ownerOf, settleOwner } from '../routing/thread-owner.ts'
import type { ScenarioReferral } from '../scenario.ts'
import { stamp, tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { UNAVAILABLE, wireBody } from './bodies-on-the-wire.ts'
import { type Chat, type ChatEntry, type MessageBody, newEntry } from './entry.ts'
import { addEntry, chatOf } from './store.ts'

/** Milliseconds: the customer service window after each message of the customer. */
const WINDOW_MS = 24 * 3_600_000
/** Milliseconds: bounds of the lateness of an inbound webhook that an echo overtakes, and of a message after its 131060. */
const LATE_MS = [2_000, 6_000] as const

export interface InboundOptions {
  readonly quoteWamid?: string
  readonly referral?: ScenarioReferral
  readonly forwarded?: boolean
  readonly unsupportedDevice?: UnsupportedDevice
}
type UnsupportedDevice = 'unavailable' | 'silent'

/** A customer writes: the phone shows it, the window opens, and the `messages` webhook goes out. */
export function receiveMessage(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  body: MessageBody,
  options: InboundOptions = {},
): ChatEntry {
  const nowMs = world.clock.nowMs()
  const id = wamid(world.chance, wamidSubject(customer), false)
  const entry = newEntry({
    wamid: id,
    customerKey: customer.key,
    by: 'customer',
    atMs: nowMs,
    body,
    quoteWamid: options.quoteWamid ?? null,
  })
  const first = chatOf(number, customer.key).entries.every((known) => known.by !== 'customer')
  const chat = addEntry(number, entry)
  chat.unread++
  world.counters.add('customer_messages')
  world.chatChanged(number.id, customer.key)
  if (options.referral) chat.referredAtMs = nowMs
  if (number.connection !== 'connected') return entry
  openWindow(number, chat, nowMs)
  number.limits.recentMs.push(nowMs)
  const message = {
    ...context(number, entry, options),
    ...fromFields(customer),
    ...(options.referral ? { referral: referralBlock(world, options.referral) } : {}),
    id,
    timestamp: stamp(nowMs),
    ...wireBody(world, body),
  }
  const device = options.unsupportedDevice ?? drawnDevice(world, id)
  if (device === null) tellMessage(world, number, customer, message, first)
  else if (device === 'unavailable') tellUnavailable(world, number, customer, message)
  return entry
}

/** The customer did something that the business may answer freely for a day. */
export function openWindow(number: BusinessNumber, chat: Chat, nowMs: number): void {
  settleOwner(number, chat, nowMs)
  chat.windowUntilMs = nowMs + WINDOW_MS
}

/** Tells a `messages` change of a customer: with the faults of unavailability and lateness when it is a message. */
function tellMessage(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  message: Record<string, unknown>,
  first: boolean,
): void {
  const { faults } = world.settings
  const id = String(message.id)
  const tell = (): void => tellEvent(world, number, customer, message)
  const lateMs = world.chance.between(LATE_MS[0], LATE_MS[1], 'late', id)
  if (first && world.chance.ratio('unavailable', id) < faults.unavailableFirstRatio) {
    tellUnavailable(world, number, customer, message)
    world.clock.at(world.clock.nowMs() + lateMs, tell)
    return
  }
  if (world.chance.ratio('echoFirst', id) < faults.echoBeforeInboundRatio)
    world.clock.at(world.clock.nowMs() + lateMs, tell)
  else tell()
}

/** What comes in the place of a message that the Cloud API cannot show, or not yet. */
function tellUnavailable(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  { id, timestamp }: Record<string, unknown>,
): void {
  const unavailable = { id, timestamp, type: 'unsupported', errors: [UNAVAILABLE] }
  tellEvent(world, number, customer, { ...fromFields(customer), ...unavailable })
}

/** The unsupported device that a message was written on by the fault of that name; `null`: a supported one. */
function drawnDevice(world: World, id: string): UnsupportedDevice | null {
  if (world.chance.ratio('companion', id) >= world.settings.faults.companionMessageRatio) return null
  return world.chance.ratio('companion kind', id) < 0.5 ? 'unavailable' : 'silent'
}

/** Tells one element of `messages[]` with its contact; on standby while the thread is the other partner's. */
export function tellEvent(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  message: Record<string, unknown>,
): void {
  world.counters.add('inbound_webhooks')
  const told = { contacts: [contactBlock(number, customer)], messages: [message] }
  if (ownerOf(number, chatOf(number, customer.key), world.clock.nowMs()) !== 'partner')
    tellNumber(world, number, 'messages', { ...valueHead(number), ...told })
  else tellNumber(world, number, 'standby', { ...valueHead(number), standby: told })
}

function context(number: BusinessNumber, entry: ChatEntry, options: InboundOptions): Record<string, unknown> {
  if (options.forwarded) return { context: { forwarded: true } }
  const quoted = entry.quoteWamid ? number.entries.get(entry.quoteWamid) : undefined
  if (!quoted) return {}
  const writer = quoted.by === 'customer' ? number.customers.get(quoted.customerKey)?.phone : number.business.phone
  return { context: { ...(writer ? { from: writer } : {}), id: quoted.wamid } }
}

function referralBlock(world: World, referral: ScenarioReferral): Record<string, unknown> {
  const { sourceUrl, sourceId, body, headline } = referral
  const ctwa_clid = `Aff-${Buffer.from(`${sourceId}:${world.chance.between(0, 2 ** 31, 'clid', sourceId)}`).toString('base64url')}`
  return {
    source_url: sourceUrl,
    source_id: sourceId,
    source_type: 'ad',
    body,
    headline,
    media_type: 'image',
    ctwa_clid,
  }
}
