import type { Sql } from '../platform/db.ts'
import { storableJson } from './canonical-json.ts'
import { plainColumn, textColumn } from './columns.ts'
import type { NewIdentity } from './plan-writes.ts'
import { contactJson, conversationJson, messageJson, opensWindow, timestamp } from './row-sql.ts'
import type { ContactRow, ConversationRow, MessageRow } from './rows.ts'
import { lastMessageView } from './view.ts'
import { messageColumns, WriteConflict } from './write-store.ts'

/**
 * Changes of rows that are there; the rows are locked since they were read. Messages can be looked up in several ways, and
 * an `update` that joins them could be planned, while the table is empty, to read the workspace: they are given as inserts
 * that meet their own row, whose key is named, so that there is nothing to choose.
 */

/** Messages as facts have left them. `id` never changes; `wamid` only from null. */
export async function updateMessages(sql: Sql, workspaceId: string, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return
  const result = await sql.query<Written>({
    name: 'inbox_update_messages',
    text: UPDATE_MESSAGES,
    values: [workspaceId, ...messageColumns(rows)],
  })
  expectMet(result.rows)
}

export const UPDATE_MESSAGES = `
insert into message as m (workspace_id, number_id, id, conversation_id, wamid, author, source, sent_at, content, delivery,
                          delivery_at, error, quote, referral, forwarded, reactions, versions, deleted_at, base_rank,
                          content_rank, created_at)
select $1, number_id, id, conversation_id, wamid, author, source, ${timestamp('sent_at')}, content::jsonb, delivery,
       ${timestamp('delivery_at')}, error::jsonb, quote::jsonb, referral::jsonb, forwarded, reactions::jsonb,
       versions::jsonb, ${timestamp('deleted_at')}, base_rank, content_rank, ${timestamp('sent_at')}
  from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::text[],
              $10::text[], $11::float8[], $12::text[], $13::text[], $14::text[], $15::smallint[], $16::text[],
              $17::text[], $18::float8[], $19::smallint[], $20::smallint[])
       u(number_id, id, conversation_id, wamid, author, source, sent_at, content, delivery, delivery_at, error, quote,
         referral, forwarded, reactions, versions, deleted_at, base_rank, content_rank)
    on conflict (workspace_id, id) do update set wamid = excluded.wamid, author = excluded.author,
       source = excluded.source, sent_at = excluded.sent_at, content = excluded.content, delivery = excluded.delivery,
       delivery_at = excluded.delivery_at, error = excluded.error, quote = excluded.quote, referral = excluded.referral,
       forwarded = excluded.forwarded, reactions = excluded.reactions, versions = excluded.versions,
       deleted_at = excluded.deleted_at, base_rank = excluded.base_rank, content_rank = excluded.content_rank
returning m.xmax::text <> '0' as met`

/** A message that was to be changed. */
export interface Written {
  /** The row was there, as it must be. */
  readonly met: boolean
}

export function expectMet(rows: readonly Written[]): void {
  if (rows.some(({ met }) => !met)) throw new WriteConflict('A message of this batch is gone')
}

/** When identities were taken up or given up; the latest of each stays. */
export async function markIdentities(sql: Sql, workspaceId: string, rows: readonly NewIdentity[]): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `update identity i set activated_at = greatest(i.activated_at, ${timestamp('u.activated_at')}),
            retired_at = greatest(i.retired_at, ${timestamp('u.retired_at')})
       from unnest($2::smallint[], $3::text[], $4::float8[], $5::float8[]) u(kind, value, activated_at, retired_at)
      where i.workspace_id = $1 and i.kind = u.kind and i.value = u.value`,
    [
      workspaceId,
      plainColumn(rows, (row) => row.kind),
      textColumn(rows, (row) => row.value),
      plainColumn(rows, (row) => row.activatedAtMs),
      plainColumn(rows, (row) => row.retiredAtMs),
    ],
  )
}

/** The identity of one kind that a contact goes by: not given up, then taken up last, then any fixed choice. */
const CURRENT = (kind: number) => `(
  select i.value from identity i where i.workspace_id = $1 and i.contact_id = c.id and i.kind = ${kind}
   order by (i.retired_at is null or coalesce(i.activated_at > i.retired_at, false)) desc, i.activated_at desc nulls last, i.value desc
   limit 1)`

/** Folds phone and user ids of contacts from all their identities, gives the contacts as they are then. */
export async function refoldContacts(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<ContactRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql.query<{ row: ContactRow }>(
    `update contact c set phone = ${CURRENT(1)}, user_id = ${CURRENT(2)}, parent_user_id = ${CURRENT(3)}
      where c.workspace_id = $1 and c.id = any($2::uuid[]) returning ${contactJson('c')} as row`,
    [workspaceId, ids],
  )
  return rows.map(({ row }) => row)
}

/**
 * Sets the last line of conversations from the message that is the newest in them now, and what opened the reply window last: a
 * message that has moved may have been both. Gives them afterwards.
 */
export async function relastConversations(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
): Promise<ConversationRow[]> {
  if (ids.length === 0) return []
  const newest = await sql.query<{ row: MessageRow }>(
    `select ${messageJson('m')} as row from unnest($2::uuid[]) u(id)
      cross join lateral (select * from message where workspace_id = $1 and conversation_id = u.id
                           order by sent_at desc, wamid desc nulls first, id desc limit 1) m`,
    [workspaceId, ids],
  )
  const messages = newest.rows.map(({ row }) => row)
  const { rows } = await sql.query<{ row: ConversationRow }>(
    `update conversation v set last = u.last::jsonb, last_at = ${timestamp('u.at')}, last_wamid = u.wamid, last_id = u.message_id,
            last_inbound_at = (select m.sent_at from message m where m.workspace_id = $1 and m.conversation_id = u.id
                                  and m.source = 'live' and ${opensWindow('m')} order by m.sent_at desc limit 1)
       from unnest($2::uuid[], $3::text[], $4::float8[], $5::text[], $6::uuid[]) u(id, last, at, wamid, message_id)
      where v.workspace_id = $1 and v.id = u.id returning ${conversationJson('v')} as row`,
    [
      workspaceId,
      plainColumn(messages, (row) => row.conversationId),
      textColumn(messages, (row) => storableJson(lastMessageView(row))),
      plainColumn(messages, (row) => row.sentAtMs),
      textColumn(messages, (row) => row.wamid),
      plainColumn(messages, (row) => row.id),
    ],
  )
  return rows.map(({ row }) => row)
}
