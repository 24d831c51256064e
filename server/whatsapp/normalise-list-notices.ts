import type { ChannelNotice } from './channel-event.ts'
import { type PieceReader, unrecognised } from './normalise-change.ts'
import { customerOf } from './normalise-customers.ts'
import { noticeOf } from './normalise-notice.ts'
import { record, timeMs, type WireRecord, words } from './wire.ts'

interface Family {
  readonly kind: ChannelNotice['kind']
  readonly event: (wire: WireRecord) => string | null
  /** The fields that name the customer, where the piece has one. */
  readonly customer?: (wire: WireRecord) => { address: unknown; userId: unknown; parentUserId: unknown }
}

/** A group was made, changed, suspended, or somebody joined or left. Source: …/whatsapp/groups/webhooks */
export const readGroup = listNotice('group', { kind: 'group', event: (wire) => words(wire.type) })

/** A customer stopped or resumed marketing messages. Source: …/webhooks/reference/user_preferences */
export const readPreference = listNotice('preference', {
  kind: 'preference',
  event: (wire) => words(wire.value),
  customer: (wire) => ({ address: wire.wa_id, userId: wire.user_id, parentUserId: wire.parent_user_id }),
})

/** A link of a marketing message was pressed. Source: …/marketing-messages/track-click-events */
export const readClick = listNotice('click', { kind: 'click', event: (wire) => words(wire.action_type) })

/** A purchase or lead that Meta saw in a chat. Source: …/embedded-signup/automatic-events-api */
export const readConversion = listNotice('conversion', {
  kind: 'conversion',
  event: (wire) => words(wire.event_name) ?? words(wire.event),
})

function listNotice(name: string, family: Family): PieceReader {
  return (change, piece, emit) => {
    const wire = record(piece)
    const event = wire === null ? null : family.event(wire)
    if (wire === null || event === null) {
      return emit(unrecognised(change.origin, change.field, `malformed ${name}: it does not say what happened`, piece))
    }
    const customer = family.customer === undefined ? null : customerOf(change.people, family.customer(wire))
    const atMs = timeMs(wire.timestamp)
    emit(noticeOf(change, family.kind, { event, atMs, data: wire, ...(customer !== null && { customer }) }))
  }
}
