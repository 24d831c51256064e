import type { ChannelNotice, Customer } from './channel-event.ts'
import type { Change } from './normalise-change.ts'
import { keepable, type WireRecord } from './wire.ts'

/** Envelope keys: they are in `origin` and `kind` already. */
const DROPPED = new Set(['messaging_product', 'metadata', 'object', 'field'])

/** Takes what a change tells, gives the notice of it; `data` is kept in Meta's own names. */
export function noticeOf(
  change: Change,
  kind: ChannelNotice['kind'],
  facts: { event: string | null; atMs: number | null; data: WireRecord; customer?: Customer },
): ChannelNotice {
  const other = change.otherEntryId
  return {
    type: 'channel.notice',
    origin: change.origin,
    kind,
    field: change.field,
    event: facts.event,
    atMs: facts.atMs ?? change.atMs,
    ...(facts.customer !== undefined && { customer: facts.customer }),
    data: { ...without(DROPPED, facts.data), ...(other !== null && { entry_id: other }) },
  }
}

/** A copy without some keys, made storable. */
function without(dropped: ReadonlySet<string>, wire: WireRecord): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(wire)
      .filter(([key]) => !dropped.has(key))
      .map(([key, item]) => [keepable(key), keepable(item)]),
  )
}
