import type { TemplateAccount, TemplateAnswer } from '../../contract/api/templates.ts'
import type { Sql } from '../platform/db.ts'
import type { TemplateNotice } from './template-rows.ts'

/** The accounts that Wasl may ask: those with a number whose token it has. */
export async function readAccounts(sql: Sql, workspaceId: string): Promise<TemplateAccount[]> {
  const { rows } = await sql.query<TemplateAccount>(
    `select n.waba_id as "wabaId",
            json_agg(json_build_object('id', n.id, 'displayPhone', n.display_phone, 'verifiedName', n.verified_name)
                     order by n.connected_at, n.id) as numbers,
            (extract(epoch from y.synced_at) * 1000)::float8 as "syncedAtMs", y.problem
       from business_number n
       join number_secret k on k.workspace_id = n.workspace_id and k.number_id = n.id and k.kind = 'access_token'
       left join template_sync y on y.workspace_id = n.workspace_id and y.waba_id = n.waba_id
      where n.workspace_id = $1 and n.state not in ('removed', 'disabled')
      group by n.waba_id, y.synced_at, y.problem order by n.waba_id`,
    [workspaceId],
  )
  return rows
}

/** A number of the account and its sealed token, for asking Meta; `null` when there is none. */
export async function readAccountAccess(
  sql: Sql,
  workspaceId: string,
  wabaId: string,
): Promise<{ numberId: string; phoneNumberId: string; sealedToken: Buffer } | null> {
  return access(sql, workspaceId, 'n.waba_id = $2', wabaId)
}

/** The same for one number. */
export async function readNumberAccess(
  sql: Sql,
  workspaceId: string,
  numberId: string,
): Promise<{ numberId: string; phoneNumberId: string; sealedToken: Buffer } | null> {
  return access(sql, workspaceId, 'n.id = $2', numberId)
}

async function access(sql: Sql, workspaceId: string, which: string, value: string) {
  const { rows } = await sql.query<{ numberId: string; phoneNumberId: string; sealedToken: Buffer }>(
    `select n.id as "numberId", n.phone_number_id as "phoneNumberId", k.sealed as "sealedToken"
       from business_number n
       join number_secret k on k.workspace_id = n.workspace_id and k.number_id = n.id and k.kind = 'access_token'
      where n.workspace_id = $1 and ${which} and n.state not in ('removed', 'disabled')
      order by n.connected_at desc, n.id limit 1`,
    [workspaceId, value],
  )
  return rows[0] ?? null
}

/** What Meta told about templates of an account, by Meta's id of the template, newest first. */
export async function readTemplateNotices(
  sql: Sql,
  workspaceId: string,
  wabaId: string,
): Promise<ReadonlyMap<string, readonly TemplateNotice[]>> {
  const { rows } = await sql.query<TemplateNotice & { id: string }>(
    `select distinct on (id, field, event) data->>'message_template_id' as id, field, event,
            (extract(epoch from coalesce(at, received_at)) * 1000)::float8 as "atMs", data
       from notice
      where workspace_id = $1 and waba_id = $2 and kind = 'template' and data ? 'message_template_id'
      order by id, field, event, coalesce(at, received_at) desc`,
    [workspaceId, wabaId],
  )
  return Map.groupBy(
    rows.toSorted((a, b) => b.atMs - a.atMs),
    (row) => row.id,
  )
}

export async function putSync(
  sql: Sql,
  workspaceId: string,
  wabaId: string,
  { at, problem }: { readonly at: Date; readonly problem: string | null },
): Promise<void> {
  await sql.query(
    `insert into template_sync (workspace_id, waba_id, synced_at, tried_at, problem)
     values ($1, $2, case when $4::text is null then $3::timestamptz end, $3, $4)
     on conflict (workspace_id, waba_id) do update set tried_at = excluded.tried_at, problem = excluded.problem,
       synced_at = coalesce(excluded.synced_at, template_sync.synced_at)`,
    [workspaceId, wabaId, at, problem],
  )
}

/** Accounts that were never asked, or not since `before`. */
export async function findUnsynced(sql: Sql, workspaceId: string, before: Date): Promise<string[]> {
  const { rows } = await sql.query<{ wabaId: string }>(
    `select distinct n.waba_id as "wabaId"
       from business_number n
       join number_secret k on k.workspace_id = n.workspace_id and k.number_id = n.id and k.kind = 'access_token'
       left join template_sync y on y.workspace_id = n.workspace_id and y.waba_id = n.waba_id
      where n.workspace_id = $1 and n.state not in ('removed', 'disabled', 'offboarded')
        and (y.tried_at is null or y.tried_at < $2)`,
    [workspaceId, before],
  )
  return rows.map((row) => row.wabaId)
}

/** Every writing of a template and everything that became of it, newest first. */
export async function readHistory(
  sql: Sql,
  workspaceId: string,
  id: string,
): Promise<Pick<TemplateAnswer, 'versions' | 'events'>> {
  const versions = await sql.query<TemplateAnswer['versions'][number]>(
    `select version, wording, member_id as "memberId", (extract(epoch from written_at) * 1000)::float8 as "writtenAtMs"
       from template_version where workspace_id = $1 and template_id = $2 order by version desc limit 100`,
    [workspaceId, id],
  )
  const events = await sql.query<TemplateAnswer['events'][number]>(
    `select kind, version, member_id as "memberId", note, (extract(epoch from at) * 1000)::float8 as "atMs"
       from template_event where workspace_id = $1 and template_id = $2 order by id desc limit 200`,
    [workspaceId, id],
  )
  return { versions: versions.rows, events: events.rows }
}

export async function countMembers(sql: Sql, workspaceId: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    'select count(*)::integer as count from member where workspace_id = $1',
    [workspaceId],
  )
  return rows[0]?.count ?? 0
}
