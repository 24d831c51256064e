import type { DoubtAnswer } from '../../contract/message.ts'
import { SENDING_STATES } from '../../contract/number.ts'
import { plainColumn, textColumn } from '../inbox/columns.ts'
import type { StatusFact, WaitingFacts } from '../inbox/draft.ts'
import { messageJson, ms, timestamp } from '../inbox/row-sql.ts'
import type { MessageRow, StoredReaction, StoredVersion } from '../inbox/rows.ts'
import type { Sql } from '../platform/db.ts'

/** One message, locked; `null` when it is gone. */
export async function lockMessage(sql: Sql, workspaceId: string, messageId: string): Promise<MessageRow | null> {
  const { rows } = await sql.query<{ message: MessageRow }>({
    name: 'send_lock_message',
    text: `select ${messageJson('m')} as message from message m where m.workspace_id = $1 and m.id = $2 for no key update`,
    values: [workspaceId, messageId],
  })
  return rows[0]?.message ?? null
}

/** One message as it is; `null` when there is none in this workspace. */
export async function findMessage(sql: Sql, workspaceId: string, messageId: string): Promise<MessageRow | null> {
  const { rows } = await sql.query<{ message: MessageRow }>(
    `select ${messageJson('m')} as message from message m where m.workspace_id = $1 and m.id = $2`,
    [workspaceId, messageId],
  )
  return rows[0]?.message ?? null
}

/** The message with this wamid, locked; `null` when it is not known. */
export async function findByWamid(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  wamid: string,
): Promise<MessageRow | null> {
  const { rows } = await sql.query<{ message: MessageRow }>({
    name: 'send_by_wamid',
    text: `select ${messageJson('m')} as message from message m
            where m.workspace_id = $1 and m.number_id = $2 and m.wamid = $3 for no key update`,
    values: [workspaceId, numberId, wamid],
  })
  return rows[0]?.message ?? null
}

/** Messages whose call was made and whose answer never came, made before `before`: the process died in between. */
export async function findSending(sql: Sql, workspaceId: string, before: Date): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from message where workspace_id = $1 and delivery = 'sending' and delivery_at < $2 order by id`,
    [workspaceId, before],
  )
  return rows.map((row) => row.id)
}

/** Numbers that can send of which something due has waited to be sent since before `before`. */
export async function findWaiting(
  sql: Sql,
  workspaceId: string,
  due: { readonly before: Date; readonly now: Date },
): Promise<string[]> {
  const { rows } = await sql.query<{ number_id: string }>(
    `select distinct m.number_id from message m
       join business_number n on n.workspace_id = m.workspace_id and n.id = m.number_id
      where m.workspace_id = $1 and m.delivery = 'queued' and m.wamid is null and m.delivery_at < $2
        and (m.send_at is null or m.send_at <= $4) and n.state = any($3)`,
    [workspaceId, due.before, SENDING_STATES, due.now],
  )
  return rows.map((row) => row.number_id)
}

/** Messages that wait and were not to go out after `now`. */
export async function findExpired(sql: Sql, workspaceId: string, now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from message where workspace_id = $1 and delivery = 'queued' and wamid is null and expires_at <= $2 order by id`,
    [workspaceId, now],
  )
  return rows.map((row) => row.id)
}

export async function writeDoubt(sql: Sql, workspaceId: string, messageId: string, doubt: DoubtAnswer): Promise<void> {
  await sql.query('update message set doubt = $3 where workspace_id = $1 and id = $2', [workspaceId, messageId, doubt])
}

/** Writes what a send changes in a message: how far it has come, its wamid, and facts that waited for the wamid. */
export async function writeSend(sql: Sql, workspaceId: string, row: MessageRow): Promise<void> {
  await sql.query({
    name: 'send_write',
    text: `update message set wamid = $3, client_id = $4, author = $5, member_id = $6, content = $7, quote = $8, delivery = $9,
            delivery_at = $10, error = $11, sent_at = $12, base_rank = $13, content_rank = $14, reactions = $15,
            versions = $16, deleted_at = $17, again_of = $18
      where workspace_id = $1 and id = $2`,
    values: [
      workspaceId,
      row.id,
      row.wamid,
      row.clientId,
      row.author,
      row.memberId,
      JSON.stringify(row.content),
      row.quote === null ? null : JSON.stringify(row.quote),
      row.delivery,
      row.deliveryAtMs === null ? null : new Date(row.deliveryAtMs),
      row.error === null ? null : JSON.stringify(row.error),
      new Date(row.sentAtMs),
      row.baseRank,
      row.contentRank,
      row.reactions === null ? null : JSON.stringify(row.reactions),
      row.versions === null ? null : JSON.stringify(row.versions),
      row.deletedAtMs === null ? null : new Date(row.deletedAtMs),
      row.againOf ?? null,
    ],
  })
}

export async function deleteMessage(sql: Sql, workspaceId: string, messageId: string): Promise<void> {
  await sql.query('delete from message where workspace_id = $1 and id = $2', [workspaceId, messageId])
}

/** A message whose call has come to an end, locked, and what came for its wamid before the answer that told us the wamid. */
export interface CalledMessage {
  readonly message: MessageRow
  /** An echo has made another row of the same message. */
  readonly hasEcho: boolean
  readonly facts: WaitingFacts
}

/** Messages, locked in one order; `wamid` is the one that Meta's answer gave, if it gave one. */
export async function lockCalled(
  sql: Sql,
  workspaceId: string,
  called: readonly { readonly messageId: string; readonly wamid: string | null }[],
): Promise<CalledMessage[]> {
  const { rows } = await sql.query<{
    message: MessageRow
    hasEcho: boolean
    statuses: StatusFact[] | null
    changes: (StoredVersion & { kind: 'edit' | 'delete' })[] | null
    reactions: StoredReaction[] | null
  }>({
    name: 'send_lock_called',
    text: `
select ${messageJson('m')} as message,
       exists (select from message e where e.workspace_id = $1 and e.number_id = m.number_id and e.wamid = u.wamid and e.id <> m.id) as "hasEcho",
       (select json_agg(json_build_object('wamid', wamid, 'state', status, 'atMs', ${ms('at')}, 'errors', coalesce(errors, '[]')))
          from message_status s where s.workspace_id = $1 and s.number_id = m.number_id and s.wamid = u.wamid) as statuses,
       (select json_agg(json_build_object('kind', kind, 'wamid', change_wamid, 'atMs', ${ms('at')}, 'content', content))
          from message_change c where c.workspace_id = $1 and c.number_id = m.number_id and c.target_wamid = u.wamid) as changes,
       (select json_agg(json_build_object('by', side, 'emoji', emoji, 'atMs', ${ms('at')}, 'wamid', wamid))
          from reaction r where r.workspace_id = $1 and r.number_id = m.number_id and r.target_wamid = u.wamid) as reactions
  from unnest($2::uuid[], $3::text[]) u(id, wamid)
  join message m on m.workspace_id = $1 and m.id = u.id
 order by m.id for no key update of m`,
    values: [workspaceId, called.map(({ messageId }) => messageId), called.map(({ wamid }) => wamid)],
  })
  return rows.map(({ message, hasEcho, statuses, changes, reactions }) => ({
    message,
    hasEcho,
    facts: {
      statuses: statuses ?? [],
      edits: (changes ?? []).filter(({ kind }) => kind === 'edit').map(({ kind: _, ...version }) => version),
      deletes: (changes ?? []).filter(({ kind }) => kind === 'delete').map(({ atMs }) => atMs ?? 0),
      reactions: reactions ?? [],
    },
  }))
}

/** Writes how far messages have come, and their wamids. */
export async function writeOutcomes(sql: Sql, workspaceId: string, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql.query({
    name: 'send_outcomes',
    text: `update message m set wamid = u.wamid, delivery = u.delivery, delivery_at = ${timestamp('u.at')}, error = u.error::jsonb
             from unnest($2::uuid[], $3::text[], $4::text[], $5::float8[], $6::text[]) u(id, wamid, delivery, at, error)
            where m.workspace_id = $1 and m.id = u.id`,
    values: [
      workspaceId,
      plainColumn(rows, (row) => row.id),
      textColumn(rows, (row) => row.wamid),
      plainColumn(rows, (row) => row.delivery),
      plainColumn(rows, (row) => row.deliveryAtMs),
      textColumn(rows, (row) => (row.error === null ? null : JSON.stringify(row.error))),
    ],
  })
}

/** The last line stands for another row of the same message from now on. */
export async function moveLast(
  sql: Sql,
  workspaceId: string,
  move: { readonly conversationId: string; readonly fromId: string; readonly toId: string },
): Promise<void> {
  await sql.query('update conversation set last_id = $4 where workspace_id = $1 and id = $2 and last_id = $3', [
    workspaceId,
    move.conversationId,
    move.fromId,
    move.toId,
  ])
}
