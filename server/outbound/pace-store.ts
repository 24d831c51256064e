import { REAL_NOW } from '../platform/database-clock.ts'
import type { Sql } from '../platform/db.ts'

/** Milliseconds that a process holds a number when it takes or renews it. */
export const HOLD_MS = 4_000

/** A number that a process holds from now on, or still. Milliseconds from the moment of reading. */
export interface Lease {
  readonly numberId: string
  /** It was not this process's before, or could have been somebody else's in between. */
  readonly taken: boolean
  readonly pausedMs: number | null
}

/**
 * Takes or renews the numbers for this process, those that no other holds; at any time one process makes a number's calls.
 * What another process is taking at this moment is left to it.
 */
export async function takeLeases(
  sql: Sql,
  workspaceId: string,
  { holder, numberIds }: { readonly holder: string; readonly numberIds: readonly string[] },
): Promise<Lease[]> {
  const { rows } = await sql.query<Lease>({
    name: 'lease_take',
    text: `with free as (
             select p.number_id, p.holder, p.holder_until from send_pace p
              where p.workspace_id = $1 and p.number_id = any($3::uuid[])
                and (p.holder = $2 or p.holder is null or p.holder_until <= ${REAL_NOW})
              for update skip locked)
           update send_pace p set holder = $2, holder_until = ${REAL_NOW} + $4::float8 * interval '1 millisecond'
             from free where p.workspace_id = $1 and p.number_id = free.number_id
        returning p.number_id as "numberId",
                  free.holder is distinct from $2 or free.holder_until <= ${REAL_NOW} as taken,
                  extract(epoch from p.paused_until - ${REAL_NOW})::float8 * 1000 as "pausedMs"`,
    values: [workspaceId, holder, numberIds, HOLD_MS],
  })
  return rows
}

/** A number that another process holds, and for how many milliseconds more. */
export interface HeldNumber {
  readonly numberId: string
  readonly freeInMs: number
}

/** Those of the numbers of which something waits. One that nobody holds any more is free at once. */
export async function findBusy(sql: Sql, workspaceId: string, numberIds: readonly string[]): Promise<HeldNumber[]> {
  const { rows } = await sql.query<HeldNumber>(
    `select p.number_id as "numberId",
            coalesce(greatest(extract(epoch from p.holder_until - ${REAL_NOW})::float8 * 1000, 0), 0) as "freeInMs"
       from send_pace p
      where p.workspace_id = $1 and p.number_id = any($2::uuid[])
        and exists (select from message m where m.workspace_id = $1 and m.number_id = p.number_id
                     and m.delivery = 'queued' and m.wamid is null)`,
    [workspaceId, numberIds],
  )
  return rows
}

/** Gives numbers their row, in which the lease is kept. */
export async function addPaces(sql: Sql, workspaceId: string, numberIds: readonly string[]): Promise<void> {
  await sql.query(
    `insert into send_pace (workspace_id, number_id) select workspace_id, id from business_number
      where workspace_id = $1 and id = any($2::uuid[]) on conflict do nothing`,
    [workspaceId, numberIds],
  )
}

/** Others may take this process's numbers (`null`: anybody's) soon: not before Meta has forgotten the last calls. */
export async function endLeases(sql: Sql, workspaceId: string, holder: string | null): Promise<void> {
  await sql.query(
    `update send_pace set holder_until = least(holder_until, ${REAL_NOW} + interval '1 second')
      where workspace_id = $1 and ($2::uuid is null or holder = $2) and holder_until > ${REAL_NOW}`,
    [workspaceId, holder],
  )
}

/** Writes down up to when customers' allowances are borrowed, in milliseconds from now. */
export async function writePairs(
  sql: Sql,
  workspaceId: string,
  pairs: readonly { readonly conversationId: string; readonly usedMs: number }[],
): Promise<void> {
  if (pairs.length === 0) return
  await sql.query({
    name: 'pair_write',
    text: `insert into send_pair as p (workspace_id, conversation_id, used_until)
           select $1, id, ${REAL_NOW} + used * interval '1 millisecond' from unnest($2::uuid[], $3::float8[]) u(id, used) order by id
           on conflict (workspace_id, conversation_id) do update set used_until = greatest(p.used_until, excluded.used_until)`,
    values: [workspaceId, pairs.map(({ conversationId }) => conversationId), pairs.map(({ usedMs }) => usedMs)],
  })
}

/** Meta has said that the number is too fast: nothing goes out for a while, longer each time in a row. Gives how long; `null`: it waits already. */
export async function pauseNumber(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  pauseMs: (pauses: number) => number,
): Promise<number | null> {
  const { rows } = await sql.query<{ pauses: number; paused: boolean }>(
    `select pauses, coalesce(paused_until > ${REAL_NOW}, false) as paused from send_pace
      where workspace_id = $1 and number_id = $2 for update`,
    [workspaceId, numberId],
  )
  const row = rows[0]
  // Calls that were on their way when the first of them was refused say the same thing once more.
  if (row === undefined || row.paused) return null
  const waitMs = pauseMs(row.pauses)
  await sql.query(
    `update send_pace set pauses = pauses + 1, paused_until = ${REAL_NOW} + $3::float8 * interval '1 millisecond'
      where workspace_id = $1 and number_id = $2`,
    [workspaceId, numberId, waitMs],
  )
  return waitMs
}

/** Meta has taken messages: what it had refused before, to these customers and of these numbers, is over. */
export async function endRefusals(
  sql: Sql,
  workspaceId: string,
  {
    numberIds,
    conversationIds,
  }: { readonly numberIds: readonly string[]; readonly conversationIds: readonly string[] },
): Promise<void> {
  await sql.query({
    name: 'pace_end_refusals',
    text: `with number as (update send_pace set pauses = 0 where workspace_id = $1 and number_id = any($2::uuid[]) and pauses > 0)
           update send_pair set refusals = 0 where workspace_id = $1 and conversation_id = any($3::uuid[]) and refusals > 0`,
    values: [workspaceId, numberIds, conversationIds],
  })
}

/** Nothing goes to this customer for a while, whose length it gives; `refusalMs` gives how long, by how often in a row Meta has refused before. */
export async function holdPair(
  sql: Sql,
  workspaceId: string,
  conversationId: string,
  refusalMs: (refusals: number) => number,
): Promise<number> {
  const { rows } = await sql.query<{ refusals: number }>(
    'select refusals from send_pair where workspace_id = $1 and conversation_id = $2 for update',
    [workspaceId, conversationId],
  )
  const waitMs = refusalMs(rows[0]?.refusals ?? 0)
  await sql.query(
    `insert into send_pair (workspace_id, conversation_id, used_until, held_until, refusals)
     values ($1, $2, ${REAL_NOW}, ${REAL_NOW} + $3::float8 * interval '1 millisecond', 1)
     on conflict (workspace_id, conversation_id) do update set held_until = excluded.held_until, held_wamid = null,
       refusals = send_pair.refusals + 1`,
    [workspaceId, conversationId, waitMs],
  )
  return waitMs
}

/** The next message of the conversation waits until this one, a file, is delivered, and no longer than `waitMs`. */
export async function holdUntilDelivered(
  sql: Sql,
  workspaceId: string,
  held: { readonly conversationId: string; readonly wamid: string; readonly waitMs: number },
): Promise<void> {
  await sql.query(
    `insert into send_pair (workspace_id, conversation_id, used_until, held_until, held_wamid)
     values ($1, $2, ${REAL_NOW}, ${REAL_NOW} + $4::float8 * interval '1 millisecond', $3)
     on conflict (workspace_id, conversation_id) do update set held_until = excluded.held_until, held_wamid = excluded.held_wamid`,
    [workspaceId, held.conversationId, held.wamid, held.waitMs],
  )
}
