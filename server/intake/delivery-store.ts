import type { Database } from '../platform/db.ts'

const SIGNATURE_BYTES = 32
const DAY_MS = 86_400_000
/** Days made at once when today's partition is missing. */
const DAYS_AHEAD = 3

export interface NewDelivery {
  /** The 32 bytes of the signature: an HMAC of the body, and so its duplicate key. */
  readonly signature: Buffer
  readonly body: Buffer
}

export interface StoredDelivery {
  readonly id: string
  readonly receivedAtMs: number
  readonly body: Buffer
}

/**
 * Two buffers travel in binary, whatever the number of deliveries: all signatures, all bodies, and where each body
 * begins and how long it is. A signature that is known already (a redelivery) is left out, but for history: its chunks have
 * no time in them, so that a number that is connected again the same day may be sent the very same bytes anew.
 */
const INSERT = `
with given as (
  select substring($1::bytea from ((place - 1) * ${SIGNATURE_BYTES} + 1)::int for ${SIGNATURE_BYTES}) as signature,
         begins, bytes, place = any($7::bigint[]) as may_recur
    from unnest($5::integer[], $6::integer[]) with ordinality u(begins, bytes, place)
), raw as (
  insert into raw_delivery (received_on, signature, received_at, body)
  select $3::date, signature, to_timestamp($4::float8 / 1000), substring($2::bytea from begins for bytes) from given
  on conflict do nothing returning signature
)
insert into delivery_queue (received_on, signature, received_at)
select $3::date, signature, to_timestamp($4::float8 / 1000)
  from (select signature from raw union select signature from given where may_recur) new
returning id::text as id, signature`

const HISTORY_MARK = Buffer.from('"history"')

/**
 * Stores deliveries durably in one commit, gives those that are new, with their place in the queue.
 * When it throws, none of them may be called stored.
 */
export async function insertDeliveries(
  database: Database,
  nowMs: number,
  deliveries: readonly NewDelivery[],
): Promise<StoredDelivery[]> {
  let begins = 1
  const places = deliveries.map(({ body }) => {
    const place = begins
    begins += body.length
    return place
  })
  const { rows } = await database.pool.query<{ id: string; signature: Buffer }>({
    name: 'intake_insert',
    text: INSERT,
    values: [
      Buffer.concat(deliveries.map(({ signature }) => signature)),
      Buffer.concat(deliveries.map(({ body }) => body)),
      dayOf(nowMs),
      nowMs,
      places,
      deliveries.map(({ body }) => body.length),
      deliveries.flatMap(({ body }, index) => (body.includes(HISTORY_MARK) ? [index + 1] : [])),
    ],
  })
  if (rows.length === 0) return []
  const bodies = new Map(deliveries.map(({ signature, body }) => [signature.toString('latin1'), body]))
  return rows.map(({ id, signature }) => ({
    id,
    receivedAtMs: nowMs,
    body: bodies.get(signature.toString('latin1')) as Buffer,
  }))
}

/** Makes the partitions of today and the next days. */
export async function ensureDays(database: Database, nowMs: number): Promise<void> {
  await database.pool.query('select ensure_raw_partitions($1::date, $2)', [dayOf(nowMs), DAYS_AHEAD])
}

/** Drops the days that are older than `keepDays`; gives how many went. What still waits is kept. */
export async function dropOldDays(database: Database, nowMs: number, keepDays: number): Promise<number> {
  const { rows } = await database.pool.query<{ dropped: number }>('select drop_raw_partitions($1::date) as dropped', [
    dayOf(nowMs - keepDays * DAY_MS),
  ])
  return rows[0]?.dropped ?? 0
}

/** PostgreSQL's code for a row that no partition takes. */
export function isMissingDay(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23514'
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
