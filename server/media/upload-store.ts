import type { BeginUploadBody, Upload, UploadFault } from '../../contract/api/uploads.ts'
import type { StoredFile } from '../../contract/message-file.ts'
import type { Sql } from '../platform/db.ts'

const COLUMNS = 'id, kind, filename, bytes::float8 as bytes, received::float8 as received, state, fault, file'

/** An upload with what its file was said to be. */
export interface UploadRow extends Upload {
  readonly mimeType: string
}

export async function insertUpload(
  sql: Sql,
  workspaceId: string,
  upload: BeginUploadBody & {
    readonly id: string
    readonly memberId: string
    readonly now: Date
    readonly expiresAt: Date
  },
): Promise<void> {
  await sql.query(
    `insert into upload (workspace_id, id, member_id, kind, filename, mime_type, bytes, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[workspaceId, upload.id, upload.memberId, upload.kind, upload.filename, upload.mimeType, upload.bytes],
      ...[upload.now, upload.expiresAt],
    ],
  )
}

/** An upload of this member, locked until the commit; `null` when there is none, or none any more. */
export async function lockUpload(
  sql: Sql,
  workspaceId: string,
  upload: { readonly id: string; readonly memberId: string; readonly now: Date },
): Promise<UploadRow | null> {
  const { rows } = await sql.query<UploadRow>(
    `select ${COLUMNS}, mime_type as "mimeType" from upload
      where workspace_id = $1 and id = $2 and member_id = $3 and expires_at > $4 for update`,
    [workspaceId, upload.id, upload.memberId, upload.now],
  )
  return rows[0] ?? null
}

export async function putReceived(sql: Sql, workspaceId: string, id: string, received: number): Promise<void> {
  await sql.query('update upload set received = $3 where workspace_id = $1 and id = $2', [workspaceId, id, received])
}

/** The file is whole and has been looked at; what was settled before stays. */
export async function settleUpload(
  sql: Sql,
  workspaceId: string,
  id: string,
  outcome: { readonly file: StoredFile } | { readonly fault: UploadFault },
): Promise<void> {
  const [state, fault, file] =
    'file' in outcome ? ['ready', null, JSON.stringify(outcome.file)] : ['refused', outcome.fault, null]
  await sql.query(
    `update upload set state = $3, fault = $4, file = $5 where workspace_id = $1 and id = $2 and state = 'receiving'`,
    [workspaceId, id, state, fault, file],
  )
}

export async function deleteUpload(sql: Sql, workspaceId: string, id: string): Promise<void> {
  await sql.query('delete from upload where workspace_id = $1 and id = $2', [workspaceId, id])
}

/** Forgets uploads whose time is over; gives their ids. The files that were sent stay. */
export async function deleteExpired(sql: Sql, workspaceId: string, now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    'delete from upload where workspace_id = $1 and expires_at <= $2 returning id',
    [workspaceId, now],
  )
  return rows.map((row) => row.id)
}
