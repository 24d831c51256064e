import type { Conversation } from '../../contract/conversation.ts'
import { PLACE_MS } from '../../contract/messaging-limit.ts'
import type { NumberMode, NumberState } from '../../contract/number.ts'
import { REPLY_WINDOW_MS } from '../../contract/reply-window.ts'
import { storableJson } from '../inbox/canonical-json.ts'
import { plainColumn, textColumn } from '../inbox/columns.ts'
import { contactJson, conversationJson, messageJson, ms, timestamp } from '../inbox/row-sql.ts'
import type { ContactRow, ConversationRow, MessageRow } from '../inbox/rows.ts'
import { conversationView, lastMessageView, type QuotedMessage } from '../inbox/view.ts'
import { REAL_NOW } from '../platform/database-clock.ts'
import type { Sql } from '../platform/db.ts'

/** So many that wait are counted; more are as good as this. */
const QUEUE_COUNTED_MAX = 20

/** A message that could go out now, and to whom. */
export interface Waiting {
  readonly message: MessageRow
  readonly contact: ContactRow
  readonly lastInboundAtMs: number | null
  readonly windowRefusedAtMs: number | null
  /** The first call that was made for it, if one was. */
  readonly triedAtMs: number | null
  /** A person has agreed to what it costs. */
  readonly costConfirmed: boolean
  /** Milliseconds from now up to which the customer's allowance is borrowed, as far as it was written down. */
  readonly usedMs: number | null
  /** Meta has refused for a while what went to the customer before. */
  readonly refusals: number
}

/** A number and what waits of it. */
export interface NumberWork {
  readonly numberId: string
  readonly numberState: NumberState
  readonly mode: NumberMode
  readonly phoneNumberId: string
  readonly sealedToken: Buffer | null
  /** `null`: the preset of its mode. */
  readonly perSecond: number | null
  /** How often in a row Meta has said that it is too fast. */
  readonly pauses: number
  /** In the order in which they may go out, perhaps several of one conversation. */
  readonly waiting: readonly Waiting[]
  /** How many wait and are due, also those that cannot go out now; 20 stands for more. */
  readonly queued: number
  /** When the next one that was planned for later is due, by Wasl's clock. */
  readonly nextPlannedAtMs: number | null
}

/** Agents first, then bots, then campaigns; the same words as in the index. */
const RANK = "(case m.author when 'agent' then 0 when 'campaign' then 2 else 1 end)"
const WAITS = "m.workspace_id = $1 and m.number_id = a.id and m.delivery = 'queued' and m.wamid is null"
const IS_FILE_AWAITED = `(p.held_wamid is null or exists (select from message h where h.workspace_id = p.workspace_id
     and h.number_id = m.number_id and h.wamid = p.held_wamid and h.delivery in ('accepted', 'sent')))`
/** While the messaging limit is used up, who would be written to first is passed over, however many there are. */
const HAS_NO_PLACE = `(m.content ->> 'type' = 'template'
     and (v.last_inbound_at is null or v.last_inbound_at <= $5::timestamptz - $7::float8 * interval '1 millisecond'
          or coalesce(v.window_refused_at > v.last_inbound_at, false))
     and not exists (select from customer_place o where o.workspace_id = $1 and o.contact_id = v.contact_id
                      and o.taken_at > $5::timestamptz - $8::float8 * interval '1 millisecond'))`
const candidates = (when: string, order: string) => `
    (select ${RANK} as rank, m.id, json_build_object('message', ${messageJson('m')}, 'contact', ${contactJson('k')},
            'lastInboundAtMs', ${ms('v.last_inbound_at')}, 'windowRefusedAtMs', ${ms('v.window_refused_at')}, 'triedAtMs', ${ms('m.tried_at')},
            'costConfirmed', m.cost_confirmed,
            'usedMs', extract(epoch from p.used_until - ${REAL_NOW}) * 1000, 'refusals', coalesce(p.refusals, 0)) as row
       from message m
       join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
       join contact k on k.workspace_id = v.workspace_id and k.id = v.contact_id
       left join send_pair p on p.workspace_id = m.workspace_id and p.conversation_id = m.conversation_id
      where ${WAITS} and ${when} and m.conversation_id <> all ($4::uuid[]) and not (a.is_full and ${HAS_NO_PLACE})
        and not coalesce(p.held_until > ${REAL_NOW} and ${IS_FILE_AWAITED}, false)
        and not exists (select from message s where s.workspace_id = $1 and s.conversation_id = m.conversation_id and s.delivery = 'sending')
      order by ${order} limit a.room)`

/**
 * Numbers and what could go out of them now, for each at most `room` messages. Left out is who has a message on its way, is
 * `blocked`, or waits for a file. What has a wamid is WhatsApp's already: a message of the history that the phone had not
 * sent yet is `queued` too, and never ours to send.
 */
export async function readWork(
  sql: Sql,
  workspaceId: string,
  asked: readonly {
    readonly numberId: string
    readonly room: number
    readonly blocked: readonly string[]
    /** The messaging limit is used up. */
    readonly isFull: boolean
  }[],
  now: Date,
): Promise<NumberWork[]> {
  const { rows } = await sql.query<NumberWork>({
    name: 'send_work',
    text: `
select n.id as "numberId", n.state as "numberState", n.mode, n.phone_number_id as "phoneNumberId", s.sealed as "sealedToken",
       l.per_second as "perSecond", coalesce(c.pauses, 0) as pauses, w.waiting,
       (select count(*)::int from (select from message m where ${WAITS} and m.send_at is null limit ${QUEUE_COUNTED_MAX}) q)
       + (select count(*)::int from (select from message m where ${WAITS} and m.send_at <= $5 limit ${QUEUE_COUNTED_MAX}) q) as queued,
       (select ${ms('min(m.send_at)')}::float8 from message m where ${WAITS} and m.send_at > $5) as "nextPlannedAtMs"
  from unnest($2::uuid[], $3::int[], $6::bool[]) a(id, room, is_full)
  join business_number n on n.workspace_id = $1 and n.id = a.id
  left join send_pace c on c.workspace_id = n.workspace_id and c.number_id = n.id
  left join send_limit l on l.workspace_id = n.workspace_id and l.number_id = n.id
  left join number_secret s on s.workspace_id = n.workspace_id and s.number_id = n.id and s.kind = 'access_token'
 cross join lateral (
  select coalesce(json_agg(x.row order by x.rank, x.id), '[]') as waiting from (
    ${candidates('m.send_at is null', `${RANK}, m.id`)} union all ${candidates('m.send_at <= $5', 'm.send_at')}) x) w`,
    values: [
      workspaceId,
      asked.map(({ numberId }) => numberId),
      asked.map(({ room }) => room),
      asked.flatMap(({ blocked }) => blocked),
      now,
      asked.map(({ isFull }) => isFull),
      REPLY_WINDOW_MS,
      PLACE_MS,
    ],
  })
  return rows
}

/**
 * Marks messages as being sent, those that still wait, and gives their ids; what was taken back meanwhile is left. One that
 * was to be sent later stands in the thread from now on.
 */
export async function markSending(
  sql: Sql,
  workspaceId: string,
  ids: readonly string[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql.query<{ id: string }>({
    name: 'send_mark',
    text: `update message m set delivery = 'sending', delivery_at = ${timestamp('$3::float8')},
             tried_at = coalesce(m.tried_at, ${timestamp('$3::float8')}),
             sent_at = case when m.send_at is null then m.sent_at else ${timestamp('$3::float8')} end
             from (select id from message where workspace_id = $1 and id = any($2::uuid[]) order by id for no key update) o
            where m.workspace_id = $1 and m.id = o.id and m.delivery = 'queued' and m.wamid is null returning m.id`,
    values: [workspaceId, ids, nowMs],
  })
  return new Set(rows.map(({ id }) => id))
}

/**
 * Refreshes the lines of the list in which these messages stand, or are to stand because they are the newest. Gives the
 * conversations that changed, by id.
 */
export async function refreshLines(
  sql: Sql,
  workspaceId: string,
  rows: readonly MessageRow[],
): Promise<ReadonlyMap<string, Conversation>> {
  const newest = new Map<string, MessageRow>()
  for (const row of rows) {
    const known = newest.get(row.conversationId)
    if (known === undefined || comesAfter(row, known)) newest.set(row.conversationId, row)
  }
  // In one order, whoever writes several conversations: two that meet wait for each other, and do not block.
  const lines = [...newest.values()].sort((a, b) => (a.conversationId < b.conversationId ? -1 : 1))
  if (lines.length === 0) return new Map()
  const changed = await sql.query<{ conversation: ConversationRow; contact: ContactRow }>({
    name: 'send_refresh_lines',
    text: `update conversation v set last = u.last::jsonb, last_at = ${timestamp('u.at')}, last_wamid = u.wamid, last_id = u.message_id
       from unnest($2::uuid[], $3::text[], $4::float8[], $5::text[], $6::uuid[]) u(id, last, at, wamid, message_id)
       join conversation o on o.workspace_id = $1 and o.id = u.id
       join contact k on k.workspace_id = $1 and k.id = o.contact_id
      where v.workspace_id = $1 and v.id = u.id
        and (v.last_id = u.message_id or v.last is null
             or (v.last_at, coalesce(v.last_wamid, '~'), v.last_id)
              < (${timestamp('u.at')}, coalesce(u.wamid, '~') collate "C", u.message_id))
    returning ${conversationJson('v')} as conversation, ${contactJson('k')} as contact`,
    values: [
      workspaceId,
      plainColumn(lines, (row) => row.conversationId),
      textColumn(lines, (row) => storableJson(lastMessageView(row))),
      plainColumn(lines, (row) => row.sentAtMs),
      textColumn(lines, (row) => row.wamid),
      plainColumn(lines, (row) => row.id),
    ],
  })
  return new Map(
    changed.rows.map(({ conversation, contact }) => [conversation.id, conversationView(conversation, contact)]),
  )
}

/** The order of a thread: time, then wamid with none standing last, then id. */
function comesAfter(row: MessageRow, other: MessageRow): boolean {
  if (row.sentAtMs !== other.sentAtMs) return row.sentAtMs > other.sentAtMs
  const [mine, theirs] = [row.wamid ?? '~', other.wamid ?? '~']
  return mine === theirs ? row.id > other.id : mine > theirs
}

/** The messages that these answer, by number and wamid (`<number> <wamid>`). */
export async function findAllQuoted(
  sql: Sql,
  workspaceId: string,
  rows: readonly MessageRow[],
): Promise<ReadonlyMap<string, QuotedMessage>> {
  const quoting = rows.filter(({ quote }) => quote !== null)
  if (quoting.length === 0) return new Map()
  const found = await sql.query<{ message: MessageRow }>({
    name: 'send_quoted',
    text: `select ${messageJson('m')} as message from unnest($2::uuid[], $3::text[]) u(number_id, wamid)
             join message m on m.workspace_id = $1 and m.number_id = u.number_id and m.wamid = u.wamid`,
    values: [workspaceId, quoting.map(({ numberId }) => numberId), quoting.map(({ quote }) => quote?.wamid)],
  })
  return new Map(found.rows.map(({ message }) => [`${message.numberId} ${message.wamid}`, message]))
}
