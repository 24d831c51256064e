import type { Customer, Via } from './channel-event.ts'
import { type Change, type Emit, type PieceReader, unrecognised } from './normalise-change.ts'
import { contentFault, mediaUrlOf, readContent } from './normalise-content.ts'
import { customerOf, mergeCustomers } from './normalise-customers.ts'
import { type MessageFact, readDeletion, readEdit, readOpening, readReaction } from './normalise-message-acts.ts'
import { contextOf, forwardedOf, historyStatusOf, referralOf } from './normalise-message-context.ts'
import { isCustomerChange, readCustomerChange } from './normalise-system.ts'
import { id, isUserId, phone, record, timeMs, type WireRecord } from './wire.ts'

/** What only imported messages have: the thread they stand in and how Meta sent it. */
export interface Imported {
  /** The thread's customer; `null` when the thread names nobody. */
  readonly customer: Customer | null
  readonly phase: number | null
}

interface Road {
  readonly via: Via
  readonly imported: Imported | null
  /** Echoes are always ours; elsewhere `from` tells. */
  readonly direction: 'out' | null
}

const LIVE: Road = { via: 'live', imported: null, direction: null }
const STANDBY: Road = { via: 'standby', imported: null, direction: null }
const HISTORY_MEDIA: Road = { via: 'history_media', imported: null, direction: null }

/**
 * Reads one of `value.messages`. Under the field `history` it is the file of an imported placeholder, under `standby`
 * it belongs to a thread that another partner owns.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export const readLiveMessage: PieceReader = (change, piece, emit) => {
  const road = change.field === 'history' ? HISTORY_MEDIA : change.field === 'standby' ? STANDBY : LIVE
  readMessage(change, piece, road, emit)
}

/**
 * Reads one of `value.message_echoes`: something the business wrote elsewhere. On the phone or a linked device, or
 * (field `message_echoes`) by another program through the API, which is `live` and `out`.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/smb_message_echoes
 */
export const readEcho: PieceReader = (change, piece, emit) => {
  readMessage(change, piece, { via: ECHO_VIA.get(change.field) ?? 'echo', imported: null, direction: 'out' }, emit)
}

const ECHO_VIA: ReadonlyMap<string, Via> = new Map<string, Via>([
  ['history', 'history_media'],
  ['standby', 'standby'],
  ['message_echoes', 'live'],
])

/** Reads one message of a thread of history. */
export function readImportedMessage(change: Change, piece: unknown, imported: Imported, emit: Emit): void {
  readMessage(change, piece, { via: 'history', imported, direction: null }, emit)
}

function readMessage(change: Change, piece: unknown, road: Road, emit: Emit): void {
  const message = record(piece)
  const wamid = id(message?.id)
  const sentAtMs = timeMs(message?.timestamp)
  if (message === null || wamid === null || sentAtMs === null) {
    const what = message === null ? 'not an object' : wamid === null ? 'no id' : 'no readable timestamp'
    emit(unrecognised(change.origin, change.field, `malformed message: ${what}`, piece))
    return
  }
  if (isCustomerChange(message)) {
    emit(readCustomerChange(change, message, wamid, sentAtMs))
    return
  }
  const direction = road.direction ?? directionOf(change, message, road)
  const customer = counterpartOf(change, message, direction, road)
  if (customer === null) {
    emit(unrecognised(change.origin, change.field, 'malformed message: it names no customer', piece))
    return
  }
  const groupId = id(message.group_id)
  const fact = { origin: change.origin, via: road.via, direction, customer, wamid, sentAtMs, groupId } as const
  emitFact(change, message, fact, road.imported, emit)
}

function emitFact(change: Change, message: WireRecord, fact: MessageFact, imported: Imported | null, emit: Emit): void {
  switch (message.type) {
    case 'reaction':
      return emit(readReaction(change, fact, message))
    case 'revoke':
      return emit(readDeletion(change, fact, message))
    case 'edit':
      return readEdit(change, fact, message, emit)
    case 'request_welcome':
      return emit(readOpening(change, fact))
    default:
      return emitMessage(change, message, fact, imported, emit)
  }
}

function emitMessage(
  change: Change,
  message: WireRecord,
  fact: MessageFact,
  imported: Imported | null,
  emit: Emit,
): void {
  const content = readContent(message)
  const url = mediaUrlOf(message)
  const { status, unknown } = imported === null ? { status: null, unknown: null } : historyStatusOf(message)
  emit({
    type: 'channel.message',
    origin: fact.origin,
    via: fact.via,
    direction: fact.direction,
    customer: fact.customer,
    wamid: fact.wamid,
    sentAtMs: fact.sentAtMs,
    groupId: fact.groupId,
    content,
    ...(url !== null && { mediaUrl: url }),
    context: contextOf(message),
    forwarded: forwardedOf(message),
    referral: referralOf(message),
    historyStatus: status,
    phase: imported?.phase ?? null,
  })
  if (content.type === 'unrecognised') {
    emit(unrecognised(change.origin, change.field, contentFault(message), message))
  }
  if (unknown !== null) {
    emit(unrecognised(change.origin, change.field, `unknown status of history "${unknown}"`, message))
  }
}

/** In history the business's own messages are those `from` its number; the rule holds wherever `from` stands. */
function directionOf(change: Change, message: WireRecord, road: Road): 'in' | 'out' {
  const from = phone(message.from)
  const own = change.origin.displayPhone
  if (from === null) {
    const namesWriter = message.from_user_id !== undefined || isUserId(message.from)
    return !namesWriter && message.to !== undefined ? 'out' : 'in'
  }
  if (from === own) return 'out'
  const customer = road.imported?.customer?.phone ?? null
  if (customer === null || customer === from) return 'in'
  // Neither our number as displayed nor the thread's customer: only what the business sent has a `to`, and the digits of
  // one number may be written in two ways (Mexico, Argentina). Without `to` the customer had another number then.
  return own === null || message.to !== undefined ? 'out' : 'in'
}

function counterpartOf(change: Change, message: WireRecord, direction: 'in' | 'out', road: Road): Customer | null {
  const thread = road.imported?.customer ?? null
  // A thread is one customer's, whatever number they wrote from at the time; most messages add nothing to it.
  const addsIdentity = message.from_user_id !== undefined || message.to_user_id !== undefined
  if (thread !== null && thread.phone !== null && !addsIdentity) return thread
  const named =
    direction === 'in'
      ? customerOf(change.people, {
          address: message.from,
          userId: message.from_user_id,
          parentUserId: message.from_parent_user_id,
        })
      : customerOf(change.people, {
          address: message.to,
          userId: message.to_user_id,
          parentUserId: message.to_parent_user_id,
        })
  if (thread === null || named === null) return named ?? thread
  return mergeCustomers(thread, named)
}
