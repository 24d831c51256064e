import type { ContactFilter, ContactLine } from '../../contract/api/contacts.ts'
import { contactJson, ms } from '../inbox/row-sql.ts'
import type { ContactRow } from '../inbox/rows.ts'
import { contactView } from '../inbox/view.ts'
import type { Sql } from '../platform/db.ts'
import type { ContactSearch } from './contact-search.ts'
import type { ExportedContact } from './export-row.ts'

export interface ContactQuery {
  readonly search: ContactSearch
  readonly filter: ContactFilter
}

/** A place in the list: the sort key of the last row given. */
export interface ContactPlace {
  readonly sort: string
  readonly id: string
}

export interface FoundContact {
  readonly line: ContactLine
  readonly place: ContactPlace
}

/** Contacts whose entry was removed from every address book that held them. $1: the workspace. */
const REMOVED = `
  select held.contact_id from (
    select i.contact_id, b.number_id, max(b.named_at) as named_at, max(b.removed_at) as removed_at
      from contact_book b join identity i on i.workspace_id = b.workspace_id and i.kind = b.kind and i.value = b.value
     where b.workspace_id = $1 group by 1, 2) held
   group by 1 having bool_and(held.removed_at is not null and (held.named_at is null or held.removed_at > held.named_at))`

const IS_REMOVED = `
  cross join lateral (
    select coalesce(bool_and(held.removed_at is not null and (held.named_at is null or held.removed_at > held.named_at)), false) as yes
      from (select b.number_id, max(b.named_at) as named_at, max(b.removed_at) as removed_at
              from identity i join contact_book b on b.workspace_id = i.workspace_id and b.kind = i.kind and b.value = i.value
             where i.workspace_id = $1 and i.contact_id = p.id group by 1) held) removed`

/** $1 workspace, $2 words, $3 digits, $4 filter. */
const FOUND = `
  c.workspace_id = $1 and c.merged_into is null
  and (not exists (select from unnest((select array_agg(search_form(typed)) from unnest($2::text[]) typed)) w
                    where position(w in c.search_text) = 0)
       or c.id in (select i.contact_id from identity i, unnest($3::text[]) d
                    where i.workspace_id = $1 and i.kind = 1 and position(d in phone_forms(i.value)) > 0))
  and ($4 <> 'no_phone' or c.phone is null)
  and ($4 <> 'removed' or c.id in (${REMOVED}))`

/** Contacts that are found, from below `after` (`null`: from the top). */
export async function readContacts(
  sql: Sql,
  workspaceId: string,
  query: ContactQuery,
  after: ContactPlace | null,
  limit: number,
): Promise<FoundContact[]> {
  const { rows } = await sql.query<FoundRow>(
    `with page as (
       select c.* from contact c where ${FOUND} and (c.sort_text, c.id) > ($5, $6::uuid)
        order by c.sort_text, c.id limit $7)
     select ${contactJson('p')} as contact, p.sort_text as sort, removed.yes as removed, v.id as conversation, ${ms('v.last_at')} as at
       from page p ${IS_REMOVED}
       left join lateral (select v.id, v.last_at from business_number n
              join conversation v on v.workspace_id = n.workspace_id and v.number_id = n.id and v.contact_id = p.id
             where n.workspace_id = $1 order by v.last_at desc, v.id desc limit 1) v on true
      order by p.sort_text, p.id`,
    [...values(workspaceId, query), after?.sort ?? '', after?.id ?? '00000000-0000-0000-0000-000000000000', limit],
  )
  return rows.map(({ contact, sort, removed, conversation, at }) => ({
    line: {
      contact: contactView(contact),
      removedOnPhone: removed,
      latest: conversation === null || at === null ? null : { conversationId: conversation, atMs: Number(at) },
    },
    place: { sort, id: contact.id },
  }))
}

interface FoundRow {
  readonly contact: ContactRow
  readonly sort: string
  readonly removed: boolean
  readonly conversation: string | null
  readonly at: string | null
}

export async function countContacts(sql: Sql, workspaceId: string, query: ContactQuery): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::integer as count from contact c where ${FOUND}`,
    values(workspaceId, query),
  )
  return rows[0]?.count ?? 0
}

function values(workspaceId: string, { search, filter }: ContactQuery): unknown[] {
  return [workspaceId, search.words, search.digits, filter]
}

/** Contacts that are found, by id, from above `afterId` (`null`: from the first). */
export async function readExport(
  sql: Sql,
  workspaceId: string,
  query: ContactQuery,
  afterId: string | null,
  limit: number,
): Promise<ExportedContact[]> {
  const { rows } = await sql.query<ExportedContact>(
    `with page as (select c.* from contact c where ${FOUND} and c.id > $5::uuid order by c.id limit $6)
     select ${contactJson('p')} as contact, ${ms('p.created_at')}::float8 as "createdAtMs",
            removed.yes as "removedOnPhone",
            array(select i.value from identity i where i.workspace_id = $1 and i.contact_id = p.id
                     and i.value is distinct from (case i.kind when 1 then p.phone when 2 then p.user_id else p.parent_user_id end)
                   order by i.kind, i.value) as others,
            coalesce(v.numbers, '{}') as numbers, v.at as "lastAtMs"
       from page p ${IS_REMOVED}
      cross join lateral (select array_agg(n.display_phone order by n.display_phone) as numbers,
                                 (${ms('max(v.last_at)')})::float8 as at
             from business_number n
             join conversation v on v.workspace_id = n.workspace_id and v.number_id = n.id and v.contact_id = p.id
            where n.workspace_id = $1) v
      order by p.id`,
    [...values(workspaceId, query), afterId ?? '00000000-0000-0000-0000-000000000000', limit],
  )
  return rows
}
