import type { LastMessage } from '../../contract/conversation.ts'
import { compareMessages } from '../../contract/message.ts'
import { isWindowRefusal, opensReplyWindow } from '../../contract/reply-window.ts'
import { type IdentityKey, identityKind, identityValue } from '../contacts/identity-keys.ts'
import { needsRefold, newIdentities } from './decide-contacts.ts'
import type {
  ChangeFact,
  ContactDraft,
  Draft,
  Loaded,
  LoadedBatch,
  LoadedPeople,
  MessageDraft,
  OnNumber,
  ReactionFact,
  StatusFact,
} from './draft.ts'
import type { ContactRow, MessageRow } from './rows.ts'
import { lastMessageView } from './view.ts'

/** Rows to write for a batch, each list in the order of its unique key. */
export interface WritePlan {
  /** New ones, and those whose names or their times are others now. */
  readonly contacts: readonly ContactRow[]
  readonly newIdentities: readonly NewIdentity[]
  readonly markedIdentities: readonly NewIdentity[]
  /** Contacts whose phone and user ids are to be folded from their identities. */
  readonly refolds: readonly string[]
  readonly newMessages: readonly MessageRow[]
  readonly changedMessages: readonly MessageRow[]
  /** Messages of which nothing but the delivery (and the wamid that it brought) is another one now. */
  readonly deliveredMessages: readonly MessageRow[]
  readonly conversations: readonly ConversationWrite[]
  /** Conversations whose newest message may be another one now, since a message changed its place. */
  readonly relasts: readonly string[]
  /** Conversations in which WhatsApp has said, or has taken back, that the reply window is closed. */
  readonly refusals: readonly string[]
  readonly statuses: readonly OnNumber<StatusFact>[]
  readonly changes: readonly OnNumber<ChangeFact>[]
  readonly reactions: readonly OnNumber<ReactionFact>[]
}

export interface NewIdentity {
  readonly kind: string
  readonly value: string
  readonly contactId: string
  readonly activatedAtMs: number | null
  readonly retiredAtMs: number | null
}

/** A conversation as the batch's messages make it: merged into what is there by time, or new. */
export interface ConversationWrite {
  readonly id: string
  readonly numberId: string
  readonly contactId: string
  /** The newest of the batch's messages in it. */
  readonly newest: MessageRow
  readonly last: LastMessage
  readonly inboundAdded: number
  readonly lastInboundAtMs: number | null
}

/** `drafts` in the order of their numbers. */
export function planWrites(
  drafts: ReadonlyMap<string, Draft>,
  contacts: readonly ContactDraft[],
  loaded: LoadedBatch,
): WritePlan {
  const { people } = loaded
  const all = [...drafts.values()]
  const messages = all.flatMap((draft) => [...draft.messages.values()])
  const changed = messages.filter(({ before, row }) => before !== null && before !== row)
  return {
    contacts: contacts.filter(({ before, row }) => before !== row).map(({ row }) => row),
    newIdentities: contacts
      .flatMap((contact) => newIdentities(contact, people).map((key) => identityRow(key, contact)))
      .sort(byIdentity),
    markedIdentities: contacts.flatMap((contact) => markedIdentities(contact, people)),
    refolds: contacts.filter((contact) => needsRefold(contact, people)).map(({ row }) => row.id),
    newMessages: all.flatMap(newMessages),
    changedMessages: changed.filter((message) => !isDeliveryOnly(message)).map(({ row }) => row),
    deliveredMessages: changed.filter(isDeliveryOnly).map(({ row }) => row),
    conversations: [...drafts].flatMap(([numberId, draft]) =>
      planConversations(numberId, draft, loaded.numbers.get(numberId) as Loaded),
    ),
    relasts: [...new Set(changed.filter(movedPlace).map(({ row }) => row.conversationId))],
    refusals: [...new Set(messages.filter(tellsOfWindow).map(({ row }) => row.conversationId))].sort(),
    statuses: all.flatMap(({ statuses }) => sortedValues(statuses)),
    changes: all.flatMap(({ changes }) => sortedValues(changes)),
    reactions: all.flatMap(({ reactions }) => sortedValues(reactions)),
  }
}

function tellsOfWindow({ before, row }: MessageDraft): boolean {
  return before !== row && (isWindowRefusal(before?.error ?? null) || isWindowRefusal(row.error))
}

function newMessages({ messages }: Draft): MessageRow[] {
  return [...messages.values()]
    .filter(({ before }) => before === null)
    .map(({ row }) => row)
    .sort((a, b) => ((a.wamid as string) < (b.wamid as string) ? -1 : 1))
}

/** The most frequent change by far: a status. */
function isDeliveryOnly({ before, row }: MessageDraft): boolean {
  if (before === null) return false
  const { wamid, delivery, deliveryAtMs, error } = row
  const same = { ...before, wamid, delivery, deliveryAtMs, error }
  return (Object.keys(row) as (keyof MessageRow)[]).every((field) => row[field] === same[field])
}

function sortedValues<T>(values: ReadonlyMap<string, T>): T[] {
  if (values.size === 0) return []
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
}

function byIdentity(a: NewIdentity, b: NewIdentity): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  return a.value < b.value ? -1 : 1
}

function identityRow(key: IdentityKey, { row, person }: ContactDraft): NewIdentity {
  return {
    kind: identityKind(key),
    value: identityValue(key),
    contactId: row.id,
    activatedAtMs: person.activatedAtMs.get(key) ?? null,
    retiredAtMs: person.retiredAtMs.get(key) ?? null,
  }
}

/** Identities that were there before and were taken up or given up by a fact of this batch. */
function markedIdentities(contact: ContactDraft, loaded: LoadedPeople): NewIdentity[] {
  const { activatedAtMs, retiredAtMs } = contact.person
  if (activatedAtMs.size === 0 && retiredAtMs.size === 0) return []
  return contact.person.keys
    .filter((key) => loaded.contactOf.has(key) && (activatedAtMs.has(key) || retiredAtMs.has(key)))
    .map((key) => identityRow(key, contact))
    .sort(byIdentity)
}

function movedPlace({ before, row }: MessageDraft): boolean {
  return before !== null && (before.sentAtMs !== row.sentAtMs || before.wamid !== row.wamid)
}

function planConversations(numberId: string, draft: Draft, loaded: Loaded): ConversationWrite[] {
  const plans = new Map<
    string,
    { contactId: string; newest: MessageRow; inbound: number; inboundAtMs: number | null }
  >()
  const contactOf = new Map<string, string>()
  for (const { id, contactId } of draft.conversations.values()) contactOf.set(id, contactId)
  for (const { id, contactId } of loaded.conversations.values()) contactOf.set(id, contactId)
  for (const { before, row } of draft.messages.values()) {
    if (before === row) continue
    const counted = isInbound(row) && (before === null || !isInbound(before))
    const plan = plans.get(row.conversationId)
    if (plan === undefined) {
      plans.set(row.conversationId, {
        contactId: contactOf.get(row.conversationId) as string,
        newest: row,
        inbound: counted ? 1 : 0,
        inboundAtMs: opensReplyWindow(row) ? row.sentAtMs : null,
      })
      continue
    }
    if (compareMessages(row, plan.newest) > 0) plan.newest = row
    if (counted) plan.inbound++
    if (opensReplyWindow(row)) plan.inboundAtMs = Math.max(plan.inboundAtMs ?? 0, row.sentAtMs)
  }
  return [...plans]
    .map(([id, { contactId, newest, inbound, inboundAtMs }]) => ({
      id,
      numberId,
      contactId,
      newest,
      last: lastMessageView(newest),
      inboundAdded: inbound,
      lastInboundAtMs: inboundAtMs,
    }))
    .sort((a, b) => (a.contactId < b.contactId ? -1 : 1))
}

/** Live messages of the customer: what is counted as unread. */
export function isInbound(row: Pick<MessageRow, 'source' | 'author'>): boolean {
  return row.source === 'live' && row.author === 'customer'
}
