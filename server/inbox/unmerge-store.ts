import type { Sql } from '../platform/db.ts'
import type { Unmerged } from './merge-events.ts'
import { type ContactNames, namesWithout, splitRead } from './merge-names.ts'
import { readConversations, readReads, writeNames } from './merge-store.ts'
import { contactJson, ms, opensWindow } from './row-sql.ts'
import type { ContactRow } from './rows.ts'
import { refoldContacts, relastConversations } from './update-store.ts'
import { windowRefusedAt } from './window-sql.ts'

/** A merge as it was written down. */
export interface StoredMerge {
  readonly id: string
  readonly keptId: string
  readonly goneId: string
  readonly cause: 'meta' | 'member'
  readonly undoneAtMs: number | null
  readonly keptBefore: ContactNames
  readonly identities: readonly { readonly kind: number; readonly value: string }[]
  /** Another merge was built on this one, and stands. */
  readonly builtOn: boolean
}

/** The merge, locked; `null` when there is none of this id. */
export async function lockMerge(sql: Sql, workspaceId: string, id: string): Promise<StoredMerge | null> {
  const { rows } = await sql.query<StoredMerge>(
    `select m.id, m.kept_id as "keptId", m.gone_id as "goneId", m.cause, (${ms('m.undone_at')})::float8 as "undoneAtMs",
            m.kept_before as "keptBefore", m.identities, exists (
              select from contact_merge later where later.workspace_id = $1 and later.undone_at is null
                 and later.id > m.id and (later.kept_id = m.kept_id or later.gone_id = m.kept_id)) as "builtOn"
       from contact_merge m where m.workspace_id = $1 and m.id = $2 for update of m`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

interface MovedThread {
  readonly id: string
  readonly numberId: string
  readonly into: string | null
  readonly reads: readonly { readonly memberId: string; readonly inboundCount: number }[]
}

/**
 * Takes a merge back: identities and threads go where they came from, by what was written down. What came since to the
 * merged thread stays with the contact that was kept: nobody can tell whom it was for. Runs while nobody else projects.
 */
export async function unmergeContacts(
  sql: Sql,
  workspaceId: string,
  merge: StoredMerge,
  by: { readonly memberId: string; readonly now: Date },
): Promise<Unmerged> {
  const { keptId, goneId } = merge
  const { rows: contacts } = await sql.query<{ row: ContactRow }>(
    `select ${contactJson('c')} as row from contact c where workspace_id = $1 and id = any($2::uuid[]) order by id for update`,
    [workspaceId, [keptId, goneId]],
  )
  const [kept, gone] = [keptId, goneId].map((id) => contacts.find(({ row }) => row.id === id)?.row as ContactRow) as [
    ContactRow,
    ContactRow,
  ]
  await writeNames(sql, workspaceId, keptId, namesWithout(kept, merge.keptBefore, gone))
  await sql.query('update contact set merged_into = null where workspace_id = $1 and id = $2', [workspaceId, goneId])
  await sql.query(
    `update identity i set contact_id = $3 from jsonb_to_recordset($4::jsonb) u(kind smallint, value text)
      where i.workspace_id = $1 and i.contact_id = $2 and i.kind = u.kind and i.value = u.value`,
    [workspaceId, keptId, goneId, JSON.stringify(merge.identities)],
  )
  const split = await moveThreadsBack(sql, workspaceId, merge)
  await markUndone(sql, workspaceId, merge, by)
  const folded = new Map((await refoldContacts(sql, workspaceId, [keptId, goneId])).map((row) => [row.id, row]))
  return {
    kept: folded.get(keptId) as ContactRow,
    restored: folded.get(goneId) as ContactRow,
    conversations: await readConversations(sql, workspaceId, [keptId, goneId]),
    split,
    reads: await readReads(
      sql,
      workspaceId,
      split.flatMap(({ conversationId, restoredId }) => [conversationId, restoredId]),
    ),
  }
}

async function moveThreadsBack(sql: Sql, workspaceId: string, { id, goneId }: StoredMerge) {
  const { rows: threads } = await sql.query<MovedThread>(
    `select conversation_id as id, number_id as "numberId", into_id as into, reads from contact_merge_thread
      where workspace_id = $1 and merge_id = $2 order by conversation_id`,
    [workspaceId, id],
  )
  const split: { conversationId: string; restoredId: string }[] = []
  for (const thread of threads) {
    if (thread.into === null) {
      await sql.query('update conversation set contact_id = $3 where workspace_id = $1 and id = $2', [
        workspaceId,
        thread.id,
        goneId,
      ])
      continue
    }
    await splitThread(sql, workspaceId, id, goneId, { ...thread, into: thread.into })
    split.push({ conversationId: thread.into, restoredId: thread.id })
  }
  return split
}

async function splitThread(
  sql: Sql,
  workspaceId: string,
  mergeId: string,
  goneId: string,
  thread: MovedThread & { readonly into: string },
): Promise<void> {
  const { id, into } = thread
  await sql.query(
    `insert into conversation (workspace_id, id, number_id, contact_id, last_at, created_at)
     select workspace_id, $3, number_id, $4, last_at, created_at from conversation where workspace_id = $1 and id = $2`,
    [workspaceId, into, id, goneId],
  )
  await sql.query(
    `update message m set conversation_id = $3 from contact_merge_message moved
      where moved.workspace_id = $1 and moved.merge_id = $4 and moved.conversation_id = $3
        and m.workspace_id = $1 and m.id = moved.message_id and m.conversation_id = $2`,
    [workspaceId, into, id, mergeId],
  )
  const counts = await recount(sql, workspaceId, [into, id])
  await relastConversations(sql, workspaceId, [into, id])
  const held = { kept: counts.get(into) ?? 0, restored: counts.get(id) ?? 0 }
  for (const read of await readReads(sql, workspaceId, [into])) {
    const before = thread.reads.find(({ memberId }) => memberId === read.memberId)?.inboundCount ?? 0
    const parts = splitRead(read.inboundCount, held, before)
    await putRead(sql, workspaceId, read.memberId, into, parts.kept)
    await putRead(sql, workspaceId, read.memberId, id, parts.restored)
  }
}

/** Live messages of the customer in each, counted anew (see `isInbound`). */
async function recount(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ id: string; count: number }>(
    `update conversation v set inbound_count = t.inbound, last_inbound_at = t.last, window_refused_at = ${windowRefusedAt('v')}
       from unnest($2::uuid[]) u(id)
      cross join lateral (select count(*) filter (where m.author = 'customer')::integer as inbound,
                     max(sent_at) filter (where ${opensWindow('m')}) as last from message m
              where m.workspace_id = $1 and m.conversation_id = u.id and m.source = 'live') t
      where v.workspace_id = $1 and v.id = u.id returning v.id, v.inbound_count as count`,
    [workspaceId, ids],
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

async function putRead(sql: Sql, workspaceId: string, memberId: string, conversationId: string, count: number) {
  if (count === 0) {
    await sql.query(
      'delete from conversation_read where workspace_id = $1 and member_id = $2 and conversation_id = $3',
      [workspaceId, memberId, conversationId],
    )
    return
  }
  await sql.query(
    `insert into conversation_read (workspace_id, member_id, conversation_id, inbound_count) values ($1, $2, $3, $4)
     on conflict (workspace_id, member_id, conversation_id) do update set inbound_count = excluded.inbound_count`,
    [workspaceId, memberId, conversationId, count],
  )
}

/** Who was told apart is not suggested as one person again. */
async function markUndone(
  sql: Sql,
  workspaceId: string,
  { id, keptId, goneId }: StoredMerge,
  { memberId, now }: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  await sql.query('update contact_merge set undone_at = $3, undone_by = $4 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    now,
    memberId,
  ])
  await sql.query(
    `update contact set is_merged = exists (select from contact_merge m where m.workspace_id = $1 and m.kept_id = $2
                                               and m.cause = 'member' and m.undone_at is null)
      where workspace_id = $1 and id = $2`,
    [workspaceId, keptId],
  )
  await sql.query(
    `insert into contact_apart (workspace_id, first_id, second_id, member_id, at)
     values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4, $5) on conflict do nothing`,
    [workspaceId, keptId, goneId, memberId, now],
  )
}
