import type {
  BookEntry,
  ContactConversation,
  ContactDetail,
  ContactHistoryEntry,
  ContactIdentity,
  ContactMerge,
} from '../../contract/api/contacts.ts'
import type { Source } from '../../contract/message.ts'
import { contactJson, conversationJson, ms } from '../inbox/row-sql.ts'
import type { ContactRow, ConversationRow } from '../inbox/rows.ts'
import { contactView, conversationView } from '../inbox/view.ts'
import type { Sql } from '../platform/db.ts'

/** Changes that are shown of one contact. */
const HISTORY_MAX = 100

/** All there is to know of a contact; of a merged one, of the contact that it went up in. `null`: there is none. */
export async function readContactDetail(sql: Sql, workspaceId: string, id: string): Promise<ContactDetail | null> {
  const kept = await readKept(sql, workspaceId, id)
  if (kept === null) return null
  const { contact, createdAtMs } = kept
  return {
    contact: contactView(contact),
    createdAtMs,
    identities: await readIdentities(sql, workspaceId, contact),
    books: await readBooks(sql, workspaceId, contact.id),
    conversations: await readContactConversations(sql, workspaceId, contact),
    history: await readHistory(sql, workspaceId, contact.id),
    merges: await readMerges(sql, workspaceId, contact.id),
  }
}

async function readKept(sql: Sql, workspaceId: string, id: string) {
  const { rows } = await sql.query<{ contact: ContactRow; createdAtMs: number }>(
    `with recursive led as (
       select id, merged_into from contact where workspace_id = $1 and id = $2
       union all
       select c.id, c.merged_into from contact c join led on c.id = led.merged_into where c.workspace_id = $1)
     select ${contactJson('c')} as contact, (${ms('c.created_at')})::float8 as "createdAtMs"
       from led join contact c on c.workspace_id = $1 and c.id = led.id where led.merged_into is null`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

async function readIdentities(sql: Sql, workspaceId: string, contact: ContactRow): Promise<ContactIdentity[]> {
  const { rows } = await sql.query<{ kind: 1 | 2 | 3; value: string; givenUp: boolean }>(
    `select kind, value, retired_at is not null and coalesce(activated_at <= retired_at, true) as "givenUp"
       from identity where workspace_id = $1 and contact_id = $2 order by kind, value`,
    [workspaceId, contact.id],
  )
  const known = {
    1: ['phone', contact.phone],
    2: ['user_id', contact.userId],
    3: ['parent_user_id', contact.parentUserId],
  } as const
  return rows
    .map(({ kind, value, givenUp }) => ({ kind: known[kind][0], value, current: known[kind][1] === value, givenUp }))
    .sort((a, b) => Number(b.current) - Number(a.current))
}

async function readBooks(sql: Sql, workspaceId: string, contactId: string): Promise<BookEntry[]> {
  const { rows } = await sql.query<BookEntry>(
    `select number_id as "numberId", name, (${ms('named_at')})::float8 as "namedAtMs",
            case when named_at is null or removed_at > named_at then (${ms('removed_at')})::float8 end as "removedAtMs"
       from (select b.number_id, max(b.named_at) as named_at, max(b.removed_at) as removed_at,
                    (array_agg(b.name order by b.named_at desc nulls last, b.name desc nulls last))[1] as name
               from identity i join contact_book b on b.workspace_id = i.workspace_id and b.kind = i.kind and b.value = i.value
              where i.workspace_id = $1 and i.contact_id = $2 group by 1) held
      order by 1`,
    [workspaceId, contactId],
  )
  return rows
}

async function readContactConversations(
  sql: Sql,
  workspaceId: string,
  contact: ContactRow,
): Promise<ContactConversation[]> {
  const { rows } = await sql.query<{
    conversation: ConversationRow
    firstAtMs: number | null
    firstSource: Source | null
  }>(
    `select ${conversationJson('v')} as conversation, (${ms('m.sent_at')})::float8 as "firstAtMs", m.source as "firstSource"
       from business_number n
       join conversation v on v.workspace_id = n.workspace_id and v.number_id = n.id and v.contact_id = $2
       left join lateral (select sent_at, source from message where workspace_id = $1 and conversation_id = v.id
                           order by sent_at, wamid limit 1) m on true
      where n.workspace_id = $1 order by v.last_at desc, v.id`,
    [workspaceId, contact.id],
  )
  return rows.map((row) => ({ ...row, conversation: conversationView(row.conversation, contact) }))
}

/** The contact itself and all that went up in it. $1 workspace, $2 contact. */
const ALL_IN_IT = `with recursive held as (
  select $2::uuid as id
  union
  select c.id from contact c join held on c.merged_into = held.id where c.workspace_id = $1)`

async function readHistory(sql: Sql, workspaceId: string, contactId: string): Promise<ContactHistoryEntry[]> {
  const { rows } = await sql.query<ContactHistoryEntry>(
    `${ALL_IN_IT}
     select c.what, c.old, c.new, c.number_id as "numberId", c.member_id as "memberId", (${ms('c.at')})::float8 as "atMs"
       from contact_change c join held on held.id = c.contact_id
      where c.workspace_id = $1 order by c.at desc, c.id desc limit ${HISTORY_MAX}`,
    [workspaceId, contactId],
  )
  return rows
}

/** A merge stays undoable until another one is built on it: either contact merged again, later. */
async function readMerges(sql: Sql, workspaceId: string, contactId: string): Promise<ContactMerge[]> {
  const { rows } = await sql.query<Omit<ContactMerge, 'gone'> & { gone: ContactRow }>(
    `select m.id, ${contactJson('g')} as gone, m.cause, m.member_id as "memberId", (${ms('m.at')})::float8 as "atMs",
            (${ms('m.undone_at')})::float8 as "undoneAtMs", m.undone_by as "undoneBy",
            m.cause = 'member' and m.undone_at is null and not exists (
              select from contact_merge later where later.workspace_id = $1 and later.undone_at is null
                 and later.id > m.id and (later.kept_id = m.kept_id or later.gone_id = m.kept_id)) as "canUndo"
       from contact_merge m join contact g on g.workspace_id = m.workspace_id and g.id = m.gone_id
      where m.workspace_id = $1 and m.kept_id = $2
      order by m.at desc, m.id desc`,
    [workspaceId, contactId],
  )
  return rows.map((row) => ({ ...row, gone: contactView(row.gone) }))
}
