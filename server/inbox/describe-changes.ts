import type { InboxEvent } from '../../contract/inbox-event.ts'
import type { Message } from '../../contract/message.ts'
import { storableJson } from './canonical-json.ts'
import type { ContactDraft, Draft, Loaded, MessageDraft } from './draft.ts'
import type { ContactRow, ConversationRow, MessageRow } from './rows.ts'
import { contactView, conversationView, messageView } from './view.ts'

/** What a batch has written, as the database has it now. */
export interface Written {
  /** Conversations that the batch touched, by id. */
  readonly conversations: ReadonlyMap<string, ConversationRow>
  /** Contacts as they are now, by id; with those whose identifiers were folded anew. */
  readonly contacts: ReadonlyMap<string, ContactRow>
}

/** One number's part of what was written. */
export interface WrittenPart extends Written {
  readonly draft: Draft
  readonly loaded: Loaded
}

/** Events of one number's part of a batch, as JSON: messages first, then imports, each with the view as it is now. */
export function describeChanges(written: WrittenPart): string[] {
  const events: string[] = []
  const imported = new Map<string, number>()
  const threads = new Map<string, string>()
  const threadJson = (conversationId: string): string => {
    const known = threads.get(conversationId)
    if (known !== undefined) return known
    const row = written.conversations.get(conversationId) as ConversationRow
    const made = storableJson(conversationView(row, written.contacts.get(row.contactId) as ContactRow))
    threads.set(conversationId, made)
    return made
  }
  for (const message of written.draft.messages.values()) {
    const { before, row } = message
    if (before === row) continue
    if (before === null && row.source === 'history') {
      imported.set(row.conversationId, (imported.get(row.conversationId) ?? 0) + 1)
      continue
    }
    // A message that was imported, or another partner's, and now comes live is as new as any other.
    const isNew = before === null || (before.source !== 'live' && row.source === 'live')
    const type = isNew ? 'message.added' : 'message.changed'
    const view = storableJson(viewOf(written, row))
    events.push(`{"type":"${type}","message":${view},"conversation":${threadJson(row.conversationId)}}`)
  }
  for (const [conversationId, count] of imported) {
    events.push(`{"type":"history.imported","conversation":${threadJson(conversationId)},"count":${count}}`)
  }
  for (const answer of changedAnswers(written)) {
    events.push(storableJson({ type: 'message.changed', message: answer, conversation: null } satisfies InboxEvent))
  }
  return events
}

function viewOf(written: WrittenPart, row: MessageRow): Message {
  if (row.quote === null) return messageView(row, null)
  const { wamid } = row.quote
  return messageView(row, written.draft.messages.get(wamid)?.row ?? written.loaded.quoted.get(wamid) ?? null)
}

/** Messages outside the batch whose preview of a quoted message is another one now. */
function changedAnswers(written: WrittenPart): Message[] {
  const answers: Message[] = []
  for (const answer of written.loaded.answers.values()) {
    const quoted = written.draft.messages.get(answer.quote?.wamid ?? '')
    if (quoted === undefined || !showsAnother(quoted)) continue
    // An answer that changed itself has an event of its own.
    const own = written.draft.messages.get(answer.wamid ?? '')
    if (own !== undefined && own.before !== own.row) continue
    answers.push(messageView(answer, quoted.row))
  }
  return answers
}

function showsAnother({ before, row }: MessageDraft): boolean {
  if (before === null) return true
  return before.content !== row.content || before.deletedAtMs !== row.deletedAtMs || before.author !== row.author
}

/** Contacts that were known and show otherwise now: every row of the list that shows them has to follow. */
export function changedContacts(drafts: Iterable<ContactDraft>, contacts: Written['contacts']): string[] {
  const ids: string[] = []
  for (const { before, row } of drafts) {
    const now = contacts.get(row.id) as ContactRow
    if (before !== null && shown(before) !== shown(now)) ids.push(row.id)
  }
  return ids
}

function shown(contact: ContactRow): string {
  return JSON.stringify(contactView(contact))
}
