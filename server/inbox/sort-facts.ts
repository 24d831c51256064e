import type {
  ChannelContact,
  ChannelCustomerChanged,
  ChannelDelete,
  ChannelEdit,
  ChannelHistoryChunk,
  ChannelHistoryDeclined,
  ChannelMessage,
  ChannelNotice,
  ChannelPayment,
  ChannelReaction,
  ChannelStatus,
  ChannelUnrecognised,
} from '../whatsapp/channel-event.ts'
import type { Fact } from './draft.ts'

export type Act = ChannelEdit | ChannelDelete | ChannelReaction

/** A notice as it is kept; `kind` is one word more than Meta's fields have: `error`. */
export interface NoticeFact {
  readonly kind: ChannelNotice['kind'] | 'error'
  readonly field: string
  readonly event: string | null
  readonly atMs: number | null
  readonly receivedAtMs: number
  readonly wabaId: string | null
  readonly data: unknown
}

/** One number's part of a batch. */
export interface NumberFacts {
  readonly numberId: string
  readonly facts: SortedFacts
}

/** The facts of one number's part of a batch, each kind by itself. */
export interface SortedFacts {
  readonly messages: ChannelMessage[]
  readonly acts: Act[]
  readonly statuses: ChannelStatus[]
  readonly payments: ChannelPayment[]
  readonly contacts: { readonly event: ChannelContact; readonly atMs: number }[]
  readonly moves: ChannelCustomerChanged[]
  readonly chunks: { readonly event: ChannelHistoryChunk; readonly receivedAtMs: number }[]
  readonly declines: { readonly event: ChannelHistoryDeclined; readonly receivedAtMs: number }[]
  readonly notices: NoticeFact[]
  readonly unrecognised: { readonly event: ChannelUnrecognised; readonly receivedAtMs: number }[]
}

/**
 * Sorts facts by what is to be done with them. What belongs to a group becomes a notice: it is recorded, and enters no
 * one-to-one thread. What another partner's thread holds is both: a notice, for it tells who owns the thread, and a
 * message that can be read there. So is a payment, which may be of an order that nobody here has billed.
 */
export function sortFacts(facts: readonly Fact[]): SortedFacts {
  const sorted: SortedFacts = {
    messages: [],
    acts: [],
    statuses: [],
    payments: [],
    contacts: [],
    moves: [],
    chunks: [],
    declines: [],
    notices: [],
    unrecognised: [],
  }
  for (const fact of facts) sortFact(sorted, fact)
  return sorted
}

function sortFact(sorted: SortedFacts, { event, receivedAtMs }: Fact): void {
  switch (event.type) {
    case 'channel.message':
    case 'channel.edit':
    case 'channel.delete':
    case 'channel.reaction': {
      const { origin, ...data } = event
      const kind = event.groupId !== null ? 'group' : event.via === 'standby' ? 'standby' : null
      const inThread = event.groupId === null && hasIdentity(event.customer)
      if (inThread) {
        if (event.type === 'channel.message') sorted.messages.push(event)
        else sorted.acts.push(event)
        if (kind === null) return
      }
      sorted.notices.push(noticeOf(kind ?? 'standby', event.type, event.sentAtMs, receivedAtMs, origin.wabaId, data))
      return
    }
    case 'channel.status': {
      if (event.groupId === null) return void sorted.statuses.push(event)
      const { origin, ...data } = event
      sorted.notices.push(noticeOf('group', event.type, event.atMs, receivedAtMs, origin.wabaId, data))
      return
    }
    case 'channel.payment': {
      sorted.payments.push(event)
      const { field, origin, payment, data } = event
      const word = typeof data.status === 'string' ? data.status : payment.state
      const { wabaId } = origin
      sorted.notices.push({ kind: 'payment', field, event: word, atMs: payment.atMs, receivedAtMs, wabaId, data })
      return
    }
    case 'channel.contact':
      if (hasIdentity(event.customer)) sorted.contacts.push({ event, atMs: event.atMs ?? receivedAtMs })
      return
    case 'channel.customer_changed':
      sorted.moves.push(event)
      sorted.messages.push(systemLine(event))
      return
    case 'channel.history_chunk':
      sorted.chunks.push({ event, receivedAtMs })
      return
    case 'channel.history_declined':
      sorted.declines.push({ event, receivedAtMs })
      return
    case 'channel.notice': {
      const { kind, field, event: word, atMs, origin, data } = event
      sorted.notices.push({ kind, field, event: word, atMs, receivedAtMs, wabaId: origin.wabaId, data })
      return
    }
    case 'channel.error': {
      const { type, origin, ...data } = event
      sorted.notices.push(noticeOf('error', type, null, receivedAtMs, origin.wabaId, data))
      return
    }
    case 'channel.unrecognised':
      sorted.unrecognised.push({ event, receivedAtMs })
      return
    default:
      event satisfies never
  }
}

function hasIdentity(customer: { phone: string | null; userId: string | null; parentUserId: string | null }): boolean {
  return customer.phone !== null || customer.userId !== null || customer.parentUserId !== null
}

function noticeOf(
  kind: NoticeFact['kind'],
  event: string,
  atMs: number | null,
  receivedAtMs: number,
  wabaId: string | null,
  data: unknown,
): NoticeFact {
  return { kind, field: 'messages', event: event.slice('channel.'.length), atMs, receivedAtMs, wabaId, data }
}

/** The line in the thread that says that the customer goes by another number or user id from now on. */
function systemLine(event: ChannelCustomerChanged): ChannelMessage {
  const word = event.what === 'number' ? 'user_changed_number' : 'user_changed_user_id'
  return {
    type: 'channel.message',
    origin: event.origin,
    via: 'live',
    direction: 'in',
    customer: event.after,
    wamid: event.wamid,
    sentAtMs: event.atMs,
    groupId: null,
    content: { type: 'system', event: word, body: event.body },
    context: null,
    forwarded: 'no',
    referral: null,
    historyStatus: null,
    phase: null,
  }
}
