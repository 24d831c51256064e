import type { Sql } from '../platform/db.ts'
import { storableJson, storableText } from './canonical-json.ts'
import { plainColumn, textColumn } from './columns.ts'
import type { ConversationWrite, NewIdentity, WritePlan } from './plan-writes.ts'
import { ms, timestamp } from './row-sql.ts'
import type { ContactRow, ConversationRow, MessageRow } from './rows.ts'

/** Something was written by another process since it was read: the batch has to be read and decided anew. */
export class WriteConflict extends Error {}

/** What is newer in a conversation's last line stays: by time, then wamid, and one without a wamid stands last. */
const NEWER = `(excluded.last_at, coalesce(excluded.last_wamid, '~'), excluded.last_id) >=
  (c.last_at, coalesce(c.last_wamid, '~'), coalesce(c.last_id, excluded.last_id))`

/**
 * New identities and messages, contacts as they are now, and the conversations they are in, in one statement. Where another
 * process was quicker since the look-up, a unique key refuses (plain inserts cost less than those that ask first), and the
 * batch is decided anew. Of contacts that are there only the names change: their identifiers are folded from identities.
 */
const WRITE = `
with person as (
  insert into contact as c (workspace_id, id, phone, user_id, parent_user_id, username, username_at, address_book_name,
                       address_book_at, profile_name, profile_at, created_at)
  select $1, id, phone, user_id, parent, username, ${timestamp('username_at')}, book, ${timestamp('book_at')}, profile,
         ${timestamp('profile_at')}, ${timestamp('$2::float8')}
    from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::text[], $10::float8[],
                $11::text[], $12::float8[])
         u(id, phone, user_id, parent, username, username_at, book, book_at, profile, profile_at)
  on conflict (workspace_id, id) do update set
    username = excluded.username, username_at = excluded.username_at, address_book_name = excluded.address_book_name,
    address_book_at = excluded.address_book_at, profile_name = excluded.profile_name, profile_at = excluded.profile_at
), new_identity as (
  insert into identity (workspace_id, kind, value, contact_id, activated_at, retired_at)
  select $1, kind, value, contact_id, ${timestamp('activated_at')}, ${timestamp('retired_at')}
    from unnest($13::smallint[], $14::text[], $15::uuid[], $16::float8[], $17::float8[])
         u(kind, value, contact_id, activated_at, retired_at)
), new_message as (
  insert into message (workspace_id, number_id, id, conversation_id, wamid, author, source, sent_at, content, delivery,
                       delivery_at, error, quote, referral, forwarded, reactions, versions, deleted_at, base_rank,
                       content_rank, created_at)
  select $1, number_id, id, conversation_id, wamid, author, source, ${timestamp('sent_at')}, content::jsonb, delivery,
         ${timestamp('delivery_at')}, error::jsonb, quote::jsonb, referral::jsonb, forwarded, reactions::jsonb,
         versions::jsonb, ${timestamp('deleted_at')}, base_rank, content_rank, ${timestamp('$2::float8')}
    from unnest($18::uuid[], $19::uuid[], $20::uuid[], $21::text[], $22::text[], $23::text[], $24::float8[], $25::text[],
                $26::text[], $27::float8[], $28::text[], $29::text[], $30::text[], $31::smallint[], $32::text[],
                $33::text[], $34::float8[], $35::smallint[], $36::smallint[])
         u(number_id, id, conversation_id, wamid, author, source, sent_at, content, delivery, delivery_at, error, quote, referral,
           forwarded, reactions, versions, deleted_at, base_rank, content_rank)
), thread as (
  insert into conversation as c (workspace_id, number_id, id, contact_id, last, last_at, last_wamid, last_id,
                                 inbound_count, last_inbound_at, created_at)
  select $1, number_id, id, contact_id, last::jsonb, ${timestamp('last_at')}, last_wamid, last_id, inbound,
         ${timestamp('inbound_at')}, ${timestamp('$2::float8')}
    from unnest($37::uuid[], $38::uuid[], $39::uuid[], $40::text[], $41::float8[], $42::text[], $43::uuid[], $44::integer[],
                $45::float8[])
         u(number_id, id, contact_id, last, last_at, last_wamid, last_id, inbound, inbound_at)
  on conflict (workspace_id, number_id, contact_id) do update set
    last = case when ${NEWER} then excluded.last else c.last end,
    last_at = case when ${NEWER} then excluded.last_at else c.last_at end,
    last_wamid = case when ${NEWER} then excluded.last_wamid else c.last_wamid end,
    last_id = case when ${NEWER} then excluded.last_id else c.last_id end,
    inbound_count = c.inbound_count + excluded.inbound_count,
    last_inbound_at = greatest(c.last_inbound_at, excluded.last_inbound_at)
  returning id, number_id, contact_id, last, last_at, last_wamid, last_id, inbound_count, last_inbound_at,
            window_refused_at, owner
)
select id, number_id as "numberId", contact_id as "contactId", last, ${ms('last_at')}::float8 as "lastAtMs", last_wamid as "lastWamid",
       last_id as "lastId", inbound_count as "inboundCount", ${ms('last_inbound_at')}::float8 as "lastInboundAtMs",
       ${ms('window_refused_at')}::float8 as "windowRefusedAtMs", owner
  from thread`

/**
 * Writes the new rows, gives the touched conversations as they are now, by id.
 * Throws a `WriteConflict` when another process wrote one of them in the meantime.
 */
export async function writeNew(
  sql: Sql,
  workspaceId: string,
  nowMs: number,
  plan: WritePlan,
): Promise<Map<string, ConversationRow>> {
  const { rows } = await sql.query<ConversationRow>({
    name: 'inbox_write',
    text: WRITE,
    values: [
      workspaceId,
      nowMs,
      ...contactColumns(plan.contacts),
      ...identityColumns(plan.newIdentities),
      ...messageColumns(plan.newMessages),
      ...conversationColumns(plan.conversations),
    ],
  })
  const written = new Map(rows.map((row) => [row.id, row]))
  for (const { id } of plan.conversations) {
    if (!written.has(id)) throw new WriteConflict('A conversation of this batch was opened by another process')
  }
  return written
}

function contactColumns(rows: readonly ContactRow[]): (string | null)[] {
  return [
    plainColumn(rows, (row) => row.id),
    textColumn(rows, (row) => row.phone),
    textColumn(rows, (row) => row.userId),
    textColumn(rows, (row) => row.parentUserId),
    textColumn(rows, (row) => storable(row.username)),
    plainColumn(rows, (row) => row.usernameAtMs),
    textColumn(rows, (row) => storable(row.addressBookName)),
    plainColumn(rows, (row) => row.addressBookAtMs),
    textColumn(rows, (row) => storable(row.profileName)),
    plainColumn(rows, (row) => row.profileAtMs),
  ]
}

function identityColumns(rows: readonly NewIdentity[]): (string | null)[] {
  return [
    plainColumn(rows, (row) => row.kind),
    textColumn(rows, (row) => row.value),
    plainColumn(rows, (row) => row.contactId),
    plainColumn(rows, (row) => row.activatedAtMs),
    plainColumn(rows, (row) => row.retiredAtMs),
  ]
}

export function messageColumns(rows: readonly MessageRow[]): (string | null)[] {
  return [
    plainColumn(rows, (row) => row.numberId),
    plainColumn(rows, (row) => row.id),
    plainColumn(rows, (row) => row.conversationId),
    textColumn(rows, (row) => row.wamid),
    plainColumn(rows, (row) => row.author),
    plainColumn(rows, (row) => row.source),
    plainColumn(rows, (row) => row.sentAtMs),
    textColumn(rows, (row) => storableJson(row.content)),
    plainColumn(rows, (row) => row.delivery),
    plainColumn(rows, (row) => row.deliveryAtMs),
    textColumn(rows, (row) => json(row.error)),
    textColumn(rows, (row) => json(row.quote)),
    textColumn(rows, (row) => json(row.referral)),
    plainColumn(rows, (row) => row.forwarded),
    textColumn(rows, (row) => json(row.reactions)),
    textColumn(rows, (row) => json(row.versions)),
    plainColumn(rows, (row) => row.deletedAtMs),
    plainColumn(rows, (row) => row.baseRank),
    plainColumn(rows, (row) => row.contentRank),
  ]
}

function conversationColumns(rows: readonly ConversationWrite[]): (string | null)[] {
  return [
    plainColumn(rows, (row) => row.numberId),
    plainColumn(rows, (row) => row.id),
    plainColumn(rows, (row) => row.contactId),
    textColumn(rows, (row) => storableJson(row.last)),
    plainColumn(rows, (row) => row.newest.sentAtMs),
    textColumn(rows, (row) => row.newest.wamid),
    plainColumn(rows, (row) => row.newest.id),
    plainColumn(rows, (row) => row.inboundAdded),
    plainColumn(rows, (row) => row.lastInboundAtMs),
  ]
}

export function json(value: unknown): string | null {
  return value === null ? null : storableJson(value)
}

function storable(text: string | null): string | null {
  return text === null ? null : storableText(text)
}
