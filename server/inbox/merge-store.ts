import type { Sql } from '../platform/db.ts'
import type { MemberRead, Merged } from './merge-events.ts'
import { type ContactNames, mergedNames, namesOf } from './merge-names.ts'
import { contactJson, conversationJson, timestamp } from './row-sql.ts'
import type { ContactRow, ConversationRow } from './rows.ts'
import { refoldContacts, relastConversations } from './update-store.ts'

/** Why contacts are merged: Meta named them as one, or a member says that they are. */
export interface MergeCause {
  readonly cause: 'meta' | 'member'
  readonly memberId: string | null
  readonly nowMs: number
  /** An id for what is written down of each contact that goes. */
  readonly nextId: () => string
}

/**
 * Makes one contact of several that proved to be one person: the oldest stays, the others point to it, and their
 * identities, threads, messages and reads move there. What each conversation counted is added up, and what moved is
 * written down. Runs while nobody else projects into the workspace.
 */
export async function mergeContacts(
  sql: Sql,
  workspaceId: string,
  contactIds: readonly string[],
  why: MergeCause,
): Promise<Merged> {
  const [keptId, ...goneIds] = [...contactIds].sort() as [string, ...string[]]
  const gone: { conversationId: string; into: string }[] = []
  for (const goneId of goneIds) gone.push(...(await absorb(sql, workspaceId, keptId, goneId, why)))
  await relastConversations(sql, workspaceId, [...new Set(gone.map(({ into }) => into))])
  const [contact] = await refoldContacts(sql, workspaceId, [keptId])
  const conversations = await readConversations(sql, workspaceId, [keptId])
  const reads = await readReads(sql, workspaceId, [...new Set(gone.map(({ into }) => into))])
  return { contact: contact as ContactRow, conversations, gone, reads }
}

async function absorb(sql: Sql, workspaceId: string, keptId: string, goneId: string, why: MergeCause) {
  const mergeId = why.nextId()
  const { kept, gone } = await lockBoth(sql, workspaceId, keptId, goneId)
  await writeNames(sql, workspaceId, keptId, mergedNames(kept, gone))
  if (why.cause === 'member' || gone.isMerged) {
    await sql.query('update contact set is_merged = true where workspace_id = $1 and id = $2', [workspaceId, keptId])
    await markHeard(sql, workspaceId, [kept, gone])
  }
  const identities = await sql.query(
    'update identity set contact_id = $2 where workspace_id = $1 and contact_id = $3 returning kind, value',
    [workspaceId, keptId, goneId],
  )
  const { rows: threads } = await sql.query<{ id: string; number_id: string; into: string | null }>(
    `select v.id, v.number_id, o.id as into from business_number n
       join conversation v on v.workspace_id = $1 and v.number_id = n.id and v.contact_id = $3
       left join conversation o on o.workspace_id = $1 and o.number_id = n.id and o.contact_id = $2
      where n.workspace_id = $1 order by v.id for update of v`,
    [workspaceId, keptId, goneId],
  )
  for (const thread of threads) {
    await writeDown(sql, workspaceId, mergeId, thread, why)
    if (thread.into !== null) await moveThread(sql, workspaceId, thread.id, thread.into)
  }
  await sql.query('update conversation set contact_id = $2 where workspace_id = $1 and contact_id = $3', [
    workspaceId,
    keptId,
    goneId,
  ])
  await sql.query('update contact set merged_into = $2 where workspace_id = $1 and id = $3', [
    workspaceId,
    keptId,
    goneId,
  ])
  await sql.query(
    `insert into contact_merge (workspace_id, id, kept_id, gone_id, cause, member_id, at, kept_before, identities)
     values ($1, $2, $3, $4, $5, $6, ${timestamp('$7::float8')}, $8, $9)`,
    [
      ...[workspaceId, mergeId, keptId, goneId, why.cause, why.memberId, why.nowMs],
      JSON.stringify(namesOf(kept)),
      JSON.stringify(identities.rows),
    ],
  )
  return threads.flatMap(({ id, into }) => (into === null ? [] : [{ conversationId: id, into }]))
}

/** Those of the contacts that are there and went up in no other. */
export async function readStanding(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    'select id from contact where workspace_id = $1 and id = any($2::uuid[]) and merged_into is null',
    [workspaceId, ids],
  )
  return rows.map(({ id }) => id)
}

async function lockBoth(sql: Sql, workspaceId: string, keptId: string, goneId: string) {
  const { rows } = await sql.query<{ row: ContactRow }>(
    `select ${contactJson('c')} as row from contact c where workspace_id = $1 and id = any($2::uuid[]) order by id for update`,
    [workspaceId, [keptId, goneId]],
  )
  const [kept, gone] = [keptId, goneId].map((id) => rows.find(({ row }) => row.id === id)?.row)
  if (kept === undefined || gone === undefined) throw new Error(`Contacts ${keptId} and ${goneId} are not both there`)
  return { kept, gone }
}

/** Notes when each was heard under what it goes by: the one heard last is answered. */
async function markHeard(sql: Sql, workspaceId: string, contacts: readonly ContactRow[]): Promise<void> {
  for (const { id, phone, userId, parentUserId } of contacts) {
    await sql.query(
      `update identity i set activated_at = greatest(i.activated_at, heard.at)
         from (select max(v.last_inbound_at) as at from business_number n
                 join conversation v on v.workspace_id = $1 and v.number_id = n.id and v.contact_id = $2
                where n.workspace_id = $1) heard
        where i.workspace_id = $1 and i.contact_id = $2 and heard.at is not null
          and (i.kind, i.value) in ((1, $3), (2, $4), (3, $5))`,
      [workspaceId, id, phone, userId, parentUserId],
    )
  }
}

/** All names of a contact at once, the agents' too; no fact of Meta's writes that one. */
export async function writeNames(sql: Sql, workspaceId: string, id: string, names: ContactNames): Promise<void> {
  await sql.query(
    `update contact set username = $3, username_at = ${timestamp('$4::float8')}, address_book_name = $5,
            address_book_at = ${timestamp('$6::float8')}, profile_name = $7, profile_at = ${timestamp('$8::float8')},
            agent_name = $9
      where workspace_id = $1 and id = $2`,
    [
      ...[workspaceId, id, names.username, names.usernameAtMs, names.addressBookName, names.addressBookAtMs],
      ...[names.profileName, names.profileAtMs, names.agentName],
    ],
  )
}

/** What an undoing has to know of a thread. What Meta has proved is not undone, so its messages need no list. */
async function writeDown(
  sql: Sql,
  workspaceId: string,
  mergeId: string,
  thread: { readonly id: string; readonly number_id: string; readonly into: string | null },
  { cause }: MergeCause,
): Promise<void> {
  await sql.query(
    `insert into contact_merge_thread (workspace_id, merge_id, conversation_id, number_id, into_id, reads)
     select $1, $2, $3, $4, $5, coalesce(json_agg(json_build_object('memberId', member_id, 'inboundCount', inbound_count)), '[]')
       from conversation_read where workspace_id = $1 and conversation_id = $3`,
    [workspaceId, mergeId, thread.id, thread.number_id, thread.into],
  )
  if (thread.into === null || cause === 'meta') return
  await sql.query(
    `insert into contact_merge_message (workspace_id, merge_id, conversation_id, message_id)
     select workspace_id, $2, conversation_id, id from message where workspace_id = $1 and conversation_id = $3`,
    [workspaceId, mergeId, thread.id],
  )
}

async function moveThread(sql: Sql, workspaceId: string, fromId: string, intoId: string): Promise<void> {
  const values = [workspaceId, fromId, intoId]
  await sql.query('update message set conversation_id = $3 where workspace_id = $1 and conversation_id = $2', values)
  await sql.query(
    `insert into conversation_read as r (workspace_id, member_id, conversation_id, inbound_count)
     select workspace_id, member_id, $3, inbound_count from conversation_read where workspace_id = $1 and conversation_id = $2
     on conflict (workspace_id, member_id, conversation_id) do update set inbound_count = r.inbound_count + excluded.inbound_count`,
    values,
  )
  await sql.query('delete from conversation_read where workspace_id = $1 and conversation_id = $2', values.slice(0, 2))
  await sql.query(
    `with gone as (delete from conversation where workspace_id = $1 and id = $2 returning *)
     update conversation c set inbound_count = c.inbound_count + gone.inbound_count,
            last_inbound_at = greatest(c.last_inbound_at, gone.last_inbound_at),
            window_refused_at = greatest(c.window_refused_at, gone.window_refused_at)
       from gone where c.workspace_id = $1 and c.id = $3`,
    values,
  )
}

/** All conversations of some contacts, on every number, locked so that they are still so at the commit. */
export async function readConversations(
  sql: Sql,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<ConversationRow[]> {
  if (contactIds.length === 0) return []
  const { rows } = await sql.query<{ row: ConversationRow }>(
    `select ${conversationJson('v')} as row from business_number n cross join unnest($2::uuid[]) u(contact_id)
      cross join lateral (select * from conversation where workspace_id = $1 and number_id = n.id
                             and contact_id = u.contact_id offset 0 for no key update) v
      where n.workspace_id = $1`,
    [workspaceId, contactIds],
  )
  return rows.map(({ row }) => row)
}

export async function readReads(
  sql: Sql,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<MemberRead[]> {
  const { rows } = await sql.query<MemberRead>(
    `select conversation_id as "conversationId", member_id as "memberId", inbound_count as "inboundCount"
       from conversation_read where workspace_id = $1 and conversation_id = any($2::uuid[]) order by 1, 2`,
    [workspaceId, conversationIds],
  )
  return rows
}
