import type { Sql } from '../platform/db.ts'
import type { DeliveryAnswers } from './probe-rules.ts'

/** When the webhook of the workspace was called last, and since when that fails; `null`: never called. */
export async function readProbe(
  sql: Sql,
  workspaceId: string,
): Promise<{ readonly checkedAtMs: number; readonly failures: number } | null> {
  const { rows } = await sql.query<{ checkedAtMs: number; failures: number }>(
    `select (extract(epoch from checked_at) * 1000)::float8 as "checkedAtMs", failures from webhook_probe
      where workspace_id = $1`,
    [workspaceId],
  )
  return rows[0] ?? null
}

/**
 * Where Meta said lately that it delivers to, for each number that is connected and that nothing has come for since: what
 * comes in shows that the address works, whatever its name is.
 */
export async function readDeliveryAnswers(
  sql: Sql,
  workspaceId: string,
  { since, quietSince }: { readonly since: Date; readonly quietSince: Date },
): Promise<DeliveryAnswers[]> {
  const { rows } = await sql.query<DeliveryAnswers>(
    `select f.answer as fields, s.answer as subscription
       from business_number n
       left join meta_answer f on f.workspace_id = n.workspace_id and f.number_id = n.id and f.question = 'fields'
                              and f.answered_at >= $2
       left join meta_answer s on s.workspace_id = n.workspace_id and s.number_id = n.id and s.question = 'subscription'
                              and s.answered_at >= $2
       left join webhook_arrival a on a.workspace_id = n.workspace_id and a.number_id = n.id
      where n.workspace_id = $1 and n.state in ('syncing', 'live', 'at_risk', 'restricted')
        and (a.received_at is null or (a.received_at < $3 and a.received_at < greatest(f.answered_at, s.answered_at)))
      order by n.id`,
    [workspaceId, since, quietSince],
  )
  return rows
}

/** Writes down what was seen; a failure in a row keeps the time of the first one, and the first of each row stands. */
export async function putProbe(sql: Sql, workspaceId: string, fault: string | null, now: Date): Promise<void> {
  await sql.query(
    `insert into webhook_probe as p (workspace_id, checked_at, failing_since, failures, fault)
     values ($1, $3, case when $2::text is not null then $3::timestamptz end, ($2::text is not null)::integer, $2)
     on conflict (workspace_id) do update set checked_at = excluded.checked_at, fault = excluded.fault,
       failing_since = case when excluded.fault is not null then coalesce(p.failing_since, excluded.failing_since) end,
       failures = case when excluded.fault is not null then p.failures + 1 else 0 end`,
    [workspaceId, fault, now],
  )
}
