import type { Sql } from '../platform/db.ts'

/** Which picture of Meta's is kept, or was tried; `null`: none was. */
export async function readPictureSource(
  sql: Sql,
  workspaceId: string,
  numberId: string,
): Promise<{ readonly source: Buffer; readonly kept: boolean } | null> {
  const { rows } = await sql.query<{ source: Buffer; kept: boolean }>(
    'select source, webp is not null as kept from profile_picture where workspace_id = $1 and number_id = $2',
    [workspaceId, numberId],
  )
  return rows[0] ?? null
}

export async function readPicture(sql: Sql, workspaceId: string, numberId: string): Promise<Buffer | null> {
  const { rows } = await sql.query<{ webp: Buffer | null }>(
    'select webp from profile_picture where workspace_id = $1 and number_id = $2',
    [workspaceId, numberId],
  )
  return rows[0]?.webp ?? null
}

/** One that could not be had leaves the one before it as it is, and is tried again. */
export async function putPicture(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  picture: { readonly source: Buffer; readonly webp: Buffer | null; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into profile_picture as p (workspace_id, number_id, source, webp, fetched_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, number_id) do update set
       source = case when excluded.webp is null and p.webp is not null then p.source else excluded.source end,
       webp = coalesce(excluded.webp, p.webp), fetched_at = excluded.fetched_at`,
    [workspaceId, numberId, picture.source, picture.webp, picture.now],
  )
}

/** The profile shows none any more. */
export async function dropPicture(sql: Sql, workspaceId: string, numberId: string): Promise<void> {
  await sql.query('delete from profile_picture where workspace_id = $1 and number_id = $2', [workspaceId, numberId])
}
