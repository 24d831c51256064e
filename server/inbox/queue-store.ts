import type { Database, Sql } from '../platform/db.ts'
import { storableText } from './canonical-json.ts'
import { ms } from './row-sql.ts'

/** Letters of an error that are kept for people to read. */
const DETAIL_LENGTH_MAX = 2_000

export interface QueuedDelivery {
  readonly id: string
  readonly receivedAtMs: number
  readonly attempts: number
  readonly bytes: number
}

/** Queued deliveries that are due and came before `beforeMs`, oldest first. */
export async function readQueue(
  database: Database,
  nowMs: number,
  beforeMs: number,
  limit: number,
): Promise<QueuedDelivery[]> {
  const { rows } = await database.pool.query<QueuedDelivery>(
    `select q.id::text as id, ${ms('q.received_at')}::float8 as "receivedAtMs", q.attempts, octet_length(r.body) as bytes
       from delivery_queue q
       join raw_delivery r on r.received_on = q.received_on and r.signature = q.signature
      where (q.next_attempt_at is null and q.received_at <= to_timestamp($2::float8 / 1000))
         or q.next_attempt_at <= to_timestamp($1::float8 / 1000)
      order by q.id limit $3`,
    [nowMs, beforeMs, limit],
  )
  return rows
}

/** The bodies of queued deliveries, by their id in the queue; those that have left it are missing. */
export async function readBodies(database: Database, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const { rows } = await database.pool.query<{ id: string; body: Buffer }>(
    `select q.id::text as id, r.body
       from delivery_queue q
       join raw_delivery r on r.received_on = q.received_on and r.signature = q.signature
      where q.id = any($1::bigint[])`,
    [ids],
  )
  return new Map(rows.map(({ id, body }) => [id, body]))
}

/** Which of these are still queued. */
export async function stillQueued(database: Database, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await database.pool.query<{ id: string }>(
    'select id::text as id from delivery_queue where id = any($1::bigint[])',
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Takes deliveries out of the queue; gives how many were there. */
export async function deleteQueued(sql: Sql, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const { rowCount } = await sql.query({
    name: 'queue_delete',
    text: 'delete from delivery_queue where id = any($1::bigint[])',
    values: [ids],
  })
  return rowCount ?? 0
}

/** A delivery failed by itself and will be tried again at `nextMs`. */
export async function postponeDelivery(
  database: Database,
  id: string,
  attempts: number,
  nextMs: number,
  error: string,
): Promise<void> {
  await database.pool.query(
    `update delivery_queue set attempts = $2, next_attempt_at = to_timestamp($3::float8 / 1000), last_error = $4 where id = $1`,
    [id, attempts, nextMs, shortened(error)],
  )
}

export interface Unplaced {
  readonly reason: 'not_json' | 'not_a_webhook' | 'unknown_number' | 'failed'
  readonly detail: string
  readonly wabaId: string | null
  readonly phoneNumberId: string | null
}

/**
 * Keeps a queued delivery as one that nobody could place. With `leaves` it is out of the queue with that; otherwise the
 * part of it that could be placed is still to come. Gives whether it is news.
 */
export async function keepUnplaced(
  database: Database,
  id: string,
  unplaced: Unplaced,
  leaves: boolean,
): Promise<boolean> {
  const { rows } = await database.pool.query<{ kept: number }>(
    `with delivery as (select received_on, signature, received_at from delivery_queue where id = $1),
          kept as (
       insert into unplaced_delivery (received_on, signature, reason, detail, waba_id, phone_number_id, received_at)
       select received_on, signature, $2, $3, $4, $5, received_at from delivery on conflict do nothing returning 1
     ), left_queue as (delete from delivery_queue where id = $1 and $6)
     select count(*)::int as kept from kept`,
    [id, unplaced.reason, shortened(unplaced.detail), unplaced.wabaId, unplaced.phoneNumberId, leaves],
  )
  return (rows[0]?.kept ?? 0) > 0
}

/**
 * Puts deliveries set aside for a number nobody knew, that name one of these ids of Meta's (numbers, accounts), back
 * into the queue; gives how many. One delivery may speak of several numbers, so that the bytes are searched and not the
 * number that was noted: what does not belong here after all is set aside once more.
 */
export async function requeueUnplaced(database: Database, metaIds: readonly string[]): Promise<number> {
  const { rowCount } = await database.pool.query(
    `with back as (
       delete from unplaced_delivery u using raw_delivery r
        where u.reason = 'unknown_number' and r.received_on = u.received_on and r.signature = u.signature
          and exists (select from unnest($1::text[]) m(id) where position(convert_to(m.id, 'UTF8') in r.body) > 0)
       returning u.received_on, u.signature, u.received_at
     )
     insert into delivery_queue (received_on, signature, received_at)
     select received_on, signature, received_at from back order by received_at`,
    [metaIds],
  )
  return rowCount ?? 0
}

/** When the oldest delivery that waits came in; `null` when none does. */
export async function oldestQueuedMs(database: Database): Promise<number | null> {
  const { rows } = await database.pool.query<{ at: number }>(
    `select ${ms('received_at')}::float8 as at from delivery_queue order by id limit 1`,
  )
  return rows[0]?.at ?? null
}

function shortened(text: string): string {
  return storableText(text).slice(0, DETAIL_LENGTH_MAX)
}
