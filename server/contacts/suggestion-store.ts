import { contactJson } from '../inbox/row-sql.ts'
import type { Sql } from '../platform/db.ts'
import type { Likeness } from './suggest-merges.ts'

/** A name that more contacts than this share says nothing of any two of them. */
const SHARED_BY_MAX = 4
/** Pairs that are looked at. */
const PAIRS_MAX = 1_000

/**
 * Pairs of contacts that share a username, or a name of more than one word, and that no member has told apart. With `only`:
 * pairs of this contact. Where all have user ids there is nothing to suggest (see `mergeReason`), so that most names fall
 * out before they are compared.
 */
export async function readLikenesses(sql: Sql, workspaceId: string, only: string | null): Promise<Likeness[]> {
  const { rows } = await sql.query<Likeness>(
    `with mine as (
       select distinct search_form(btrim(u.name)) as form from contact c ${NAMES}
        where c.workspace_id = $1 and c.id = $2 and u.name is not null),
     looked_at as (
       select c.* from contact c
        where c.workspace_id = $1 and c.merged_into is null
          and ($2::uuid is null or exists (select from mine where position(mine.form in c.search_text) > 0))),
     named as (
       select c.id, c.user_id is null as bare, u.by_username, lower(btrim(u.name)) collate "C" as name from looked_at c ${NAMES}
        where u.name is not null and (u.by_username or position(' ' in btrim(u.name)) > 0)),
     shared as (
       select by_username, name, array_agg(distinct id) as ids from named group by 1, 2
       having count(*) > 1 and bool_or(bare) and count(distinct id) between 2 and ${SHARED_BY_MAX}),
     pair as (
       select s.by_username, s.name, a.id as first_id, b.id as second_id
         from shared s, unnest(s.ids) a(id), unnest(s.ids) b(id) where a.id < b.id)
     select ${contactJson('f')} as first, ${contactJson('g')} as second, p.name as shared, p.by_username as "byUsername"
       from pair p
       join contact f on f.workspace_id = $1 and f.id = p.first_id
       join contact g on g.workspace_id = $1 and g.id = p.second_id
      where (f.user_id is null or g.user_id is null)
        and not exists (select from contact_apart t
                         where t.workspace_id = $1 and t.first_id = p.first_id and t.second_id = p.second_id)
        and ($2::uuid is null or $2 in (p.first_id, p.second_id))
      order by p.by_username desc, (f.phone is null) <> (g.phone is null) desc, p.first_id, p.second_id limit ${PAIRS_MAX}`,
    [workspaceId, only],
  )
  return rows
}

/** Every name of a contact `c` beside its username. */
const NAMES = `
  cross join lateral (values (false, c.agent_name), (false, c.address_book_name), (false, c.profile_name),
                             (true, c.username)) u(by_username, name)`

/** Notes that two contacts are two people, or takes that back. */
export async function writeApart(
  sql: Sql,
  workspaceId: string,
  ids: readonly [string, string],
  by: { readonly memberId: string; readonly now: Date; readonly apart: boolean },
): Promise<void> {
  const [first, second] = [...ids].sort()
  if (!by.apart) {
    await sql.query('delete from contact_apart where workspace_id = $1 and first_id = $2 and second_id = $3', [
      workspaceId,
      first,
      second,
    ])
    return
  }
  await sql.query(
    `insert into contact_apart (workspace_id, first_id, second_id, member_id, at)
     select $1, $2, $3, $4, $5
      where (select count(*) from contact where workspace_id = $1 and id in ($2, $3)) = 2 on conflict do nothing`,
    [workspaceId, first, second, by.memberId, by.now],
  )
}
