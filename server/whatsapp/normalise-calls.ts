import type { CallContent } from '../../contract/message-content.ts'
import type { ChannelMessage, Customer } from './channel-event.ts'
import { type Change, type PieceReader, unrecognised } from './normalise-change.ts'
import { customerOf } from './normalise-customers.ts'
import { noticeOf } from './normalise-notice.ts'
import { id, phone, record, timeMs, type WireRecord, whole, words } from './wire.ts'

/**
 * Reads one of `value.calls`: that a call rang (`connect`) or is over (`terminate`). Each is a notice, as before, and a line
 * of the thread; both lines have the call's id, so that they become one.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-initiated-calls
 */
export const readCall: PieceReader = (change, piece, emit) => {
  const wire = record(piece)
  const event = wire === null ? null : (words(wire.event) ?? words(wire.status))
  if (wire === null || event === null) {
    return emit(unrecognised(change.origin, change.field, 'malformed call: it does not say what happened', piece))
  }
  const by = callerOf(change, wire)
  const customer = counterpartOf(change, wire, by)
  const atMs = timeMs(wire.timestamp)
  emit(noticeOf(change, 'call', { event, atMs, data: wire, ...(customer !== null && { customer }) }))
  const line = customer === null ? null : lineOf(change, wire, { by, customer, atMs })
  if (line !== null) emit(line)
}

/** Who called. Where Meta leaves the direction out, the one who offers a session does. */
function callerOf(change: Change, wire: WireRecord): CallContent['by'] {
  if (wire.direction === 'BUSINESS_INITIATED') return 'business'
  if (wire.direction === 'USER_INITIATED') return 'customer'
  const session = record(wire.session)?.sdp_type
  if (session === 'answer') return 'business'
  if (session === 'offer') return 'customer'
  const from = phone(wire.from)
  return from !== null && from === change.origin.displayPhone ? 'business' : 'customer'
}

/** The other side of the call; one of Meta's samples has `from` and `to` the wrong way round. */
function counterpartOf(change: Change, wire: WireRecord, by: CallContent['by']): Customer | null {
  const from = { address: wire.from, userId: wire.from_user_id, parentUserId: wire.from_parent_user_id }
  const to = { address: wire.to, userId: wire.to_user_id, parentUserId: wire.to_parent_user_id }
  const [said, other] = by === 'business' ? [to, from] : [from, to]
  const own = change.origin.displayPhone
  const isOwn = own !== null && phone(said.address) === own && said.userId === undefined
  return customerOf(change.people, isOwn ? other : said)
}

interface Call {
  readonly by: CallContent['by']
  readonly customer: Customer
  readonly atMs: number | null
}

/** The call as a line of the thread; `null` when it has no id or time, or is told by another event than those two. */
function lineOf(change: Change, wire: WireRecord, { by, customer, atMs }: Call): ChannelMessage | null {
  const wamid = id(wire.id)
  const content = contentOf(wire, by)
  // When it is over nobody says when it rang, but for the answer: when somebody took it.
  const sentAtMs = wire.event === 'terminate' ? (timeMs(wire.start_time) ?? atMs) : atMs
  if (wamid === null || content === null || sentAtMs === null) return null
  return {
    type: 'channel.message',
    origin: change.origin,
    via: change.field === 'standby' ? 'standby' : 'live',
    direction: by === 'customer' ? 'in' : 'out',
    customer,
    wamid,
    sentAtMs,
    groupId: null,
    content,
    context: null,
    forwarded: 'no',
    referral: null,
    historyStatus: null,
    phase: null,
  }
}

/**
 * How it went. `status` does not tell an answered call from a missed one (a call that broke off is `FAILED` too), but times do:
 * only one that was taken has a beginning and a duration, in seconds.
 */
function contentOf(wire: WireRecord, by: CallContent['by']): CallContent | null {
  if (wire.event === 'connect') return { type: 'call', by, outcome: 'ringing' }
  if (wire.event !== 'terminate') return null
  const seconds = whole(wire.duration) ?? 0
  const outcome = seconds > 0 || timeMs(wire.start_time) !== null ? 'answered' : 'missed'
  return { type: 'call', by, outcome, ...(seconds > 0 && { seconds }) }
}
