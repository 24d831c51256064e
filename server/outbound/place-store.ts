import { PLACE_MS, placesOf } from '../../contract/messaging-limit.ts'
import type { Sql } from '../platform/db.ts'
import { Places } from './places.ts'

/** Since when a place is taken, if it is: what a failed message took is not, or as before. `c`: the place, `m`: its message. */
const TAKEN_SINCE = "case when m.delivery in ('failed', 'cancelled', 'expired') then c.before_at else c.taken_at end"
const PLACES = `customer_place c left join message m on m.workspace_id = c.workspace_id and m.id = c.message_id`
/** What Meta said last about the limit, of whatever number: it is the portfolio's, for which the workspace stands. */
const TIER = `(select a.answer ->> 'messagingLimit' from meta_answer a where a.workspace_id = $1 and a.question = 'number'
    and a.answer ->> 'messagingLimit' is not null order by a.answered_at desc limit 1)`

/** How the messaging limit stands. */
export interface PlaceStanding {
  /** Customers within 24 hours; `null`: unlimited, or not told. */
  readonly limit: number | null
  readonly used: number
  /** When the first of the places is free again, in Unix milliseconds; `null`: none is taken. */
  readonly freeAtMs: number | null
}

export async function readPlaceStanding(sql: Sql, workspaceId: string, nowMs: number): Promise<PlaceStanding> {
  const { rows } = await sql.query<{ tier: string | null; used: number; freeAtMs: number | null }>({
    name: 'place_standing',
    text: `select ${TIER} as tier, count(*)::int as used,
                  (extract(epoch from min(p.since)) * 1000 + ${PLACE_MS})::float8 as "freeAtMs"
             from (select ${TAKEN_SINCE} as since from ${PLACES} where c.workspace_id = $1 and c.taken_at > $2) p
            where p.since > $2`,
    values: [workspaceId, new Date(nowMs - PLACE_MS)],
  })
  const { tier = null, used = 0, freeAtMs = null } = rows[0] ?? {}
  return { limit: placesOf(tier), used, freeAtMs }
}

/** When the next place is free, for a customer who has none while all are taken; `null`: they can be written to. */
export async function findPlaceFree(
  sql: Sql,
  workspaceId: string,
  contactId: string,
  nowMs: number,
): Promise<number | null> {
  if ((await findHeld(sql, workspaceId, [contactId], nowMs)).size > 0) return null
  const { limit, used, freeAtMs } = await readPlaceStanding(sql, workspaceId, nowMs)
  return limit !== null && used >= limit ? freeAtMs : null
}

/**
 * The places for customers to whom messages are to go; `null`: nothing has to be counted. From here to the commit no other
 * process takes any. What is left is known from the last count; it is counted anew only when that is not enough.
 */
export async function openPlaces(
  sql: Sql,
  workspaceId: string,
  contactIds: readonly string[],
  nowMs: number,
): Promise<Places | null> {
  if (contactIds.length === 0) return null
  const limit = await readPlacesMax(sql, workspaceId)
  if (limit === null) return null
  const left = await lockCount(sql, workspaceId, limit)
  const held = await findHeld(sql, workspaceId, contactIds, nowMs)
  if (new Set(contactIds.filter((id) => !held.has(id))).size <= left) {
    return new Places({ held, unused: left, freeAtMs: null })
  }
  await sql.query('delete from customer_place where workspace_id = $1 and taken_at <= $2', [
    workspaceId,
    new Date(nowMs - PLACE_MS),
  ])
  const { used, freeAtMs } = await readPlaceStanding(sql, workspaceId, nowMs)
  const unused = Math.max(0, limit - used)
  await sql.query('update place_count set unused = $2 where workspace_id = $1', [workspaceId, unused])
  return new Places({ held, unused, freeAtMs })
}

/** Writes down which places the messages that go out take; the others, chosen and then taken back, take none. */
export async function takePlaces(
  sql: Sql,
  workspaceId: string,
  places: Places,
  { messageIds, nowMs }: { readonly messageIds: ReadonlySet<string>; readonly nowMs: number },
): Promise<void> {
  const taken = [...places.takers].filter(([, messageId]) => messageIds.has(messageId))
  if (taken.length === 0) return
  await sql.query({
    name: 'place_take',
    text: `with counted as (update place_count set unused = greatest(unused - $5, 0) where workspace_id = $1)
           insert into customer_place as c (workspace_id, contact_id, message_id, taken_at)
           select $1, contact_id, message_id, $4 from unnest($2::uuid[], $3::uuid[]) u(contact_id, message_id) order by 1, 2
           on conflict (workspace_id, contact_id) do update set message_id = excluded.message_id, taken_at = excluded.taken_at,
             before_at = case when c.message_id = excluded.message_id then c.before_at
               when (select m.delivery from message m where m.workspace_id = c.workspace_id and m.id = c.message_id)
                    in ('failed', 'cancelled', 'expired') then c.before_at else c.taken_at end`,
    values: [
      workspaceId,
      taken.map(([contactId]) => contactId),
      taken.map(([, messageId]) => messageId),
      new Date(nowMs),
      taken.filter(([contactId]) => places.isNew(contactId)).length,
    ],
  })
}

async function readPlacesMax(sql: Sql, workspaceId: string): Promise<number | null> {
  const { rows } = await sql.query<{ tier: string | null }>({
    name: 'place_limit',
    text: `select ${TIER} as tier`,
    values: [workspaceId],
  })
  return placesOf(rows[0]?.tier ?? null)
}

/** Locks the count and gives what is left by it; a limit that has changed makes it nothing. */
async function lockCount(sql: Sql, workspaceId: string, limit: number): Promise<number> {
  const { rows } = await sql.query<{ unused: number }>({
    name: 'place_lock',
    text: `insert into place_count as c (workspace_id, places, unused) values ($1, $2, 0)
           on conflict (workspace_id) do update set places = excluded.places,
             unused = case when c.places = excluded.places then c.unused else 0 end
           returning unused`,
    values: [workspaceId, limit],
  })
  return rows[0]?.unused ?? 0
}

async function findHeld(
  sql: Sql,
  workspaceId: string,
  contactIds: readonly string[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ id: string }>({
    name: 'place_held',
    text: `select c.contact_id as id from ${PLACES}
            where c.workspace_id = $1 and c.contact_id = any($2::uuid[]) and c.taken_at > $3 and ${TAKEN_SINCE} > $3`,
    values: [workspaceId, contactIds, new Date(nowMs - PLACE_MS)],
  })
  return new Set(rows.map(({ id }) => id))
}
