import { contentWords } from '../../contract/content-words.ts'
import type { Contact, Conversation, LastMessage } from '../../contract/conversation.ts'
import type { Message, MessageVersion, Quote, Reaction } from '../../contract/message.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import type { ContactRow, ConversationRow, MessageRow, StoredVersion } from './rows.ts'

/** Rows as readers see them: the same for the feed, the snapshot and the API, so that they always agree. */

/** Characters of a line in the list, of a quote's preview. */
export const PREVIEW_LENGTH_MAX = 160

const FORWARDED = ['no', 'once', 'often'] as const

/** `quoted` is the message that this one answers, when it is known. */
export function messageView(row: MessageRow, quoted: QuotedMessage | null): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    numberId: row.numberId,
    wamid: row.wamid,
    clientId: row.clientId,
    author: row.author,
    memberId: row.memberId,
    source: row.source,
    content: row.content,
    file: row.file,
    sentAtMs: row.sentAtMs,
    delivery: row.delivery,
    deliveryAtMs: row.deliveryAtMs,
    error: row.error,
    quote: quoteView(row, quoted),
    referral: row.referral,
    forwarded: FORWARDED[row.forwarded] ?? 'no',
    reactions: reactionViews(row),
    versions: versionViews(row.versions),
    deletedAtMs: row.deletedAtMs,
    ...(row.payment == null ? {} : { payment: row.payment }),
    ...(row.plan == null ? {} : { plan: row.plan }),
    ...(row.doubt == null ? {} : { doubt: row.doubt }),
    ...(row.againOf == null ? {} : { againOf: row.againOf }),
  }
}

export type QuotedMessage = Pick<MessageRow, 'author' | 'content' | 'deletedAtMs'>

function quoteView(row: MessageRow, quoted: QuotedMessage | null): Quote | null {
  if (row.quote === null || quoted === null) return row.quote
  return { ...row.quote, preview: { author: quoted.author, ...lineOf(quoted) } }
}

const NONE: readonly never[] = []

function reactionViews(row: MessageRow): readonly Reaction[] {
  if (row.reactions === null) return NONE
  return row.reactions.flatMap(({ by, emoji, atMs }) => (emoji === null ? [] : [{ by, emoji, atMs }]))
}

/** Earlier wordings, each with the time of the edit that replaced it. */
function versionViews(versions: readonly StoredVersion[] | null): readonly MessageVersion[] {
  if (versions === null) return NONE
  return versions.slice(1).map((next, index) => ({
    content: (versions[index] as StoredVersion).content,
    replacedAtMs: next.atMs ?? 0,
  }))
}

export function contactView(row: ContactRow): Contact {
  const { id, phone, userId, username, addressBookName, profileName, agentName } = row
  return { id, phone, userId, username, addressBookName, profileName, agentName }
}

export function conversationView(row: ConversationRow, contact: ContactRow): Conversation {
  return {
    id: row.id,
    numberId: row.numberId,
    contact: contactView(contact),
    last: row.last,
    lastAtMs: row.lastAtMs,
    inboundCount: row.inboundCount,
    lastInboundAtMs: row.lastInboundAtMs,
    ...(row.windowRefusedAtMs == null ? {} : { windowRefusedAtMs: row.windowRefusedAtMs }),
    owner: row.owner,
  }
}

/** The line of the list for a conversation whose newest message is this one. */
export function lastMessageView(row: MessageRow): LastMessage {
  return {
    author: row.author,
    memberId: row.memberId,
    ...lineOf(row),
    sentAtMs: row.sentAtMs,
    delivery: row.delivery,
  }
}

/** A message in one line. A deleted one keeps its kind, not its words. */
function lineOf({ content, deletedAtMs }: Pick<MessageRow, 'content' | 'deletedAtMs'>) {
  return {
    type: content.type,
    text: deletedAtMs === null ? previewText(content) : '',
    voice: content.type === 'audio' && content.voice === true,
    deleted: deletedAtMs !== null,
  }
}

/** Plain text of a message, at most `PREVIEW_LENGTH_MAX` characters; empty when the type says it all. */
export function previewText(content: MessageContent): string {
  const text = contentWords(content)
  if (text.length <= PREVIEW_LENGTH_MAX) return text.includes('\n') ? text.replaceAll('\n', ' ') : text
  // Never half of a surrogate pair.
  return Array.from(text.slice(0, PREVIEW_LENGTH_MAX * 2))
    .slice(0, PREVIEW_LENGTH_MAX)
    .join('')
    .replaceAll('\n', ' ')
}
