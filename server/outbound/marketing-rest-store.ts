import { MARKETING_HELD_CODE, MARKETING_REST_MS } from '../../contract/marketing-rest.ts'
import { ms } from '../inbox/row-sql.ts'
import type { Sql } from '../platform/db.ts'

/** From when the customer of the conversation `v` may get marketing again; none: at once. Meta’s limit is the person’s, on whatever number. */
const RESTS_UNTIL = `(select (${ms('max(r.delivery_at)')} + ${MARKETING_REST_MS})::float8
    from business_number n
    join conversation o on o.workspace_id = n.workspace_id and o.number_id = n.id and o.contact_id = v.contact_id
    join message r on r.workspace_id = o.workspace_id and r.conversation_id = o.id
   where n.workspace_id = v.workspace_id and r.delivery = 'failed' and (r.error ->> 'code') = '${MARKETING_HELD_CODE}')`

/** From when the customer may get a marketing template again, in Unix milliseconds, past or future; `null`: it was never held back. */
export async function readMarketingRest(sql: Sql, workspaceId: string, conversationId: string): Promise<number | null> {
  const { rows } = await sql.query<{ fromMs: number | null }>({
    name: 'marketing_rest',
    text: `select ${RESTS_UNTIL} as "fromMs" from conversation v where v.workspace_id = $1 and v.id = $2`,
    values: [workspaceId, conversationId],
  })
  return rows[0]?.fromMs ?? null
}

/** The same for templates that wait, by message; those of other categories are left out, and who rests no more at `nowMs`. */
export async function readMarketingRests(
  sql: Sql,
  workspaceId: string,
  messageIds: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, number>> {
  if (messageIds.length === 0) return new Map()
  const { rows } = await sql.query<{ id: string; fromMs: number }>({
    name: 'marketing_rests',
    text: `select w.id, w."fromMs" from (
             select m.id, ${RESTS_UNTIL} as "fromMs"
               from message m
               join business_number b on b.workspace_id = m.workspace_id and b.id = m.number_id
               join template t on t.workspace_id = b.workspace_id and t.waba_id = b.waba_id and t.meta_category = 'MARKETING'
                              and t.name = m.content ->> 'name' and t.language = m.content ->> 'language'
               join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
              where m.workspace_id = $1 and m.id = any($2::uuid[])) w
            where w."fromMs" > $3::float8`,
    values: [workspaceId, messageIds, nowMs],
  })
  return new Map(rows.map(({ id, fromMs }) => [id, fromMs]))
}
