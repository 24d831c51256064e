import type { Pool } from 'pg'
import { canonicalJson } from '../../server/inbox/canonical-json.ts'

/**
 * Everything that is true of a workspace, with nothing in it that may differ between two that were told the same: ids
 * are replaced by the identities, wamids and names they stand for. Feed and times of processing are left out.
 */
export async function dumpInbox(owner: Pool, workspaceId: string): Promise<unknown> {
  const read = async (text: string) => {
    const { rows } = await owner.query<{ row: unknown }>(`select to_jsonb(t) as row from (${text}) t`, [workspaceId])
    return rows.map(({ row }) => canonicalJson(row)).sort()
  }
  return {
    contacts: await read(`select ${personOf('c.id')} as person, phone, user_id, parent_user_id, username, username_at,
        address_book_name, address_book_at, profile_name, profile_at, agent_name
      from contact c where workspace_id = $1 and merged_into is null`),
    identities: await read('select kind, value, activated_at, retired_at from identity where workspace_id = $1'),
    book: await read(
      `select ${NUMBER}, kind, value, name, named_at, removed_at from contact_book t where workspace_id = $1`,
    ),
    conversations:
      await read(`select ${NUMBER}, ${personOf('t.contact_id')} as person, last, last_at, last_wamid, inbound_count, last_inbound_at,
        window_refused_at
      from conversation t where workspace_id = $1`),
    messages:
      await read(`select ${NUMBER}, ${personOf('v.contact_id')} as person, t.wamid, author, source, sent_at, content, delivery,
        delivery_at, error, quote, referral, forwarded, reactions, versions, deleted_at, payment, base_rank, content_rank
      from message t join conversation v on v.workspace_id = t.workspace_id and v.id = t.conversation_id where t.workspace_id = $1`),
    statuses: await read(
      `select ${NUMBER}, wamid, status, at, errors, pricing from message_status t where workspace_id = $1`,
    ),
    changes: await read(
      `select ${NUMBER}, target_wamid, change_wamid, kind, at, content from message_change t where workspace_id = $1`,
    ),
    reactions: await read(
      `select ${NUMBER}, target_wamid, side, emoji, at, wamid from reaction t where workspace_id = $1`,
    ),
    payments: await read(`select ${NUMBER}, reference, payment, data from payment_status t where workspace_id = $1`),
    // How many contacts had come when contacts came last is progress, shown and gone: two people may prove to be one.
    syncs:
      await read(`select ${NUMBER}, kind, state, progress_percent, case when kind = 'history' then received end as received
      from sync t where workspace_id = $1`),
    chunks: await read(
      `select ${NUMBER}, phase, chunk_order, threads, messages, progress_percent from sync_chunk t where workspace_id = $1`,
    ),
    notices: await read(`select ${NUMBER}, kind, field, event, at, data from notice t where workspace_id = $1`),
    unrecognised: await read(`select ${NUMBER}, field, reason, wire from unrecognised t where workspace_id = $1`),
  }
}

/** The number that row `t` is of, by its name. */
const NUMBER = `(select n.verified_name from business_number n where n.workspace_id = $1 and n.id = t.number_id) as number`

/** All identities of a contact, as one text. */
function personOf(contactId: string): string {
  return `(select string_agg(i.kind || ':' || i.value, ' ' order by i.kind, i.value) from identity i
            where i.workspace_id = $1 and i.contact_id = ${contactId})`
}
