import { id, list, record, timeMs, type WireRecord, words } from './wire.ts'
import { fieldOfValue } from './wire-field.ts'

/** One change as it stands in a webhook; `fault` says why its value cannot be read. */
export type WireChange =
  | {
      readonly fault: null
      readonly entryId: string | null
      readonly atMs: number | null
      readonly field: string
      readonly value: WireRecord
    }
  | { readonly fault: string; readonly entryId: string | null; readonly field: string | null; readonly piece: unknown }

export type OpenedWebhook =
  | { readonly kind: 'webhook'; readonly changes: readonly WireChange[] }
  | { readonly kind: 'not_a_webhook'; readonly reason: string }

/**
 * Takes any JSON, gives the changes in it: of an object with `entry`, of one bare entry, change or value.
 * Meta's own samples of a refused history and of some account updates have no envelope.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export function openWebhook(payload: unknown): OpenedWebhook {
  const body = record(payload)
  if (body === null) return { kind: 'not_a_webhook', reason: 'it is not a JSON object' }
  if (Object.hasOwn(body, 'entry')) {
    const entries = list(body.entry)
    if (entries === null) return { kind: 'not_a_webhook', reason: 'its `entry` is not a list' }
    return { kind: 'webhook', changes: entries.flatMap(openEntry) }
  }
  if (list(body.changes) !== null) return { kind: 'webhook', changes: openEntry(body) }
  if (words(body.field) !== null && Object.hasOwn(body, 'value')) {
    return { kind: 'webhook', changes: [openChange(null, body)] }
  }
  const field = fieldOfValue(body)
  if (field !== null)
    return { kind: 'webhook', changes: [{ fault: null, entryId: null, atMs: null, field, value: body }] }
  return { kind: 'not_a_webhook', reason: 'it has no `entry`, and is neither a change nor a value of a known field' }
}

function openEntry(piece: unknown): WireChange[] {
  const entry = record(piece)
  const changes = list(entry?.changes)
  if (entry === null || changes === null) {
    const fault = entry === null ? 'malformed entry: not an object' : 'malformed entry: no list of changes'
    return [{ fault, entryId: id(entry?.id), field: null, piece }]
  }
  return changes.map((change) => openChange(entry, change))
}

function openChange(entry: WireRecord | null, piece: unknown): WireChange {
  const entryId = id(entry?.id)
  const change = record(piece)
  const value = record(change?.value)
  // Two of Meta's samples have `field` in the entry or in the value instead of the change.
  const field = words(change?.field) ?? words(entry?.field) ?? words(value?.field) ?? (value && fieldOfValue(value))
  if (value === null) return { fault: 'malformed change: no value', entryId, field, piece }
  if (field === null) return { fault: 'malformed change: no field', entryId, field, piece }
  return { fault: null, entryId, atMs: timeMs(entry?.time), field, value }
}
