import { createHash } from 'node:crypto'
import type { Sql } from '../platform/db.ts'
import { canonicalJson, storableJson, storableText } from './canonical-json.ts'
import { timestamp } from './row-sql.ts'
import type { NoticeFact, SortedFacts } from './sort-facts.ts'

/** A notice that was not there before. */
export type NewNotice = Pick<NoticeFact, 'kind' | 'wabaId'>

/** Keeps what Meta told about account, templates, quality …; the same thing told twice is kept once. Gives what is new. */
export async function writeNotices(
  sql: Sql,
  workspaceId: string,
  numberId: string | null,
  notices: readonly NoticeFact[],
): Promise<NewNotice[]> {
  if (notices.length === 0) return []
  const { rows } = await sql.query<NewNotice>(
    `insert into notice (workspace_id, digest, number_id, waba_id, kind, field, event, at, received_at, data)
     select $1, decode(digest, 'hex'), $2, waba_id, kind, field, event, ${timestamp('at')}, ${timestamp('received_at')}, data::jsonb
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::float8[], $10::text[])
            u(digest, waba_id, kind, field, event, at, received_at, data)
      order by digest on conflict do nothing
     returning kind, waba_id as "wabaId"`,
    [
      workspaceId,
      numberId,
      notices.map(({ receivedAtMs: _, ...fact }) => digest({ ...fact, numberId })),
      notices.map(({ wabaId }) => wabaId),
      notices.map(({ kind }) => kind),
      notices.map(({ field }) => storableText(field)),
      notices.map(({ event }) => event),
      notices.map(({ atMs }) => atMs),
      notices.map(({ receivedAtMs }) => receivedAtMs),
      notices.map(({ data }) => storableJson(data)),
    ],
  )
  return rows
}

/** Keeps what this version cannot read, whole; gives how many of them are new. */
export async function writeUnrecognised(
  sql: Sql,
  workspaceId: string,
  numberId: string | null,
  facts: SortedFacts['unrecognised'],
): Promise<number> {
  if (facts.length === 0) return 0
  const { rowCount } = await sql.query(
    `insert into unrecognised (workspace_id, digest, number_id, field, reason, wire, received_at)
     select $1, decode(digest, 'hex'), $2, field, reason, wire::jsonb, ${timestamp('received_at')}
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::float8[]) u(digest, field, reason, wire, received_at)
      order by digest on conflict do nothing`,
    [
      workspaceId,
      numberId,
      facts.map(({ event }) => digest({ numberId, field: event.field, reason: event.reason, wire: event.wire })),
      facts.map(({ event }) => (event.field === null ? null : storableText(event.field))),
      facts.map(({ event }) => storableText(event.reason)),
      facts.map(({ event }) => storableJson(event.wire ?? null)),
      facts.map(({ receivedAtMs }) => receivedAtMs),
    ],
  )
  return rowCount ?? 0
}

function digest(fact: unknown): string {
  return createHash('sha256').update(canonicalJson(fact)).digest('hex')
}

/** What this workspace could not read, and deliveries that nobody could place. */
export async function countUnrecognised(sql: Sql, workspaceId: string): Promise<number> {
  const { rows } = await sql.query<{ total: number }>(
    `select ((select count(*) from unrecognised where workspace_id = $1) + (select count(*) from unplaced_delivery))::int as total`,
    [workspaceId],
  )
  return rows[0]?.total ?? 0
}
