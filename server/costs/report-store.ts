import type { Sql } from '../platform/db.ts'
import type { ReportRow } from './report-rows.ts'

/** A span of time, and the time zone whose days are counted. */
export interface Span {
  readonly from: Date
  readonly to: Date
  readonly timeZone: string
}

/** Parameters: workspace, from, to, time zone. */
export const REPORT = `
select to_char(day, 'YYYY-MM-DD') as day, number_id as "numberId", basis, category, reason, country, author,
       member_id as "memberId", template, messages, amount, unpriced, estimated, differing, difference
  from (select (at at time zone $4)::date as day, number_id, basis, category, reason, country, author, member_id, template,
               count(*)::integer as messages, coalesce(sum(amount), 0)::float8 as amount,
               (count(*) filter (where amount is null))::integer as unpriced,
               coalesce(sum(estimate), 0)::float8 as estimated,
               (count(*) filter (where estimate <> amount))::integer as differing,
               coalesce(sum(amount - estimate) filter (where estimate <> amount), 0)::float8 as difference
          from message_cost where workspace_id = $1 and at >= $2 and at < $3
         group by 1, 2, 3, 4, 5, 6, 7, 8, 9) g
 order by 1, 2, 4, 5, 6, 7, 8, 9`

/** The ledger of a span, added up by everything a report tells apart. */
export async function readReport(sql: Sql, workspaceId: string, { from, to, timeZone }: Span): Promise<ReportRow[]> {
  const { rows } = await sql.query<ReportRow>(REPORT, [workspaceId, from, to, timeZone])
  return rows
}

/** Names of the people of the workspace, by id. */
export async function readNames(sql: Sql, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql.query<{ id: string; name: string }>(
    'select id, name from member where workspace_id = $1',
    [workspaceId],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The numbers as they are shown, by id. */
export async function readPhones(sql: Sql, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql.query<{ id: string; phone: string }>(
    'select id, display_phone as phone from business_number where workspace_id = $1',
    [workspaceId],
  )
  return new Map(rows.map(({ id, phone }) => [id, phone]))
}
