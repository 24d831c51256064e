import type { ChannelEvent, Origin } from './channel-event.ts'
import { type Change, type Emit, unrecognised } from './normalise-change.ts'
import { peopleOf } from './normalise-customers.ts'
import { isListField, readParts } from './normalise-parts.ts'
import { isValueNotice, readValueNotice } from './normalise-value-notices.ts'
import { id, phone, record, type WireRecord } from './wire.ts'
import { openWebhook, type WireChange } from './wire-webhook.ts'

/** What a payload says, or why it is no webhook at all. */
export type WebhookReading =
  | { readonly kind: 'webhook'; readonly events: ChannelEvent[] }
  | { readonly kind: 'not_a_webhook'; readonly reason: string }

const NO_ORIGIN: Origin = { wabaId: null, phoneNumberId: null, displayPhone: null }

/**
 * Takes any JSON, gives everything it says in our words: every entry, change, message, status, echo, chunk and contact.
 * Nothing is dropped: what cannot be read, and what is no webhook, comes out as `channel.unrecognised`. Never throws.
 */
export function normalise(payload: unknown): ChannelEvent[] {
  const reading = readWebhook(payload)
  if (reading.kind === 'webhook') return reading.events
  return [unrecognised(NO_ORIGIN, null, `not a webhook: ${reading.reason}`, payload)]
}

/** The same, and says apart when the payload is no webhook. */
export function readWebhook(payload: unknown): WebhookReading {
  const opened = openWebhook(payload)
  if (opened.kind === 'not_a_webhook') return opened
  const events: ChannelEvent[] = []
  const emit: Emit = (event) => {
    events.push(event)
  }
  for (const change of opened.changes) readChange(change, emit)
  return { kind: 'webhook', events }
}

function readChange(wire: WireChange, emit: Emit): void {
  if (wire.fault !== null) {
    const origin = { ...NO_ORIGIN, wabaId: wire.entryId }
    return emit(unrecognised(origin, wire.field, wire.fault, wire.piece))
  }
  const field = trueField(wire.field, wire.value)
  const origin = originOf(field, wire.entryId, wire.value)
  const change: Change = {
    field,
    value: wire.value,
    origin,
    otherEntryId: wire.entryId === origin.wabaId ? null : wire.entryId,
    atMs: wire.atMs,
    people: peopleOf(wire.value.contacts),
  }
  if (isListField(change)) return readParts(change, emit)
  if (isValueNotice(field)) return readValueNotice(change, emit)
  emit(unrecognised(change.origin, field, `unknown field "${field}"`, wire.value))
}

/** Meta's own sample of a quality update comes under the field of the status update. */
function trueField(field: string, value: WireRecord): string {
  const isQuality = field === 'message_template_status_update' && value.event === undefined
  return isQuality && value.new_quality_score !== undefined ? 'message_template_quality_update' : field
}

/**
 * Which account and number a change is about. `entry.id` is the account's, but for partner events it is a business or
 * an app, and `waba_info` names the account. Account fields tell the number, if any, beside the facts.
 */
function originOf(field: string, entryId: string | null, value: WireRecord): Origin {
  const metadata = record(value.metadata)
  const named = id(record(value.waba_info)?.waba_id)
  return {
    wabaId: named ?? (field === 'partner_solutions' ? null : entryId),
    phoneNumberId: id(metadata?.phone_number_id) ?? id(record(value.phone_number_settings)?.phone_number_id),
    displayPhone: phone(metadata?.display_phone_number ?? value.display_phone_number ?? value.phone_number),
  }
}
