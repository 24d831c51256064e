import type { Conversation } from '../../contract/conversation.ts'
import type { ThreadOwner } from '../../contract/thread-owner.ts'
import { type IdentityKey, identityKind, identityValue } from '../contacts/identity-keys.ts'
import { contactJson, conversationJson } from '../inbox/row-sql.ts'
import type { ContactRow, ConversationRow } from '../inbox/rows.ts'
import { conversationView } from '../inbox/view.ts'
import type { Sql } from '../platform/db.ts'

/** A thread is idle after a day: what is older than two says nothing of now. */
const SIGNS_MS = 48 * 60 * 60 * 1000
/** Signs that are looked at, newest first. */
const SIGNS_MAX = 5_000

export interface OwnerNotice {
  readonly numberId: string
  readonly kind: string
  readonly atMs: number | null
  readonly data: unknown
}

/** Hand-overs, and messages that came on standby, of the numbers of one account. */
export async function readOwnerNotices(
  sql: Sql,
  workspaceId: string,
  wabaId: string,
  nowMs: number,
): Promise<OwnerNotice[]> {
  const { rows } = await sql.query<OwnerNotice>(
    `select number_id as "numberId", kind, (extract(epoch from at) * 1000)::float8 as "atMs", data from notice
      where workspace_id = $1 and waba_id = $2 and number_id is not null and kind in ('handover', 'standby')
        and at is not null and received_at > $3
      order by received_at desc limit $4`,
    [workspaceId, wabaId, new Date(nowMs - SIGNS_MS), SIGNS_MAX],
  )
  return rows
}

/** A thread that an identity of a customer leads to. */
export interface OwnedThread {
  readonly numberId: string
  readonly identity: IdentityKey
  readonly conversationId: string
  readonly lastInboundAtMs: number | null
}

/** The threads of customers on numbers, of those that exist. */
export async function findThreads(
  sql: Sql,
  workspaceId: string,
  wanted: readonly { readonly numberId: string; readonly identity: IdentityKey }[],
): Promise<OwnedThread[]> {
  const { rows } = await sql.query<OwnedThread>(
    `select u.number_id as "numberId", u.kind || u.value as identity, v.id as "conversationId",
            (extract(epoch from v.last_inbound_at) * 1000)::float8 as "lastInboundAtMs"
       from unnest($2::uuid[], $3::smallint[], $4::text[]) u(number_id, kind, value)
       join identity i on i.workspace_id = $1 and i.kind = u.kind and i.value = u.value
       join conversation v on v.workspace_id = $1 and v.number_id = u.number_id and v.contact_id = i.contact_id`,
    [
      ...[workspaceId, wanted.map(({ numberId }) => numberId)],
      ...[wanted.map(({ identity }) => identityKind(identity)), wanted.map(({ identity }) => identityValue(identity))],
    ],
  )
  return rows
}

/** Sets who owns threads; gives the ids of those that were not so already, locked from here to the commit. */
export async function putOwners(
  sql: Sql,
  workspaceId: string,
  owners: readonly { readonly conversationId: string; readonly owner: ThreadOwner | null }[],
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `update conversation v set owner = u.owner
       from (select id, owner::jsonb as owner from unnest($2::uuid[], $3::text[]) t(id, owner)) u
      where v.workspace_id = $1 and v.id = u.id and v.owner is distinct from u.owner
    returning v.id`,
    [
      ...[workspaceId, owners.map(({ conversationId }) => conversationId)],
      owners.map(({ owner }) => (owner === null ? null : JSON.stringify(owner))),
    ],
  )
  return rows.map(({ id }) => id)
}

/** Rows of the list that are locked; read by a statement of their own, so that the customer is as new as the thread. */
export async function readOwned(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<Conversation[]> {
  const { rows } = await sql.query<{ conversation: ConversationRow; contact: ContactRow }>(
    `select ${conversationJson('v')} as conversation, ${contactJson('k')} as contact
       from conversation v join contact k on k.workspace_id = v.workspace_id and k.id = v.contact_id
      where v.workspace_id = $1 and v.id = any($2::uuid[]) order by v.id`,
    [workspaceId, ids],
  )
  return rows.map(({ conversation, contact }) => conversationView(conversation, contact))
}
