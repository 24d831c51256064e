import type { Conversation } from '../../contract/conversation.ts'
import type { Message } from '../../contract/message.ts'
import type { Sql } from '../platform/db.ts'
import type { ConversationPlace, MessagePlace } from './page-cursor.ts'
import { contactJson, conversationJson, ledTo, messageJson } from './row-sql.ts'
import type { ContactRow, ConversationRow, MessageRow } from './rows.ts'
import { conversationView, messageView, type QuotedMessage } from './view.ts'

/** One line of the list, and how many of the customer's messages the member has read. */
export interface ConversationLine {
  readonly conversation: Conversation
  readonly readCount: number
}

/** Above every line of the list. */
const TOP = { lastAt: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' } as const

/** Conversations below `after` (`null`: from the top), newest activity first. Walks the index `conversation_list`. */
export async function readConversationLines(
  sql: Sql,
  workspaceId: string,
  memberId: string,
  after: ConversationPlace | null,
  limit: number,
): Promise<ConversationLine[]> {
  const { rows } = await sql.query<LineRow>(CONVERSATION_LINES, [
    workspaceId,
    memberId,
    after === null ? TOP.lastAt : new Date(after.lastAtMs),
    after?.id ?? TOP.id,
    limit,
  ])
  return rows.map(lineOf)
}

export const CONVERSATION_LINES = `
  with page as materialized (
    select * from conversation v where v.workspace_id = $1 and (v.last_at, v.id) < ($3::timestamptz, $4::uuid)
     order by v.last_at desc, v.id desc limit $5
  )
  select ${conversationJson('page')} as conversation, ${contactJson('k')} as contact, r.inbound_count as read_count
    from page
    join contact k on k.workspace_id = page.workspace_id and k.id = page.contact_id
    left join conversation_read r
      on r.workspace_id = page.workspace_id and r.member_id = $2 and r.conversation_id = page.id
   order by page.last_at desc, page.id desc`

/** One conversation, or the one that it went up in; `null` when there is none in this workspace. */
export async function readConversation(
  sql: Sql,
  workspaceId: string,
  conversationId: string,
): Promise<Conversation | null> {
  const { rows } = await sql.query<LineRow>(
    `select ${conversationJson('v')} as conversation, ${contactJson('k')} as contact
       from conversation v join contact k on k.workspace_id = v.workspace_id and k.id = v.contact_id
      where v.workspace_id = $1 and v.id = ${ledTo('$2')}`,
    [workspaceId, conversationId],
  )
  return rows[0] === undefined ? null : conversationView(rows[0].conversation, rows[0].contact)
}

/** Messages of a thread above `before` (`null`: the newest), newest first. Walks the index `message_thread` backwards. */
export async function readThread(
  sql: Sql,
  workspaceId: string,
  conversationId: string,
  before: MessagePlace | null,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql.query<{ message: MessageRow }>(THREAD_PAGE, [
    workspaceId,
    conversationId,
    before === null ? 'infinity' : new Date(before.sentAtMs),
    before?.wamid ?? null,
    before?.id ?? TOP.id,
    limit,
  ])
  return rows.map((row) => row.message)
}

/** In the order of `compareMessages`, from below: what has no wamid yet stands under what has one. */
export const THREAD_PAGE = `
  select ${messageJson('m')} as message
    from message m
   where m.workspace_id = $1 and m.conversation_id = $2 and m.sent_at <= $3::timestamptz
     and (m.sent_at < $3::timestamptz
          or case when $4::text is null then m.wamid is not null or m.id < $5::uuid else m.wamid < $4::text collate "C" end)
   order by m.sent_at desc, m.wamid desc, m.id desc
   limit $6`

/** The messages as readers see them, with what they quote, found for all of them at once. */
export async function viewMessages(sql: Sql, workspaceId: string, rows: readonly MessageRow[]): Promise<Message[]> {
  const quoting = rows.filter((row) => row.quote !== null)
  const quoted = new Map<string, QuotedMessage>()
  if (quoting.length > 0) {
    const found = await sql.query<{ number_id: string; wamid: string; message: QuotedMessage }>(QUOTED, [
      workspaceId,
      quoting.map((row) => row.numberId),
      quoting.map((row) => row.quote?.wamid),
    ])
    for (const row of found.rows) quoted.set(`${row.number_id} ${row.wamid}`, row.message)
  }
  return rows.map((row) => messageView(row, quoted.get(`${row.numberId} ${row.quote?.wamid}`) ?? null))
}

/** Each look-up goes by the full unique key; `offset 0` keeps the planner from turning it into a scan. */
const QUOTED = `
  select q.number_id, q.wamid, m.message
    from unnest($2::uuid[], $3::text[]) as q(number_id, wamid)
   cross join lateral (
     select ${messageJson('t')} as message from message t
      where t.workspace_id = $1 and t.number_id = q.number_id and t.wamid = q.wamid offset 0
   ) m`

/** The position of the feed this transaction reads at, and which feed it is. */
export async function readFeedPlace(sql: Sql, workspaceId: string): Promise<{ feedId: string; seq: number }> {
  const { rows } = await sql.query<{ feed_id: string; seq: string | null }>(
    `select w.feed_id, (select seq from feed_counter where workspace_id = $1) as seq from workspace w where w.id = $1`,
    [workspaceId],
  )
  return { feedId: rows[0]?.feed_id ?? '', seq: Number(rows[0]?.seq ?? 0) }
}

interface LineRow {
  readonly conversation: ConversationRow
  readonly contact: ContactRow
  readonly read_count?: number | null
}

function lineOf(row: LineRow): ConversationLine {
  return { conversation: conversationView(row.conversation, row.contact), readCount: row.read_count ?? 0 }
}
