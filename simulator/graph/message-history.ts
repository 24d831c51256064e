import type { BusinessNumber } from '../accounts/number.ts'
import type { World } from '../world.ts'
import type { GraphAnswer, GraphCall } from './call.ts'

/** Rows of one page. */
const PAGE_MAX = 100

/** `GET /{phone}/message_history?message_id&limit`: status events of messages sent by API, not their contents. */
export function messageHistory(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  const limit = Number(call.query.limit ?? 25)
  if (!(limit >= 1 && limit <= PAGE_MAX)) return { code: 100, details: `limit must be from 1 to ${PAGE_MAX}.` }
  const wanted = call.query.message_id
  const rows = [...number.management.statusEvents]
    .filter(([wamid]) => wanted === undefined || wamid === wanted)
    .slice(-limit)
  const data = rows.map(([wamid, events], row) => ({
    id: `${number.id}${row}`,
    message_id: wamid,
    events: {
      data: events.map((event, index) => ({
        id: `${number.id}${row}${index}`,
        delivery_status: event.status,
        timestamp: Math.floor(event.atMs / 1000),
        webhook_update_state: world.settings.subscription ? 'DELIVERED' : 'NOT_SENT',
        application: { id: world.app.id },
        webhook_uri: world.settings.subscription?.url,
      })),
    },
  }))
  return { json: { data, paging: { cursors: { after: 'MTAx', before: 'MZAw' } } } }
}
