import type { ConversationsPage, MessagesPage, Snapshot } from '../../contract/api/inbox.ts'
import type { BusinessNumber, Member } from '../../contract/number.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, readWorkspace, type Sql } from '../platform/db.ts'
import { countUnrecognised } from './notice-store.ts'
import {
  type ConversationPlace,
  type MessagePlace,
  writeConversationCursor,
  writeMessageCursor,
} from './page-cursor.ts'
import {
  type ConversationLine,
  readConversation,
  readConversationLines,
  readFeedPlace,
  readThread,
  viewMessages,
} from './read-store.ts'

/** Conversations of a snapshot; the rest comes page by page. */
const SNAPSHOT_CONVERSATIONS = 100

export interface SnapshotDeps {
  readonly database: Database
  readonly clock: Clock
  readonly readMembers: (sql: Sql, workspaceId: string) => Promise<readonly Member[]>
  readonly readNumbers: (sql: Sql, workspaceId: string) => Promise<readonly BusinessNumber[]>
}

/** Everything a member's browser begins with, and the position of the feed it was read at: one consistent reading. */
export function readSnapshot(deps: SnapshotDeps, workspaceId: string, memberId: string): Promise<Snapshot> {
  return readWorkspace(deps.database, workspaceId, async (sql) => {
    const { feedId, seq } = await readFeedPlace(sql, workspaceId)
    const members = await deps.readMembers(sql, workspaceId)
    const numbers = await deps.readNumbers(sql, workspaceId)
    const page = await readPage(sql, workspaceId, memberId, null, SNAPSHOT_CONVERSATIONS)
    const unrecognisedTotal = await countUnrecognised(sql, workspaceId)
    return {
      feedId,
      state: {
        seq,
        me: memberId,
        members,
        numbers: Object.fromEntries(numbers.map((number) => [number.id, number])),
        conversations: Object.fromEntries(page.conversations.map((one) => [one.id, one])),
        reads: page.reads,
        threads: {},
        unrecognisedTotal,
      },
      nextCursor: page.nextCursor,
      nowMs: deps.clock.nowMs(),
    }
  })
}

/** A page of the list, from below `after`. */
export function readConversationsPage(
  database: Database,
  workspaceId: string,
  memberId: string,
  page: { readonly after: ConversationPlace | null; readonly limit: number },
): Promise<ConversationsPage> {
  return readWorkspace(database, workspaceId, async (sql) => {
    const { seq } = await readFeedPlace(sql, workspaceId)
    return { seq, ...(await readPage(sql, workspaceId, memberId, page.after, page.limit)) }
  })
}

/**
 * A page of a thread, oldest message first, from above `before`; of the one that it went up in, when it did. `null` when
 * there is no such conversation.
 */
export function readMessagesPage(
  database: Database,
  workspaceId: string,
  conversationId: string,
  page: { readonly before: MessagePlace | null; readonly limit: number },
): Promise<MessagesPage | null> {
  return readWorkspace(database, workspaceId, async (sql) => {
    const { seq } = await readFeedPlace(sql, workspaceId)
    const conversation = await readConversation(sql, workspaceId, conversationId)
    if (conversation === null) return null
    const found = await readThread(sql, workspaceId, conversation.id, page.before, page.limit + 1)
    const rows = found.slice(0, page.limit)
    const oldest = rows.at(-1)
    const messages = await viewMessages(sql, workspaceId, rows.reverse())
    const nextCursor = found.length > page.limit && oldest !== undefined ? writeMessageCursor(oldest) : null
    return { seq, conversation, messages, nextCursor }
  })
}

async function readPage(
  sql: Sql,
  workspaceId: string,
  memberId: string,
  after: ConversationPlace | null,
  limit: number,
): Promise<Omit<ConversationsPage, 'seq'>> {
  const found = await readConversationLines(sql, workspaceId, memberId, after, limit + 1)
  const lines = found.slice(0, limit)
  const last = lines.at(-1)?.conversation
  return {
    conversations: lines.map((line) => line.conversation),
    reads: readsOf(lines),
    nextCursor: found.length > limit && last !== undefined ? writeConversationCursor(last) : null,
  }
}

/** Only what was read at all: nothing read is the same as no entry. */
function readsOf(lines: readonly ConversationLine[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    lines.filter((line) => line.readCount > 0).map((line) => [line.conversation.id, line.readCount]),
  )
}
