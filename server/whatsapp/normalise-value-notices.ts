import type { ChannelNotice } from './channel-event.ts'
import { type Change, type Emit, unrecognised } from './normalise-change.ts'
import { noticeOf } from './normalise-notice.ts'
import { record, timeMs, type WireRecord, words } from './wire.ts'

interface Family {
  readonly kind: ChannelNotice['kind']
  /** Meta's word for what happened. */
  readonly event: (value: WireRecord) => string | null
  /** Whether a value without that word says anything at all. */
  readonly eventOptional?: true
}

/**
 * The fields whose whole value is one fact about the account: one notice each.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference
 */
const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['account_update', { kind: 'account', event: (value) => words(value.event) }],
  ['account_alerts', { kind: 'account', event: (value) => words((record(value.alert_info) ?? value).alert_type) }],
  ['account_review_update', { kind: 'account', event: (value) => words(value.decision) }],
  [
    'account_settings_update',
    { kind: 'account', event: (value) => words(value.event) ?? words(value.type), eventOptional: true },
  ],
  ['business_capability_update', { kind: 'account', event: () => null, eventOptional: true }],
  ['phone_number_name_update', { kind: 'account', event: (value) => words(value.decision) }],
  ['message_template_status_update', { kind: 'template', event: (value) => words(value.event) }],
  ['message_template_components_update', { kind: 'template', event: () => null, eventOptional: true }],
  ['template_category_update', { kind: 'template', event: categoryEvent, eventOptional: true }],
  ['template_correct_category_detection', { kind: 'template', event: categoryEvent, eventOptional: true }],
  ['message_template_quality_update', { kind: 'quality', event: (value) => words(value.new_quality_score) }],
  ['phone_number_quality_update', { kind: 'quality', event: (value) => words(value.event), eventOptional: true }],
  ['security', { kind: 'security', event: (value) => words(value.event) }],
  ['payment_configuration_update', { kind: 'payment', event: (value) => words(value.status) }],
  ['flows', { kind: 'flow', event: (value) => words(value.event) }],
  ['partner_solutions', { kind: 'partner', event: (value) => words(value.event) }],
  ['messaging_handovers', { kind: 'handover', event: handoverEvent }],
  ['business_username_update', { kind: 'username', event: (value) => words(value.status) ?? words(value.event) }],
  // The heading of Meta's page has the plural, its sample the singular.
  ['business_username_updates', { kind: 'username', event: (value) => words(value.status) ?? words(value.event) }],
  [
    'tracking_events',
    { kind: 'conversion', event: (value) => words(value.event_name) ?? words(value.event), eventOptional: true },
  ],
])

/** Whether the whole value of this field is one notice. */
export function isValueNotice(field: string): boolean {
  return FAMILIES.has(field)
}

/** Reads a value that is one fact about the account: a notice; `channel.unrecognised` when it says nothing. */
export function readValueNotice(change: Change, emit: Emit): void {
  const family = FAMILIES.get(change.field)
  const event = family?.event(change.value) ?? null
  if (family === undefined || (event === null && !(family.eventOptional && saysAnything(change.value)))) {
    return emit(
      unrecognised(
        change.origin,
        change.field,
        `malformed ${change.field}: it does not say what happened`,
        change.value,
      ),
    )
  }
  emit(noticeOf(change, family.kind, { event, atMs: timeMs(change.value.timestamp), data: change.value }))
}

/** Announced with 24 hours' notice (`correct_category`), then done (`previous_category`). */
function categoryEvent(value: WireRecord): string | null {
  if (value.correct_category !== undefined) return 'IMPENDING'
  return value.previous_category !== undefined ? 'DONE' : null
}

function handoverEvent(value: WireRecord): string | null {
  const type = words(value.type)
  if (type !== null) return type
  if (record(value.control_passed) !== null) return 'control_passed'
  return record(value.control_taken) !== null ? 'control_taken' : null
}

function saysAnything(value: WireRecord): boolean {
  return Object.keys(value).some((key) => key !== 'metadata' && key !== 'messaging_product')
}
