import type { NoticesAnswer, UnrecognisedAnswer } from '../../contract/api/workspace.ts'
import type { Sql } from '../platform/db.ts'

/** Rows of each list, newest first. */
const ROWS_MAX = 100
/** Bytes of a delivery that are shown. */
const EXCERPT_BYTES = 1_024

/** What Meta told about account, templates, quality and the like. */
export async function readNotices(sql: Sql, workspaceId: string): Promise<NoticesAnswer['notices']> {
  const { rows } = await sql.query<{
    kind: string
    field: string
    event: string | null
    at: Date | null
    received_at: Date
    data: unknown
  }>(
    `select kind, field, event, at, received_at, data from notice
      where workspace_id = $1 order by received_at desc, digest limit $2`,
    [workspaceId, ROWS_MAX],
  )
  return rows.map(({ kind, field, event, at, received_at: receivedAt, data }) => {
    return { kind, field, event, atMs: at?.getTime() ?? null, receivedAtMs: receivedAt.getTime(), data }
  })
}

/** Facts nobody could read. */
export async function readUnrecognised(sql: Sql, workspaceId: string): Promise<UnrecognisedAnswer['events']> {
  const { rows } = await sql.query<{ field: string | null; reason: string; received_at: Date; wire: unknown }>(
    `select field, reason, received_at, wire from unrecognised
      where workspace_id = $1 order by received_at desc, digest limit $2`,
    [workspaceId, ROWS_MAX],
  )
  return rows.map(({ field, reason, received_at: receivedAt, wire }) => {
    return { field, reason, receivedAtMs: receivedAt.getTime(), wire }
  })
}

/**
 * Deliveries nobody could place. They belong to no workspace: they are shown to whoever runs this server, of which
 * there is one workspace; those whose number or account is known go to its own workspace only.
 */
export async function readUnplaced(sql: Sql, workspaceId: string): Promise<UnrecognisedAnswer['deliveries']> {
  const { rows } = await sql.query<{
    reason: UnrecognisedAnswer['deliveries'][number]['reason']
    detail: string
    waba_id: string | null
    phone_number_id: string | null
    received_at: Date
    excerpt: Buffer | null
  }>(
    `select u.reason, u.detail, u.waba_id, u.phone_number_id, u.received_at, substring(r.body from 1 for $3::int) as excerpt
       from unplaced_delivery u
       left join raw_delivery r on r.received_on = u.received_on and r.signature = u.signature
      where not exists (
        select 1 from number_route n
         where n.workspace_id <> $1 and (n.phone_number_id = u.phone_number_id or n.waba_id = u.waba_id))
      order by u.received_at desc limit $2`,
    [workspaceId, ROWS_MAX, EXCERPT_BYTES],
  )
  return rows.map((row) => ({
    reason: row.reason,
    detail: row.detail,
    wabaId: row.waba_id,
    phoneNumberId: row.phone_number_id,
    receivedAtMs: row.received_at.getTime(),
    excerpt: row.excerpt?.toString('utf8') ?? '',
  }))
}
