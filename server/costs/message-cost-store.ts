import type { MessageCostAnswer } from '../../contract/api/costs.ts'
import type { Sql } from '../platform/db.ts'

/** The line of a message; `undefined` when the workspace has no such message. */
export async function readMessageCost(
  sql: Sql,
  workspaceId: string,
  messageId: string,
): Promise<MessageCostAnswer['cost'] | undefined> {
  const { rows } = await sql.query<{ there: boolean } & NonNullable<MessageCostAnswer['cost']>>(
    `select l.wamid is not null as there, l.currency, l.basis, l.category, l.reason, l.amount::float8 as amount,
            l.estimate::float8 as estimate, l.estimate_reason as "estimateReason",
            (extract(epoch from l.at) * 1000)::float8 as "atMs", l.pricing
       from message m
       left join message_cost l on l.workspace_id = $1 and l.number_id = m.number_id and l.wamid = m.wamid
      where m.workspace_id = $1 and m.id = $2`,
    [workspaceId, messageId],
  )
  if (rows[0] === undefined) return undefined
  const { there, ...cost } = rows[0]
  return there ? cost : null
}
