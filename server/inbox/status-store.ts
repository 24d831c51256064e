import type { Sql } from '../platform/db.ts'
import { storableJson, storableText } from './canonical-json.ts'
import { plainColumn, textColumn } from './columns.ts'
import type { WritePlan } from './plan-writes.ts'
import { timestamp } from './row-sql.ts'
import { expectMet, type Written } from './update-store.ts'
import { json } from './write-store.ts'

/**
 * Statuses, and the messages of which nothing but the delivery (and the wamid that it brought) is another one now: the
 * most frequent facts by far, three of each send, in one statement. A status is kept whether or not its message is there,
 * and the same one again changes nothing. Messages are changed as in `updateMessages`; what one must have and a status
 * does not touch is filled in with nothing, and never written.
 */
export const WRITE_STATUSES = `
with status as (
  insert into message_status as s (workspace_id, number_id, wamid, status, at, errors, pricing, conversation, callback_data)
  select $1, number_id, wamid, status, ${timestamp('at')}, errors::jsonb, pricing::jsonb, conversation::jsonb, callback
    from unnest($2::uuid[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[], $8::text[], $9::text[])
         u(number_id, wamid, status, at, errors, pricing, conversation, callback)
      on conflict (workspace_id, number_id, wamid, status) do update set
         at = least(s.at, excluded.at), errors = case when excluded.at < s.at then excluded.errors else s.errors end,
         pricing = coalesce(s.pricing, excluded.pricing), conversation = coalesce(s.conversation, excluded.conversation),
         callback_data = coalesce(s.callback_data, excluded.callback_data)
)
insert into message as m (workspace_id, number_id, id, conversation_id, wamid, author, source, sent_at, content, delivery,
                          delivery_at, error, base_rank, content_rank, created_at)
select $1, $1, id, $1, wamid, '', '', 'epoch', '{}', delivery, ${timestamp('delivery_at')}, error::jsonb, 0, 0, 'epoch'
  from unnest($10::uuid[], $11::text[], $12::text[], $13::float8[], $14::text[])
       u(id, wamid, delivery, delivery_at, error)
    on conflict (workspace_id, id) do update set wamid = excluded.wamid, delivery = excluded.delivery,
       delivery_at = excluded.delivery_at, error = excluded.error
returning m.xmax::text <> '0' as met`

export async function writeStatuses(
  sql: Sql,
  workspaceId: string,
  { statuses, deliveredMessages: messages }: Pick<WritePlan, 'statuses' | 'deliveredMessages'>,
): Promise<void> {
  if (statuses.length + messages.length === 0) return
  const { rows } = await sql.query<Written>({
    name: 'inbox_write_statuses',
    text: WRITE_STATUSES,
    values: [
      workspaceId,
      plainColumn(statuses, (row) => row.numberId),
      textColumn(statuses, (row) => row.wamid),
      plainColumn(statuses, (row) => row.state),
      plainColumn(statuses, (row) => row.atMs),
      textColumn(statuses, (row) => (row.errors.length === 0 ? '[]' : storableJson(row.errors))),
      textColumn(statuses, (row) => json(row.pricing)),
      textColumn(statuses, (row) => json(row.conversation)),
      textColumn(statuses, (row) => (row.callbackData === null ? null : storableText(row.callbackData))),
      plainColumn(messages, (row) => row.id),
      textColumn(messages, (row) => row.wamid),
      plainColumn(messages, (row) => row.delivery),
      plainColumn(messages, (row) => row.deliveryAtMs),
      textColumn(messages, (row) => json(row.error)),
    ],
  })
  expectMet(rows)
}
