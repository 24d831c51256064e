import type { AddDutyBody } from '../../contract/api/duty.ts'
import type { Duty } from '../../contract/duty.ts'
import { ms, timestamp } from '../inbox/row-sql.ts'
import type { Sql } from '../platform/db.ts'

const DUTY = `
  d.id, d.number_id as "numberId", d.member_id as "memberId", d.time_zone as "timeZone", (${ms('d.since')})::float8 as "sinceMs",
  (${ms('d.until')})::float8 as "untilMs", (${ms('d.ended_at')})::float8 as "endedAtMs", case when d.weekdays is not null then
    json_build_object('weekdays', d.weekdays, 'fromMinute', d.from_minute, 'toMinute', d.to_minute) end as weekly`

/** The roster of a number, with what was ended, oldest entry first; `null` when there is no such number. */
export async function readDuties(sql: Sql, workspaceId: string, numberId: string): Promise<Duty[] | null> {
  const number = await sql.query('select from business_number where workspace_id = $1 and id = $2', [
    workspaceId,
    numberId,
  ])
  if (number.rowCount === 0) return null
  const { rows } = await sql.query<Duty>(
    `select ${DUTY} from duty d where d.workspace_id = $1 and d.number_id = $2 order by d.created_at, d.id`,
    [workspaceId, numberId],
  )
  return rows
}

/** Adds an entry; `null` when there is no such number or member. */
export async function insertDuty(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  duty: AddDutyBody & { readonly id: string },
  by: { readonly memberId: string; readonly nowMs: number },
): Promise<Duty | null> {
  const { weekly } = duty
  const { rows } = await sql.query<Duty>(
    `insert into duty as d (workspace_id, id, number_id, member_id, weekdays, from_minute, to_minute, time_zone, since, until,
                            created_by, created_at)
     select $1, $2, n.id, m.id, $5::smallint[], $6, $7, $8, ${timestamp('$9::float8')}, ${timestamp('$10::float8')}, $11,
            ${timestamp('$12::float8')}
       from business_number n, member m
      where n.workspace_id = $1 and n.id = $3 and m.workspace_id = $1 and m.id = $4
     returning ${DUTY}`,
    [
      ...[workspaceId, duty.id, numberId, duty.memberId],
      ...[weekly?.weekdays ?? null, weekly?.fromMinute ?? null, weekly?.toMinute ?? null, duty.timeZone],
      ...[duty.sinceMs, duty.untilMs, by.memberId, by.nowMs],
    ],
  )
  return rows[0] ?? null
}

/** Ends an entry at a time, or `mistake`: at its beginning, so that it never counts; `null` takes it back. */
export async function endDuty(
  sql: Sql,
  workspaceId: string,
  id: string,
  end: 'mistake' | { readonly atMs: number } | null,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update duty set ended_at = case when $3 then since else ${timestamp('$4::float8')} end where workspace_id = $1 and id = $2`,
    [workspaceId, id, end === 'mistake', end === 'mistake' ? null : (end?.atMs ?? null)],
  )
  return rowCount === 1
}
