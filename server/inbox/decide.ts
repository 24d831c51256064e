import type { Author, DeliveryError, Source } from '../../contract/message.ts'
import { identityKeys } from '../contacts/identity-keys.ts'
import type { Person, Persons } from '../contacts/persons.ts'
import type { Ids } from '../platform/ids.ts'
import type { ChannelMessage, ChannelStatus, Via } from '../whatsapp/channel-event.ts'
import type { ContactDraft, ConversationDraft, Draft, Loaded, OnNumber, StatusFact, WaitingFacts } from './draft.ts'
import { baseRank, contentRank, foldCopy, foldDelete, foldDelivery, foldEdit, foldReaction } from './fold-message.ts'
import type { MessageRow } from './rows.ts'
import type { Act, NumberFacts } from './sort-facts.ts'

/** The people of a batch, and what becomes of each: one draft for all numbers that hear of them. */
export interface DecidedPeople {
  readonly persons: Persons
  readonly contactOf: ReadonlyMap<Person, ContactDraft>
}

interface Batch {
  readonly numberId: string
  readonly loaded: Loaded
  readonly people: DecidedPeople
  readonly draft: Draft
  readonly ids: Ids
}

/**
 * What becomes of one number's part of a batch: takes its facts and what the database knows, gives every row as it is
 * afterwards. Messages first, then what was said about them: within a batch, too, the order makes no difference.
 */
export function decide({ numberId, facts }: NumberFacts, loaded: Loaded, people: DecidedPeople, ids: Ids): Draft {
  const draft: Draft = {
    conversations: new Map(),
    messages: new Map(),
    statuses: new Map(),
    changes: new Map(),
    reactions: new Map(),
    orphans: false,
  }
  const batch: Batch = { numberId, loaded, people, draft, ids }
  for (const message of facts.messages) decideMessage(batch, message)
  for (const act of facts.acts) decideAct(batch, act)
  for (const status of facts.statuses) decideStatus(batch, status)
  return draft
}

function decideMessage(batch: Batch, message: ChannelMessage): void {
  const { draft, loaded, numberId } = batch
  const known = draft.messages.get(message.wamid)
  if (known !== undefined) {
    known.row = foldCopy(known.row, newMessage(known.row.id, known.row.conversationId, numberId, message))
    return
  }
  const before = loaded.messages.get(message.wamid) ?? null
  if (before !== null) {
    const row = foldCopy(before, newMessage(before.id, before.conversationId, numberId, message))
    draft.messages.set(message.wamid, { before, row })
    return
  }
  const conversation = conversationOf(batch, message)
  const row = newMessage(batch.ids.next(), conversation.id, numberId, message)
  draft.messages.set(message.wamid, { before: null, row: foldWaiting(row, loaded.waiting.get(message.wamid)) })
}

/** One conversation per contact and number, for ever. */
function conversationOf(batch: Batch, message: ChannelMessage): ConversationDraft {
  const key = identityKeys(message.customer)[0] as string
  const contact = batch.people.contactOf.get(batch.people.persons.of(key) as Person) as ContactDraft
  const known = batch.draft.conversations.get(contact.row.id)
  if (known !== undefined) return known
  const before = batch.loaded.conversations.get(contact.row.id) ?? null
  const conversation = { id: before?.id ?? batch.ids.next(), contactId: contact.row.id, before }
  batch.draft.conversations.set(contact.row.id, conversation)
  return conversation
}

const SOURCE: Readonly<Record<Via, Source>> = {
  ...{ live: 'live', echo: 'live', standby: 'standby' },
  ...{ history: 'history', history_media: 'history' },
}

function newMessage(id: string, conversationId: string, numberId: string, fact: ChannelMessage): MessageRow {
  // Whether the phone had read a customer's message says nothing about a delivery.
  const delivery = fact.direction === 'out' ? fact.historyStatus : null
  return {
    id,
    conversationId,
    numberId,
    wamid: fact.wamid,
    clientId: null,
    author: authorOf(fact),
    memberId: null,
    source: SOURCE[fact.via],
    sentAtMs: fact.sentAtMs,
    content: fact.content,
    file: null,
    delivery,
    deliveryAtMs: delivery === null ? null : fact.sentAtMs,
    error: null,
    quote: quoteOf(fact),
    referral: fact.referral,
    forwarded: fact.forwarded === 'no' ? 0 : fact.forwarded === 'once' ? 1 : 2,
    reactions: null,
    versions: null,
    deletedAtMs: null,
    baseRank: baseRank(fact.via, fact.content),
    contentRank: contentRank(fact.via, fact.content),
  }
}

/** A line of WhatsApp's own is nobody's writing, and no more is a call: it counts as nothing. */
function authorOf(fact: ChannelMessage): Author {
  if (fact.content.type === 'system' || fact.content.type === 'call') return 'unknown'
  if (fact.direction === 'in') return 'customer'
  // On standby, what the business said is what its other partner sent by the API.
  return fact.via === 'live' || fact.via === 'standby' ? 'api' : 'phone'
}

function quoteOf(fact: ChannelMessage): MessageRow['quote'] {
  const wamid = fact.context?.wamid
  if (wamid == null) return null
  return fact.context?.productId == null ? { wamid } : { wamid, productId: fact.context.productId }
}

/** What was said about a message before it came. */
export function foldWaiting(row: MessageRow, waiting: WaitingFacts | undefined): MessageRow {
  if (waiting === undefined) return row
  let next = row
  for (const status of waiting.statuses) next = foldDelivery(next, deliveryFactOf(status))
  for (const edit of waiting.edits) next = foldEdit(next, edit)
  for (const atMs of waiting.deletes) next = foldDelete(next, atMs)
  for (const reaction of waiting.reactions) next = foldReaction(next, reaction)
  return next
}

function decideAct(batch: Batch, act: Act): void {
  const { draft, numberId } = batch
  const { targetWamid, wamid, sentAtMs: atMs } = act
  const target = messageDraft(batch, targetWamid)
  if (target === null) draft.orphans = true
  const change = `${targetWamid} ${wamid}`
  switch (act.type) {
    case 'channel.edit':
      draft.changes.set(change, { numberId, targetWamid, wamid, kind: 'edit', atMs, content: act.content })
      if (target !== null) target.row = foldEdit(target.row, { content: act.content, atMs, wamid })
      return
    case 'channel.delete':
      draft.changes.set(change, { numberId, targetWamid, wamid, kind: 'delete', atMs, content: null })
      if (target !== null) target.row = foldDelete(target.row, atMs)
      return
    case 'channel.reaction': {
      const by = act.direction === 'in' ? 'customer' : 'business'
      const reaction = { by, emoji: act.emoji, atMs, wamid } as const
      const key = `${targetWamid} ${by}`
      const known = draft.reactions.get(key)
      const isLater = known === undefined || known.atMs < atMs || (known.atMs === atMs && known.wamid < wamid)
      if (isLater) draft.reactions.set(key, { ...reaction, numberId, targetWamid })
      if (target !== null) target.row = foldReaction(target.row, reaction)
      return
    }
    default:
      act satisfies never
  }
}

function messageDraft(batch: Batch, wamid: string) {
  const known = batch.draft.messages.get(wamid)
  if (known !== undefined) return known
  const before = batch.loaded.messages.get(wamid)
  if (before === undefined) return null
  const made = { before, row: before }
  batch.draft.messages.set(wamid, made)
  return made
}

function decideStatus(batch: Batch, status: ChannelStatus): void {
  const fact: OnNumber<StatusFact> = {
    numberId: batch.numberId,
    wamid: status.wamid,
    state: status.status,
    atMs: status.atMs,
    errors: status.errors,
    pricing: status.pricing,
    conversation: status.conversation,
    callbackData: status.callbackData,
  }
  const key = `${fact.wamid} ${fact.state}`
  const twin = batch.draft.statuses.get(key)
  if (twin === undefined || fact.atMs < twin.atMs) batch.draft.statuses.set(key, fact)
  const target = messageDraft(batch, status.wamid) ?? settleOwn(batch, status)
  if (target === null) batch.draft.orphans = true
  else target.row = foldDelivery(target.row, deliveryFactOf(fact))
}

/** A status that overtook the answer to our own send tells which message of ours it is, and so its wamid. */
function settleOwn(batch: Batch, status: ChannelStatus) {
  const before = status.callbackData === null ? undefined : batch.loaded.own.get(status.callbackData)
  if (before === undefined) return null
  batch.loaded.own.delete(before.id)
  const row = foldWaiting({ ...before, wamid: status.wamid }, batch.loaded.waiting.get(status.wamid))
  const made = { before, row }
  batch.draft.messages.set(status.wamid, made)
  return made
}

/** What a status says of the delivery. The first error of a failure is the one shown. */
export function deliveryFactOf(status: Pick<StatusFact, 'state' | 'atMs' | 'errors'>) {
  const error = status.state === 'failed' ? ((status.errors[0] as DeliveryError | undefined) ?? null) : null
  return { state: status.state, atMs: status.atMs, error: error === null ? null : plainError(error) }
}

function plainError({ code, title, details }: DeliveryError): DeliveryError {
  return { code, title, details }
}
