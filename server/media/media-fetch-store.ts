import type { MessageFile } from '../../contract/message-file.ts'
import { plainColumn } from '../inbox/columns.ts'
import { messageJson, ms, timestamp } from '../inbox/row-sql.ts'
import type { MessageRow } from '../inbox/rows.ts'
import type { Sql } from '../platform/db.ts'
import type { KeptFile } from './fetch-plan.ts'

/**
 * Notes, in the transaction that writes the messages, whose files are to be fetched: one statement for a batch. One that
 * waits already begins anew, since its message has another file now.
 */
export async function queueFetches(
  sql: Sql,
  workspaceId: string,
  messageIds: readonly string[],
  times: { readonly nowMs: number; readonly expiresAtMs: number },
): Promise<void> {
  await sql.query({
    name: 'media_queue',
    text: `
insert into media_fetch (workspace_id, message_id, next_attempt_at, expires_at)
select $1, id, ${timestamp('$2::float8')}, ${timestamp('$3::float8')} from unnest($4::uuid[]) u(id) order by id
on conflict (workspace_id, message_id) do update set attempts = 0, next_attempt_at = excluded.next_attempt_at,
  expires_at = excluded.expires_at`,
    values: [workspaceId, times.nowMs, times.expiresAtMs, plainColumn(messageIds, (id) => id)],
  })
}

export interface DueFetch {
  readonly messageId: string
  /** With the one that begins now. */
  readonly attempts: number
  readonly expiresAtMs: number
}

/**
 * Takes the fetch that has been due the longest, for one caller only: until `waitsMs` are over nobody else gets it, also
 * when this process dies over it. `null` when none is due.
 */
export async function claimFetch(
  sql: Sql,
  workspaceId: string,
  nowMs: number,
  waitMs: (attempt: number) => number,
): Promise<DueFetch | null> {
  const { rows } = await sql.query<DueFetch>(
    `select message_id as "messageId", attempts + 1 as attempts, ${ms('expires_at')}::float8 as "expiresAtMs"
       from media_fetch where workspace_id = $1 and next_attempt_at <= ${timestamp('$2::float8')}
      order by next_attempt_at, message_id limit 1 for update skip locked`,
    [workspaceId, nowMs],
  )
  const due = rows[0]
  if (due === undefined) return null
  await sql.query(
    `update media_fetch set attempts = $3, next_attempt_at = ${timestamp('$4::float8')}
      where workspace_id = $1 and message_id = $2`,
    [workspaceId, due.messageId, due.attempts, nowMs + waitMs(due.attempts)],
  )
  return due
}

export async function hasDueFetch(sql: Sql, workspaceId: string, nowMs: number): Promise<boolean> {
  const { rows } = await sql.query<{ due: boolean }>(
    `select exists (select from media_fetch where workspace_id = $1
        and next_attempt_at <= ${timestamp('$2::float8')}) as due`,
    [workspaceId, nowMs],
  )
  return rows[0]?.due === true
}

/** Ends a fetch, unless its message has got another file meanwhile, which makes the count begin anew. */
export async function deleteFetch(sql: Sql, workspaceId: string, fetch: DueFetch): Promise<void> {
  await sql.query('delete from media_fetch where workspace_id = $1 and message_id = $2 and attempts = $3', [
    workspaceId,
    fetch.messageId,
    fetch.attempts,
  ])
}

export interface FiledMessageRow {
  readonly row: MessageRow
  /** The message that it answers, when that is known. */
  readonly quoted: MessageRow | null
}

/** A message, locked until the commit; `null` when it is gone. */
export async function lockFiledMessage(
  sql: Sql,
  workspaceId: string,
  messageId: string,
): Promise<FiledMessageRow | null> {
  const { rows } = await sql.query<FiledMessageRow>(
    `select ${messageJson('m')} as row, (
        select ${messageJson('q')} from message q
         where q.workspace_id = $1 and q.number_id = m.number_id and q.wamid = m.quote ->> 'wamid') as quoted
       from message m where m.workspace_id = $1 and m.id = $2 for no key update of m`,
    [workspaceId, messageId],
  )
  return rows[0] ?? null
}

export async function putMessageFile(
  sql: Sql,
  workspaceId: string,
  messageId: string,
  file: MessageFile | null,
): Promise<void> {
  await sql.query('update message set file = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    messageId,
    file === null ? null : JSON.stringify(file),
  ])
}

/** Notes a file by its hash; one that is there already stays. */
export async function putMediaFile(sql: Sql, workspaceId: string, file: KeptFile, now: Date): Promise<void> {
  await sql.query(
    `insert into media_file (workspace_id, hash, bytes, mime_type, thumb_bytes, seconds, wave, created_at)
     values ($1, decode($2, 'hex'), $3, $4, $5, $6, $7, $8) on conflict (workspace_id, hash) do nothing`,
    [workspaceId, file.hash, file.bytes, file.mimeType, file.thumbBytes, file.seconds, file.wave, now],
  )
}
