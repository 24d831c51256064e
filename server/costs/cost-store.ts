import type { CostSettings } from '../../contract/api/costs.ts'
import type { EntryPoint } from '../../contract/reply-window.ts'
import { opensWindow } from '../inbox/row-sql.ts'
import type { Sql } from '../platform/db.ts'
import type { DeliveredRow } from './cost-rows.ts'
import { freeEntryJoin } from './free-entry-store.ts'
import type { Span } from './report-store.ts'

/** What an account is billed by until somebody says otherwise. */
const DEFAULTS: CostSettings = { currency: 'USD', timeZone: 'UTC', exempt: false }

export async function readCostSettings(sql: Sql, workspaceId: string): Promise<CostSettings> {
  const { rows } = await sql.query<CostSettings>(
    'select currency, time_zone as "timeZone", exempt from cost_settings where workspace_id = $1',
    [workspaceId],
  )
  return rows[0] ?? DEFAULTS
}

export async function putCostSettings(
  sql: Sql,
  workspaceId: string,
  settings: CostSettings,
  by: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into cost_settings (workspace_id, currency, time_zone, exempt, member_id, saved_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id) do update set currency = excluded.currency, time_zone = excluded.time_zone,
       exempt = excluded.exempt, member_id = excluded.member_id, saved_at = excluded.saved_at`,
    [workspaceId, settings.currency, settings.timeZone, settings.exempt, by.memberId, by.now],
  )
}

/** More messages than these are not replayed: the page says that it shows the first ones. */
export const REPLAY_MAX = 100_000

/**
 * Delivered messages one by one, in the order of delivery, with what a price depends on in any of Meta's models. A window is
 * open when the customer wrote or called within 24 hours before.
 */
export async function readDelivered(
  sql: Sql,
  workspaceId: string,
  { from, to, timeZone }: Span,
): Promise<DeliveredRow[]> {
  const { rows } = await sql.query<DeliveredRow>(
    `select l.number_id as "numberId", c.contact_id as "contactId", l.country,
            (extract(epoch from l.at) * 1000)::float8 as "deliveredAtMs", to_char(l.at at time zone $4, 'YYYY-MM-DD') as day,
            l.category, l.reason,
            exists (select from message i
                     where i.conversation_id = m.conversation_id and i.source = 'live' and ${opensWindow('i')}
                       and i.sent_at <= m.sent_at and i.sent_at > m.sent_at - interval '24 hours') as "inWindow"
       from message_cost l
       join message m on m.workspace_id = $1 and m.id = l.message_id
       join conversation c on c.workspace_id = $1 and c.id = m.conversation_id
      where l.workspace_id = $1 and l.basis = 'meta' and l.at >= $2 and l.at < $3
      order by l.at, l.number_id, l.wamid limit $5`,
    [workspaceId, from, to, timeZone, REPLAY_MAX],
  )
  return rows
}

/** Whom a conversation is with, and what of it a price depends on. */
export interface Customer {
  readonly numberId: string
  readonly phone: string | null
  readonly inWindow: boolean
  readonly entry: EntryPoint | null
}

/** The digits of a number of ours; `null` when the workspace has none of this id. */
export async function readOwnPhone(sql: Sql, workspaceId: string, numberId: string): Promise<string | null> {
  const { rows } = await sql.query<{ phone: string }>(
    `select regexp_replace(display_phone, '\\D', '', 'g') as phone from business_number where workspace_id = $1 and id = $2`,
    [workspaceId, numberId],
  )
  return rows[0]?.phone ?? null
}

/** Whom a conversation is with; `null` when the workspace has none of this id. */
export async function readCustomer(
  sql: Sql,
  workspaceId: string,
  conversationId: string,
  now: Date,
): Promise<Customer | null> {
  const { rows } = await sql.query<Omit<Customer, 'entry'> & { [K in keyof EntryPoint]: EntryPoint[K] | null }>(
    `select c.number_id as "numberId", p.phone,
            coalesce(c.last_inbound_at > $3::timestamptz - interval '24 hours', false) as "inWindow",
            (extract(epoch from e.referred_at) * 1000)::float8 as "referredAtMs",
            (extract(epoch from e.answered_at) * 1000)::float8 as "answeredAtMs", e.told_until as "toldUntilMs"
       from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
       ${freeEntryJoin('$1', 'c.id', '$3::timestamptz')}
      where c.workspace_id = $1 and c.id = $2`,
    [workspaceId, conversationId, now],
  )
  const [row] = rows
  if (row === undefined) return null
  const { referredAtMs, answeredAtMs, toldUntilMs, ...customer } = row
  return { ...customer, entry: referredAtMs === null ? null : { referredAtMs, answeredAtMs, toldUntilMs } }
}
