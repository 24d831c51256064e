import type { MessageContent } from '../../contract/message-content.ts'
import type { MessageFile } from '../../contract/message-file.ts'
import type { Sql } from '../platform/db.ts'

export interface MediaPlace {
  readonly content: MessageContent
  readonly file: MessageFile | null
  readonly deleted: boolean
  readonly numberId: string
  readonly phoneNumberId: string
  readonly sealedToken: Buffer | null
}

/** A message with what is needed to fetch its file; `null` when there is no such message in this workspace. */
export async function readMediaPlace(sql: Sql, workspaceId: string, messageId: string): Promise<MediaPlace | null> {
  const { rows } = await sql.query<{
    content: MessageContent
    file: MessageFile | null
    deleted: boolean
    number_id: string
    phone_number_id: string
    sealed: Buffer | null
  }>(
    `select m.content, m.file, m.deleted_at is not null as deleted, n.id as number_id, n.phone_number_id, s.sealed
       from message m
       join business_number n on n.workspace_id = m.workspace_id and n.id = m.number_id
       left join number_secret s on s.workspace_id = n.workspace_id and s.number_id = n.id and s.kind = 'access_token'
      where m.workspace_id = $1 and m.id = $2`,
    [workspaceId, messageId],
  )
  const row = rows[0]
  if (row === undefined) return null
  const { content, file, deleted, number_id: numberId, phone_number_id: phoneNumberId, sealed: sealedToken } = row
  return { content, file, deleted, numberId, phoneNumberId, sealedToken }
}

export interface KeptRow {
  readonly hash: string
  readonly bytes: number
  readonly thumb: boolean
}

/** Files that are kept, by hash from behind `afterHash` on; at most `limit`. */
export async function readKeptFiles(
  sql: Sql,
  workspaceId: string,
  afterHash: string,
  limit: number,
): Promise<KeptRow[]> {
  const { rows } = await sql.query<KeptRow>(
    `select encode(hash, 'hex') as hash, bytes::float8 as bytes, thumb_bytes is not null as thumb
       from media_file where workspace_id = $1 and hash > decode($2, 'hex') order by hash limit $3`,
    [workspaceId, afterHash, limit],
  )
  return rows
}
