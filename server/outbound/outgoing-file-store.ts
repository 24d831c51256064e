import type { StoredFile } from '../../contract/message-file.ts'
import type { UploadKind } from '../../contract/send-limits.ts'
import type { Sql } from '../platform/db.ts'

/** An upload, whole or not; `null` when there is none, or none any more. */
export async function readUploadFile(
  sql: Sql,
  workspaceId: string,
  uploadId: string,
  now: Date,
): Promise<{ kind: UploadKind; filename: string; mimeType: string; file: StoredFile | null } | null> {
  const { rows } = await sql.query(
    `select kind, filename, mime_type as "mimeType", file from upload
      where workspace_id = $1 and id = $2 and expires_at > $3`,
    [workspaceId, uploadId, now],
  )
  return rows[0] ?? null
}

/** Names a file at Meta. */
export interface MetaFileKey {
  readonly numberId: string
  readonly hash: string
  readonly mimeType: string
}

/** Those of the files that Meta has at least until `until`, with their ids there. */
export async function readMetaFiles(
  sql: Sql,
  workspaceId: string,
  keys: readonly MetaFileKey[],
  until: Date,
): Promise<(MetaFileKey & { readonly mediaId: string })[]> {
  const { rows } = await sql.query<MetaFileKey & { mediaId: string }>({
    name: 'send_meta_files',
    text: `select f.number_id as "numberId", encode(f.hash, 'hex') as hash, f.mime_type as "mimeType", f.media_id as "mediaId"
       from unnest($2::uuid[], $3::text[], $4::text[]) as k(number_id, hash, mime_type)
       join meta_file f on f.workspace_id = $1 and f.number_id = k.number_id and f.hash = decode(k.hash, 'hex')
        and f.mime_type = k.mime_type
      where f.expires_at > $5`,
    values: [
      workspaceId,
      keys.map(({ numberId }) => numberId),
      keys.map(({ hash }) => hash),
      keys.map(({ mimeType }) => mimeType),
      until,
    ],
  })
  return rows
}

export async function putMetaFile(
  sql: Sql,
  workspaceId: string,
  file: MetaFileKey & { readonly mediaId: string; readonly expiresAt: Date },
): Promise<void> {
  await sql.query(
    `insert into meta_file (workspace_id, number_id, hash, mime_type, media_id, expires_at)
     values ($1, $2, decode($3, 'hex'), $4, $5, $6)
     on conflict (workspace_id, number_id, hash, mime_type)
     do update set media_id = excluded.media_id, expires_at = excluded.expires_at`,
    [workspaceId, file.numberId, file.hash, file.mimeType, file.mediaId, file.expiresAt],
  )
}
