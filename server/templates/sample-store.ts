import type { Sql } from '../platform/db.ts'

export interface Sample {
  readonly id: string
  readonly fileName: string
  readonly mimeType: string
  readonly bytes: Buffer
  /** Meta's session, when an upload was begun. */
  readonly uploadId: string | null
  readonly handle: string | null
  readonly handleAtMs: number | null
}

export async function putSample(
  sql: Sql,
  workspaceId: string,
  sample: Pick<Sample, 'id' | 'fileName' | 'mimeType' | 'bytes'>,
  now: Date,
): Promise<void> {
  const { id, fileName, mimeType, bytes } = sample
  await sql.query(
    `insert into template_sample (workspace_id, id, file_name, mime_type, bytes, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [workspaceId, id, fileName, mimeType, bytes, now],
  )
}

/** A file with its bytes; `null` when the workspace has none of this id. */
export async function readSample(sql: Sql, workspaceId: string, id: string): Promise<Sample | null> {
  const { rows } = await sql.query<Sample>(
    `select id, file_name as "fileName", mime_type as "mimeType", bytes, upload_id as "uploadId", handle,
            (extract(epoch from handle_at) * 1000)::float8 as "handleAtMs"
       from template_sample where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** How far the upload to Meta has come. */
export async function setUpload(
  sql: Sql,
  workspaceId: string,
  id: string,
  upload: { readonly uploadId: string | null; readonly handle: string | null; readonly at: Date },
): Promise<void> {
  await sql.query(
    'update template_sample set upload_id = $3, handle = $4, handle_at = $5 where workspace_id = $1 and id = $2',
    [workspaceId, id, upload.uploadId, upload.handle, upload.at],
  )
}

/** The id that the file has at Meta for this number, when it was given since `since`. */
export async function findSampleMedia(
  sql: Sql,
  workspaceId: string,
  sampleId: string,
  where: { readonly numberId: string; readonly since: Date },
): Promise<string | null> {
  const { rows } = await sql.query<{ media_id: string }>(
    `select media_id from template_sample_media
      where workspace_id = $1 and sample_id = $2 and number_id = $3 and uploaded_at > $4`,
    [workspaceId, sampleId, where.numberId, where.since],
  )
  return rows[0]?.media_id ?? null
}

export async function putSampleMedia(
  sql: Sql,
  workspaceId: string,
  sampleId: string,
  media: { readonly numberId: string; readonly mediaId: string; readonly at: Date },
): Promise<void> {
  await sql.query(
    `insert into template_sample_media (workspace_id, sample_id, number_id, media_id, uploaded_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, sample_id, number_id) do update set media_id = excluded.media_id,
       uploaded_at = excluded.uploaded_at`,
    [workspaceId, sampleId, media.numberId, media.mediaId, media.at],
  )
}
