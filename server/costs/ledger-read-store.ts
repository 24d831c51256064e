import { opensWindow } from '../inbox/row-sql.ts'
import type { Sql } from '../platform/db.ts'
import { freeEntryJoin } from './free-entry-store.ts'
import type { ComeFacts, PhoneFacts, SentFacts } from './ledger-rows.ts'

/** Lines entered in one transaction. */
export const ENTRIES_MAX = 5_000

/** What is looked at for the ledger, and the time zone whose days are counted. */
export interface Looking {
  readonly from: Date
  /** Not this instant any more; `null`: without end, for clocks that are ahead. */
  readonly to: Date | null
  readonly timeZone: string
}

const NOT_ENTERED = `not exists (select from message_cost l
    where l.workspace_id = $1 and l.number_id = m.number_id and l.wamid = m.wamid)`
const ABOUT = `m.number_id as "numberId", coalesce(m.wamid, '') as wamid, m.created_at as "readAt", m.id as "messageId", m.author, m.member_id as "memberId",
       case when m.content->>'type' = 'template' then m.content->>'name' end as template, p.phone`
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`

/** Messages of ours with what their price depends on; `m` is to be narrowed. Parameters: workspace, from, time zone, limit, to. */
const OURS = `
     select ${ABOUT}, ${ms('m.sent_at')} as "sentAtMs", to_char(m.sent_at at time zone $3, 'YYYY-MM-DD') as day,
            t.meta_category as "templateCategory",
            exists (select from message i
                     where i.conversation_id = m.conversation_id and i.source = 'live' and ${opensWindow('i')}
                       and i.sent_at <= m.sent_at and i.sent_at > m.sent_at - interval '24 hours') as "inWindow",
            ${ms('e.referred_at')} as "referredAtMs", ${ms('e.answered_at')} as "answeredAtMs", e.told_until as "toldUntilMs"
       from message m
       join conversation c on c.workspace_id = $1 and c.id = m.conversation_id
       join contact p on p.workspace_id = $1 and p.id = c.contact_id
       left join business_number n on n.workspace_id = $1 and n.id = m.number_id
       left join template t on m.content->>'type' = 'template' and t.workspace_id = $1 and t.waba_id = n.waba_id
                           and t.name = m.content->>'name' and t.language = m.content->>'language'
       ${freeEntryJoin('$1', 'm.conversation_id', 'm.sent_at')}
      where m.workspace_id = $1 and m.created_at >= $2 and m.created_at < coalesce($5, 'infinity'::timestamptz) and m.source = 'live'`

/** Messages of ours that went out and have no line yet, in the order in which their rows were made. */
export async function readSent(sql: Sql, workspaceId: string, { from, to, timeZone }: Looking): Promise<SentFacts[]> {
  const { rows } = await sql.query<SentFacts>(
    `${OURS} and m.author in ('agent', 'bot', 'campaign', 'api') and m.wamid is not null
        and coalesce(m.delivery, 'accepted') in ('accepted', 'sent', 'delivered', 'read', 'played')
        and ${NOT_ENTERED}
      order by m.created_at, m.wamid limit $4`,
    [workspaceId, from, timeZone, ENTRIES_MAX, to],
  )
  return rows
}

/** Messages of ours that are still to be sent, the oldest first; those of the index of what is unsent. */
export async function readWaiting(sql: Sql, workspaceId: string, timeZone: string): Promise<SentFacts[]> {
  const { rows } = await sql.query<SentFacts>(
    `${OURS} and m.delivery in ('queued', 'sending') order by m.id limit $4`,
    [workspaceId, new Date(0), timeZone, ENTRIES_MAX, null],
  )
  return rows
}

/** Messages written on the phone since the number was connected that have no line yet. */
export async function readWritten(
  sql: Sql,
  workspaceId: string,
  { from, to, timeZone }: Looking,
): Promise<PhoneFacts[]> {
  const { rows } = await sql.query<PhoneFacts>(
    `select ${ABOUT}, ${ms('m.sent_at')} as "sentAtMs", to_char(m.sent_at at time zone $3, 'YYYY-MM-DD') as day
       from message m
       join conversation c on c.workspace_id = $1 and c.id = m.conversation_id
       join contact p on p.workspace_id = $1 and p.id = c.contact_id
      where m.workspace_id = $1 and m.created_at >= $2 and m.created_at < coalesce($5, 'infinity'::timestamptz)
        and m.author = 'phone' and m.source = 'live'
        and m.wamid is not null and ${NOT_ENTERED}
      order by m.created_at, m.wamid limit $4`,
    [workspaceId, from, timeZone, ENTRIES_MAX, to],
  )
  return rows
}

/**
 * Messages that have come and whose price the ledger does not have from Meta, each at the first status that says so:
 * `delivered` may be left out, and then `read` says it. One whose earlier status comes later is read again.
 */
export async function readCome(sql: Sql, workspaceId: string, { from, to, timeZone }: Looking): Promise<ComeFacts[]> {
  const { rows } = await sql.query<ComeFacts>(
    `with come as (
       select distinct on (s.number_id, s.wamid) s.number_id, s.wamid, s.at, s.pricing, s.conversation->>'id' as ref,
              l.estimate, l.estimate_reason, case when l.basis = 'meta' then l.at end as entered
         from message_status s
         left join message_cost l on l.workspace_id = $1 and l.number_id = s.number_id and l.wamid = s.wamid
        where s.workspace_id = $1 and s.at >= $2 and s.at < coalesce($5, 'infinity'::timestamptz) and s.pricing is not null and s.status in ('delivered', 'read')
          and (l.wamid is null or l.basis <> 'meta' or s.at < l.at)
        order by s.number_id, s.wamid, s.at
     )
     select come.number_id as "numberId", come.wamid, m.id as "messageId", m.author, m.member_id as "memberId",
            case when m.content->>'type' = 'template' then m.content->>'name' end as template, p.phone,
            come.at as "readAt", ${ms('come.at')} as "atMs", to_char(come.at at time zone $3, 'YYYY-MM-DD') as day, come.pricing,
            come.ref as "conversationRef", come.estimate::float8 as estimate, come.estimate_reason as "estimateReason",
            to_char(come.entered at time zone $3, 'YYYY-MM-DD') as "enteredDay"
       from come
       left join message m on m.workspace_id = $1 and m.number_id = come.number_id and m.wamid = come.wamid
       left join conversation c on c.workspace_id = $1 and c.id = m.conversation_id
       left join contact p on p.workspace_id = $1 and p.id = c.contact_id
      order by come.at, come.number_id, come.wamid limit $4`,
    [workspaceId, from, timeZone, ENTRIES_MAX, to],
  )
  return rows
}

/** When the first thing happened that the ledger could know of; `null` when nothing has. */
export async function readFirstAt(sql: Sql, workspaceId: string): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date | null }>(
    `select least((select min(at) from message_status where workspace_id = $1),
                  (select min(created_at) from message where workspace_id = $1 and source = 'live')) as at`,
    [workspaceId],
  )
  return rows[0]?.at ?? null
}
