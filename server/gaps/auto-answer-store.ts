import type { AutoAnswer, SaveAutoAnswerBody } from '../../contract/api/gaps.ts'
import type { ThreadOwner } from '../../contract/thread-owner.ts'
import type { Sql } from '../platform/db.ts'
import type { Voice } from './likely-language.ts'
import { NO_MESSAGES } from './ready-answer.ts'

/** Customers answered in one run. */
const ANSWERS_MAX = 100
/** Texts of a customer that tell their language. */
const TEXTS_MAX = 3

/** The setting of a number, or `ready` where nobody has changed it; `null` when there is no such number. */
export async function readAutoAnswer(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  ready: Pick<AutoAnswer, 'textAr' | 'textEn'>,
): Promise<AutoAnswer | null> {
  const { rows } = await sql.query<AutoAnswer>(
    `select coalesce(s.enabled, false) as enabled, coalesce(s.text_ar, $3) as "textAr", coalesce(s.text_en, $4) as "textEn",
            (select count(*)::int from auto_answer a where a.workspace_id = $1 and a.number_id = $2) as answered
       from business_number n
       left join auto_answer_setting s on s.workspace_id = n.workspace_id and s.number_id = n.id
      where n.workspace_id = $1 and n.id = $2`,
    [workspaceId, numberId, ready.textAr, ready.textEn],
  )
  return rows[0] ?? null
}

/** Saves it; switched on anew, it counts from now. `false` when there is no such number. */
export async function putAutoAnswer(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  setting: SaveAutoAnswerBody,
  by: { readonly memberId: string; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into auto_answer_setting as s
       (workspace_id, number_id, enabled, enabled_at, text_ar, text_en, member_id, saved_at)
     select workspace_id, id, $3::boolean, case when $3 then $7::timestamptz end, $4, $5, $6, $7
       from business_number where workspace_id = $1 and id = $2
     on conflict (workspace_id, number_id) do update set enabled = excluded.enabled,
       enabled_at = case when s.enabled then coalesce(s.enabled_at, excluded.enabled_at) else excluded.enabled_at end,
       text_ar = excluded.text_ar, text_en = excluded.text_en, member_id = excluded.member_id, saved_at = excluded.saved_at`,
    [workspaceId, numberId, setting.enabled, setting.textAr, setting.textEn, by.memberId, by.now],
  )
  return rowCount === 1
}

/** A customer whose message could not be received, and who was never told so. */
export interface Unreceived extends Voice {
  readonly messageId: string
  readonly conversationId: string
  readonly contactId: string
  readonly numberId: string
  readonly textAr: string
  readonly textEn: string
  readonly owner: ThreadOwner | null
  readonly lastInboundAtMs: number | null
}

/**
 * Customers to be told, one message each, on numbers where that is wanted: live messages between two times that are still
 * nothing but their announcement. A customer who proved to be one with another was told when the other one was.
 */
export async function findUnreceived(
  sql: Sql,
  workspaceId: string,
  between: { readonly from: Date; readonly until: Date },
): Promise<Unreceived[]> {
  const { rows } = await sql.query<Unreceived>(
    `select distinct on (v.contact_id) m.id as "messageId", v.id as "conversationId", v.contact_id as "contactId",
            m.number_id as "numberId", s.text_ar as "textAr", s.text_en as "textEn", v.owner, k.phone,
            (extract(epoch from v.last_inbound_at) * 1000)::float8 as "lastInboundAtMs",
            array_remove(array[k.profile_name, k.agent_name, k.address_book_name], null) as names,
            array(select t.content ->> 'body' from message t
                   where t.workspace_id = $1 and t.conversation_id = v.id and t.author = 'customer'
                     and t.content ->> 'type' = 'text' order by t.sent_at desc, t.wamid desc limit ${TEXTS_MAX}) as texts
       from auto_answer_setting s
       join message m on m.workspace_id = s.workspace_id and m.number_id = s.number_id
       join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
       join contact k on k.workspace_id = v.workspace_id and k.id = v.contact_id
      where s.workspace_id = $1 and s.enabled and m.created_at >= s.enabled_at
        and m.content ->> 'type' in ('unsupported', 'media_placeholder') and m.content ->> 'type' = 'unsupported'
        and coalesce(m.content ->> 'what', '') <> all ($4)
        and m.sent_at > $2 and m.sent_at <= $3 and m.source = 'live' and m.author = 'customer' and m.deleted_at is null
        and not exists (select from auto_answer a join contact c on c.workspace_id = a.workspace_id and c.id = a.contact_id
                         where a.workspace_id = $1 and (c.id = v.contact_id or c.merged_into = v.contact_id))
      order by v.contact_id, m.sent_at desc, m.id limit ${ANSWERS_MAX}`,
    [workspaceId, between.from, between.until, NO_MESSAGES],
  )
  return rows
}

/** Notes who was told, once and for ever. */
export async function putAnswered(
  sql: Sql,
  workspaceId: string,
  answered: Pick<Unreceived, 'messageId' | 'conversationId' | 'contactId' | 'numberId'> & { readonly answerId: string },
  now: Date,
): Promise<void> {
  const { contactId, numberId, conversationId, messageId, answerId } = answered
  await sql.query(
    `insert into auto_answer (workspace_id, contact_id, number_id, conversation_id, message_id, answer_id, answered_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (workspace_id, contact_id) do nothing`,
    [workspaceId, contactId, numberId, conversationId, messageId, answerId, now],
  )
}
