import type { Conversation } from '../../contract/conversation.ts'
import type { NumberState } from '../../contract/number.ts'
import { contactJson, conversationJson, ledTo, messageJson } from '../inbox/row-sql.ts'
import type { ContactRow, ConversationRow, MessageRow } from '../inbox/rows.ts'
import { conversationView, lastMessageView, type QuotedMessage } from '../inbox/view.ts'
import { NOTE_WINDOW_REFUSALS } from '../inbox/window-sql.ts'
import type { Sql } from '../platform/db.ts'
import { SEND_CHANNEL } from './send-notice.ts'

/** Everything a send has to look at before it may be made. */
export interface SendPlace {
  readonly conversation: Conversation
  readonly numberState: NumberState
}

/**
 * The conversation, or the one that it went up in, its customer and the state of its number; `null` when there is none in
 * this workspace.
 */
export async function readSendPlace(sql: Sql, workspaceId: string, conversationId: string): Promise<SendPlace | null> {
  return (await readTaking(sql, workspaceId, { conversationId, clientId: null }))?.place ?? null
}

/** What the taking of a message has to know, read at once. */
export interface Taking {
  readonly place: SendPlace
  /** The message that was taken under this client id before. */
  readonly known: MessageRow | null
  /** How long an agent's message can be taken back. */
  readonly undoSeconds: number
}

/** `null` when there is no such conversation in this workspace. */
export async function readTaking(
  sql: Sql,
  workspaceId: string,
  { conversationId, clientId }: { readonly conversationId: string; readonly clientId: string | null },
): Promise<Taking | null> {
  const { rows } = await sql.query<{
    conversation: ConversationRow
    contact: ContactRow
    state: NumberState
    known: MessageRow | null
    undoSeconds: number | null
  }>({
    name: 'send_place',
    text: `select ${conversationJson('v')} as conversation, ${contactJson('k')} as contact, n.state,
            (select ${messageJson('m')} from message m where m.workspace_id = $1 and m.client_id = $3) as known,
            (select undo_seconds from send_setting where workspace_id = $1) as "undoSeconds"
       from conversation v
       join contact k on k.workspace_id = v.workspace_id and k.id = v.contact_id
       join business_number n on n.workspace_id = v.workspace_id and n.id = v.number_id
      where v.workspace_id = $1 and v.id = ${ledTo('$2')}`,
    values: [workspaceId, conversationId, clientId],
  })
  const row = rows[0]
  if (row === undefined) return null
  const place = { conversation: conversationView(row.conversation, row.contact), numberState: row.state }
  return { place, known: row.known, undoSeconds: row.undoSeconds ?? 0 }
}

export async function findByClientId(sql: Sql, workspaceId: string, clientId: string): Promise<MessageRow | null> {
  const { rows } = await sql.query<{ message: MessageRow }>({
    name: 'send_by_client_id',
    text: `select ${messageJson('m')} as message from message m where m.workspace_id = $1 and m.client_id = $2`,
    values: [workspaceId, clientId],
  })
  return rows[0]?.message ?? null
}

/** The quoted message of a thread of this number; `null` when it is not known. */
export async function findQuoted(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  wamid: string,
): Promise<QuotedMessage | null> {
  const { rows } = await sql.query<{ message: QuotedMessage }>(
    `select ${messageJson('m')} as message from message m where m.workspace_id = $1 and m.number_id = $2 and m.wamid = $3`,
    [workspaceId, numberId, wamid],
  )
  return rows[0]?.message ?? null
}

/**
 * Inserts a message of ours and makes it the last line of its conversation when it is the newest, in one round trip; other
 * processes hear `notice` with the commit. `null` when its client id is taken, or what it sends again was sent again already,
 * also by one that is being inserted just now; otherwise the row of the list if it changed.
 */
export async function insertOwnMessage(
  sql: Sql,
  workspaceId: string,
  row: MessageRow,
  { now, notice, costConfirmed }: { readonly now: Date; readonly notice: string; readonly costConfirmed: boolean },
): Promise<{ readonly conversation: Conversation | null } | null> {
  const { rows } = await sql.query<{ added: number; conversation: ConversationRow | null; contact: ContactRow | null }>(
    {
      name: 'send_insert',
      text: INSERT,
      values: [
        workspaceId,
        row.id,
        row.numberId,
        row.conversationId,
        row.clientId,
        row.author,
        row.memberId,
        row.source,
        new Date(row.sentAtMs),
        JSON.stringify(row.content),
        row.delivery,
        row.deliveryAtMs === null ? null : new Date(row.deliveryAtMs),
        row.quote === null ? null : JSON.stringify(row.quote),
        row.baseRank,
        row.contentRank,
        now,
        row.file === null ? null : JSON.stringify(row.file),
        row.plan?.sendAtMs == null ? null : new Date(row.plan.sendAtMs),
        row.plan?.expiresAtMs == null ? null : new Date(row.plan.expiresAtMs),
        row.quote?.wamid ?? null,
        JSON.stringify(lastMessageView(row)),
        SEND_CHANNEL,
        notice,
        row.againOf ?? null,
        costConfirmed,
      ],
    },
  )
  const found = rows[0]
  if (found === undefined || found.added === 0) return null
  const { conversation, contact } = found
  return { conversation: conversation === null || contact === null ? null : conversationView(conversation, contact) }
}

const INSERT = `
with added as (
  insert into message (workspace_id, id, number_id, conversation_id, client_id, author, member_id, source, sent_at, content,
                       delivery, delivery_at, quote, base_rank, content_rank, created_at, file, send_at, expires_at,
                       again_of, cost_confirmed)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $24, $25)
  on conflict do nothing returning id
), quoting as (
  insert into message_quote (workspace_id, number_id, quoted_wamid, message_id)
  select $1, $3, $20, id from added where $20::text is not null on conflict do nothing
), line as (
  update conversation v set last = $21::jsonb, last_at = $9, last_wamid = null, last_id = $2
    from contact k
   where exists (select from added) and v.workspace_id = $1 and v.id = $4 and k.workspace_id = v.workspace_id
     and k.id = v.contact_id and (v.last is null or (v.last_at, coalesce(v.last_wamid, '~'), v.last_id) < ($9, '~' collate "C", $2))
  returning ${conversationJson('v')} as conversation, ${contactJson('k')} as contact
)
select a.added, line.conversation, line.contact, case when a.added > 0 then pg_notify($22, $23) end
  from (select count(*)::int as added from added) a left join line on true`

/**
 * Makes the message the last line of its conversation when it is the newest, or refreshes the line when it is that
 * already. The order is that of the thread: time, then wamid with none standing last, then id. Gives the row of the
 * list when it changed.
 */
export async function refreshLast(sql: Sql, workspaceId: string, row: MessageRow): Promise<Conversation | null> {
  const { rows } = await sql.query<{ conversation: ConversationRow; contact: ContactRow }>({
    name: 'send_refresh_last',
    text: `update conversation v set last = $3, last_at = $4, last_wamid = $5, last_id = $6
       from contact k
      where v.workspace_id = $1 and v.id = $2 and k.workspace_id = v.workspace_id and k.id = v.contact_id
        and (v.last_id = $6 or v.last is null
             or (v.last_at, coalesce(v.last_wamid, '~'), v.last_id) < ($4, coalesce($5, '~') collate "C", $6))
    returning ${conversationJson('v')} as conversation, ${contactJson('k')} as contact`,
    values: [
      workspaceId,
      row.conversationId,
      JSON.stringify(lastMessageView(row)),
      new Date(row.sentAtMs),
      row.wamid,
      row.id,
    ],
  })
  return rows[0] === undefined ? null : conversationView(rows[0].conversation, rows[0].contact)
}

/** Takes down that WhatsApp says the reply windows of these conversations are closed; gives those of which it was not known. */
export async function noteWindowRefusals(
  sql: Sql,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<string[]> {
  if (conversationIds.length === 0) return []
  const { rows } = await sql.query<{ row: ConversationRow }>(NOTE_WINDOW_REFUSALS, [workspaceId, conversationIds])
  return rows.map(({ row }) => row.id)
}

export interface SendTarget {
  readonly contact: ContactRow
  readonly numberId: string
  readonly numberState: NumberState
  readonly phoneNumberId: string
  readonly sealedToken: Buffer | null
}

/** Who a send goes to and from which number; the token is still sealed. */
export async function readSendTarget(
  sql: Sql,
  workspaceId: string,
  conversationId: string,
): Promise<SendTarget | null> {
  const { rows } = await sql.query<SendTarget>({
    name: 'send_target',
    text: `select ${contactJson('k')} as contact, n.id as "numberId", n.state as "numberState",
            n.phone_number_id as "phoneNumberId", s.sealed as "sealedToken"
       from conversation v
       join contact k on k.workspace_id = v.workspace_id and k.id = v.contact_id
       join business_number n on n.workspace_id = v.workspace_id and n.id = v.number_id
       left join number_secret s on s.workspace_id = n.workspace_id and s.number_id = n.id and s.kind = 'access_token'
      where v.workspace_id = $1 and v.id = $2`,
    values: [workspaceId, conversationId],
  })
  return rows[0] ?? null
}
