import type { Sql } from '../platform/db.ts'
import type { PriceNotice } from './account-terms.ts'
import { volumeKey } from './price-told.ts'

/** Notices about prices that are read: a tier a month, market and category at most. */
const NOTICES_MAX = 2_000

/** Charged messages by month, market and category, from a month on. */
export async function readVolumes(sql: Sql, workspaceId: string, fromMonth: string): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ month: string; market: string; category: string; charged: number }>(
    'select month, market, category, charged from cost_volume where workspace_id = $1 and month >= $2',
    [workspaceId, fromMonth],
  )
  return new Map(rows.map((row) => [volumeKey(row.month, row.market, row.category), row.charged]))
}

export async function putVolumes(sql: Sql, workspaceId: string, volumes: ReadonlyMap<string, number>): Promise<void> {
  const parts = [...volumes].map(([key, charged]) => [...key.split(' '), charged] as const)
  await sql.query(
    `insert into cost_volume (workspace_id, month, market, category, charged)
     select $1, month, market, category, charged from unnest($2::text[], $3::text[], $4::text[], $5::integer[])
            u(month, market, category, charged)
     on conflict (workspace_id, month, market, category) do update set charged = excluded.charged`,
    [workspaceId, ...[0, 1, 2, 3].map((at) => parts.map((part) => part[at]))],
  )
}

/** Forgets what was counted from a month on. */
export async function dropVolumes(sql: Sql, workspaceId: string, fromMonth: string): Promise<void> {
  await sql.query('delete from cost_volume where workspace_id = $1 and month >= $2', [workspaceId, fromMonth])
}

/** What Meta has told about prices, oldest first. */
export async function readPriceNotices(sql: Sql, workspaceId: string): Promise<PriceNotice[]> {
  const { rows } = await sql.query<PriceNotice>(
    `select event, data from notice
      where workspace_id = $1 and field = 'account_update'
        and event in ('VOLUME_BASED_PRICING_TIER_UPDATE', 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE',
                      'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE')
      order by coalesce(at, received_at) desc, digest limit $2`,
    [workspaceId, NOTICES_MAX],
  )
  return rows.reverse()
}
