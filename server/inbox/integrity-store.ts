import type { Payment } from '../../contract/payment.ts'
import type { Sql } from '../platform/db.ts'
import type { WaitingFacts } from './draft.ts'
import { conversationJson, messageJson, ms, opensWindow } from './row-sql.ts'
import type { ConversationRow, MessageRow } from './rows.ts'

/** Rows of one kind of fault that are shown. */
const SAMPLES_MAX = 5

/** What the foreign keys that the hottest tables do without would have refused, and sums that do not agree. */
const FAULTS: readonly { readonly what: string; readonly sql: string }[] = [
  {
    what: 'messages without their conversation, or in one of another number',
    sql: `select m.id::text from message m left join conversation v on v.workspace_id = m.workspace_id
            and v.id = m.conversation_id and v.number_id = m.number_id
           where m.workspace_id = $1 and v.id is null`,
  },
  {
    what: 'conversations without their contact, or with one that was merged into another',
    sql: `select v.id::text from conversation v left join contact c on c.workspace_id = v.workspace_id
            and c.id = v.contact_id and c.merged_into is null
           where v.workspace_id = $1 and c.id is null`,
  },
  {
    what: 'conversations without their number',
    sql: `select v.id::text from conversation v left join business_number n on n.workspace_id = v.workspace_id
            and n.id = v.number_id where v.workspace_id = $1 and n.id is null`,
  },
  {
    what: 'identities of contacts that are not there or were merged into another',
    sql: `select i.kind || ':' || i.value from identity i left join contact c on c.workspace_id = i.workspace_id
            and c.id = i.contact_id and c.merged_into is null
           where i.workspace_id = $1 and c.id is null`,
  },
  {
    what: 'contacts whose phone or user ids are none of their identities',
    sql: `select c.id::text from contact c
           cross join lateral (values (1, c.phone), (2, c.user_id), (3, c.parent_user_id)) held(kind, value)
            left join identity i on i.workspace_id = c.workspace_id and i.kind = held.kind and i.value = held.value
                 and i.contact_id = c.id
           where c.workspace_id = $1 and c.merged_into is null and held.value is not null and i.value is null`,
  },
  {
    what: 'conversations whose count of live customer messages, or the time of what opened the reply window last, is not that of their messages',
    sql: `select v.id::text from conversation v left join (
            select conversation_id, count(*) filter (where author = 'customer') as inbound,
                   max(sent_at) filter (where ${opensWindow('message')}) as last from message
             where workspace_id = $1 and source = 'live' group by 1) t on t.conversation_id = v.id
           where v.workspace_id = $1 and (v.inbound_count, v.last_inbound_at) is distinct from (coalesce(t.inbound, 0), t.last)`,
  },
  {
    what: 'conversations whose last line is not their newest message',
    sql: `select v.id::text from conversation v
           left join lateral (select * from message m where m.workspace_id = $1 and m.conversation_id = v.id
                         order by m.sent_at desc, m.wamid desc nulls first, m.id desc limit 1) m on true
           where v.workspace_id = $1 and (v.last_id, v.last_at, v.last_wamid) is distinct from (m.id, m.sent_at, m.wamid)`,
  },
  {
    what: 'holes in the feed, or a counter that is not its end',
    sql: `select 'counter ' || c.seq || ', rows ' || count(f.seq) || ' from ' || min(f.seq) || ' to ' || max(f.seq)
            from feed_counter c join feed f on f.workspace_id = c.workspace_id where c.workspace_id = $1 group by c.seq
          having max(f.seq) <> c.seq or count(*) <> max(f.seq) - min(f.seq) + 1`,
  },
  {
    what: 'messages whose file is not kept, or is not the one that is kept',
    sql: `select m.id::text from message m left join media_file f on f.workspace_id = m.workspace_id
            and f.hash = decode(m.file ->> 'hash', 'hex') and f.bytes = (m.file ->> 'bytes')::bigint
            and f.mime_type is not distinct from m.file ->> 'mimeType' and (f.thumb_bytes is not null) = (m.file ->> 'thumb')::boolean
           where m.workspace_id = $1 and m.file ->> 'state' = 'stored' and f.hash is null`,
  },
  {
    what: 'requests of payments without their message, or payments that no message has asked for',
    sql: `select coalesce(r.message_id, m.id)::text from payment_request r
            full join (select * from message where workspace_id = $1 and payment is not null) m on m.id = r.message_id
            left join message o on o.workspace_id = $1 and o.id = r.message_id
           where (r.workspace_id = $1 and o.id is null) or r.message_id is null`,
  },
  {
    what: 'files that no message holds',
    sql: `select encode(f.hash, 'hex') from media_file f where f.workspace_id = $1 and not exists (
            select from message m where m.workspace_id = $1 and m.file ->> 'hash' = encode(f.hash, 'hex'))`,
  },
  {
    what: 'files still to be fetched for messages that are not there, or whose file is kept',
    sql: `select q.message_id::text from media_fetch q left join message m on m.workspace_id = q.workspace_id
            and m.id = q.message_id and m.file ->> 'state' is distinct from 'stored' where q.workspace_id = $1 and m.id is null`,
  },
  {
    what: 'reads of conversations that are not there, or of more messages than there are',
    sql: `select r.conversation_id::text from conversation_read r left join conversation v
            on v.workspace_id = r.workspace_id and v.id = r.conversation_id and v.inbound_count >= r.inbound_count
           where r.workspace_id = $1 and v.id is null`,
  },
]

export interface Fault {
  readonly what: string
  readonly count: number
  readonly samples: readonly string[]
}

export async function findFaults(sql: Sql, workspaceId: string): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const { what, sql: text } of FAULTS) {
    const { rows } = await sql.query<{ sample: string }>(`select * from (${text}) faults(sample)`, [workspaceId])
    if (rows.length === 0) continue
    faults.push({ what, count: rows.length, samples: rows.slice(0, SAMPLES_MAX).map(({ sample }) => sample) })
  }
  return faults
}

/** Messages after `afterId` about which facts are kept, with these facts; at most `limit`, by id. */
export async function readFactedMessages(
  sql: Sql,
  workspaceId: string,
  afterId: string,
  limit: number,
): Promise<{ row: MessageRow; facts: WaitingFacts }[]> {
  const { rows } = await sql.query<{ row: MessageRow; facts: WaitingFacts }>(
    `select ${messageJson('m')} as row, json_build_object(
        'statuses', (select coalesce(json_agg(json_build_object('wamid', s.wamid, 'state', s.status, 'atMs', ${ms('s.at')}, 'errors', s.errors)), '[]')
                       from message_status s where s.workspace_id = $1 and s.number_id = m.number_id and s.wamid = m.wamid),
        'edits', (select coalesce(json_agg(json_build_object('content', h.content, 'atMs', ${ms('h.at')}, 'wamid', h.change_wamid)), '[]')
                    from message_change h where h.workspace_id = $1 and h.number_id = m.number_id and h.target_wamid = m.wamid and h.kind = 'edit'),
        'deletes', (select coalesce(json_agg(${ms('h.at')}), '[]')
                      from message_change h where h.workspace_id = $1 and h.number_id = m.number_id and h.target_wamid = m.wamid and h.kind = 'delete'),
        'reactions', (select coalesce(json_agg(json_build_object('by', r.side, 'emoji', r.emoji, 'atMs', ${ms('r.at')}, 'wamid', r.wamid)), '[]')
                        from reaction r where r.workspace_id = $1 and r.number_id = m.number_id and r.target_wamid = m.wamid)) as facts
       from (
         select m.* from message m
          where m.workspace_id = $1 and m.id > $2 and (
                exists (select from message_status s where s.workspace_id = $1 and s.number_id = m.number_id and s.wamid = m.wamid)
             or exists (select from message_change h where h.workspace_id = $1 and h.number_id = m.number_id and h.target_wamid = m.wamid)
             or exists (select from reaction r where r.workspace_id = $1 and r.number_id = m.number_id and r.target_wamid = m.wamid)
             or m.versions is not null or m.reactions is not null or m.deleted_at is not null)
          order by m.id limit $3) m
      order by m.id`,
    [workspaceId, afterId, limit],
  )
  return rows
}

/** Conversations after `afterId` with their newest message; at most `limit`, by id. */
export async function readLastLines(
  sql: Sql,
  workspaceId: string,
  afterId: string,
  limit: number,
): Promise<{ conversation: ConversationRow; newest: MessageRow }[]> {
  const { rows } = await sql.query<{ conversation: ConversationRow; newest: MessageRow }>(
    `select ${conversationJson('v')} as conversation, ${messageJson('m')} as newest
       from (select * from conversation where workspace_id = $1 and id > $2 order by id limit $3) v
       join message m on m.workspace_id = $1 and m.id = v.last_id order by v.id`,
    [workspaceId, afterId, limit],
  )
  return rows
}

/** Messages after `afterId` that ask for a payment, what they show of it, and what was said of it; at most `limit`, by id. */
export async function readBilling(
  sql: Sql,
  workspaceId: string,
  afterId: string,
  limit: number,
): Promise<{ id: string; payment: Payment | null; told: Payment[] }[]> {
  const { rows } = await sql.query<{ id: string; payment: Payment | null; told: Payment[] }>(
    `select m.id, m.payment, (select coalesce(json_agg(s.payment), '[]') from payment_status s
              where s.workspace_id = $1 and s.number_id = r.number_id and s.reference = r.reference) as told
       from payment_request r join message m on m.workspace_id = $1 and m.id = r.message_id
      where r.workspace_id = $1 and m.id > $2 order by m.id limit $3`,
    [workspaceId, afterId, limit],
  )
  return rows
}
