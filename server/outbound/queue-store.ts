import type { QueueAnswer } from '../../contract/api/sending.ts'
import { ms } from '../inbox/row-sql.ts'
import { REAL_NOW } from '../platform/database-clock.ts'
import type { Sql } from '../platform/db.ts'
import { findPlaceFree } from './place-store.ts'
import { needsPlace, type PlaceSeeker } from './places.ts'

/** How many due messages wait, and what for; `null` when there is no such conversation. */
export async function readQueue(
  sql: Sql,
  workspaceId: string,
  { conversationId, now }: { readonly conversationId: string; readonly now: Date },
): Promise<QueueAnswer | null> {
  const { rows } = await sql.query<{
    numberWaits: number
    waits: number
    file: boolean
    customer: boolean
    first: PlaceSeeker | null
  }>(
    `select w."numberWaits", w.waits,
            (select json_build_object('message', json_build_object('id', m.id, 'content', m.content),
                      'contact', json_build_object('id', v.contact_id), 'lastInboundAtMs', ${ms('v.last_inbound_at')},
                      'windowRefusedAtMs', ${ms('v.window_refused_at')})
               from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.delivery = 'queued'
                and m.wamid is null and (m.send_at is null or m.send_at <= $3) order by m.id limit 1) as first,
            coalesce(p.held_until > ${REAL_NOW} and p.held_wamid is not null, false) as file,
            coalesce(p.held_until > ${REAL_NOW} and p.held_wamid is null, false) as customer
       from conversation v
       left join send_pair p on p.workspace_id = v.workspace_id and p.conversation_id = v.id
       cross join lateral (
         select count(*)::int as "numberWaits", (count(*) filter (where m.conversation_id = v.id))::int as waits
           from message m where m.workspace_id = v.workspace_id and m.number_id = v.number_id and m.delivery = 'queued'
            and m.wamid is null and (m.send_at is null or m.send_at <= $3)) w
      where v.workspace_id = $1 and v.id = lead_conversation($1, $2)`,
    [workspaceId, conversationId, now],
  )
  const row = rows[0]
  if (row === undefined) return null
  const { numberWaits, waits, first } = row
  if (waits === 0) return { numberWaits, waits, reason: null }
  if (row.file || row.customer) return { numberWaits, waits, reason: row.file ? 'file' : 'customer' }
  const seeks = first !== null && needsPlace(first, now.getTime())
  const freeAtMs = seeks ? await findPlaceFree(sql, workspaceId, first.contact.id, now.getTime()) : null
  return freeAtMs === null
    ? { numberWaits, waits, reason: 'number' }
    : { numberWaits, waits, reason: 'places', freeAtMs }
}
