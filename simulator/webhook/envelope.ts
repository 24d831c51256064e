import { metaJson } from './json.ts'
import type { Update } from './update.ts'

/** Bytes: Meta's limit for one webhook, less what the envelope needs. */
export const BODY_BYTES_MAX = 3 * 1024 * 1024 - 4_096

/**
 * The body of one webhook with these updates, in their order: neighbours of one account share an `entry`, neighbours
 * that are ordinary messages of one number share a `value`.
 */
export function envelope(updates: readonly Update[]): string {
  const first = updates[0]
  if (updates.length === 1 && first?.bare) return valueJson(first)
  const entries: { key: string; head: string; changes: string[] }[] = []
  for (const update of mergeMessages(updates)) {
    const key = `${update.accountId}@${update.entryTimeS}`
    let entry = entries.at(-1)
    if (entry?.key !== key) {
      const time = update.entryTimeS === null ? '' : `"time":${update.entryTimeS},`
      entry = { key, head: `{"id":${JSON.stringify(update.accountId)},${time}"changes":[`, changes: [] }
      entries.push(entry)
    }
    entry.changes.push(`{"value":${valueJson(update)},"field":${JSON.stringify(update.field)}}`)
  }
  const list = entries.map((entry) => `${entry.head}${entry.changes.join(',')}]}`)
  return `{"object":"whatsapp_business_account","entry":[${list.join(',')}]}`
}

/** Escaped JSON of the update's value. */
export function valueJson(update: Update): string {
  return typeof update.value === 'function' ? update.value() : metaJson(update.value)
}

function mergeMessages(updates: readonly Update[]): Update[] {
  const merged: Update[] = []
  for (const update of updates) {
    const last = merged.at(-1)
    const together = last && bothPlainMessages(last, update)
    if (together) merged[merged.length - 1] = { ...update, value: together }
    else merged.push(update)
  }
  return merged
}

function bothPlainMessages(a: Update, b: Update): Record<string, unknown> | null {
  if (a.field !== 'messages' || b.field !== 'messages' || a.numberId !== b.numberId) return null
  if (typeof a.value === 'function' || typeof b.value === 'function') return null
  const [left, right] = [a.value.messages, b.value.messages]
  if (!Array.isArray(left) || !Array.isArray(right)) return null
  return { ...a.value, contacts: mergeContacts(a.value.contacts, b.value.contacts), messages: [...left, ...right] }
}

function mergeContacts(a: unknown, b: unknown): unknown[] {
  const contacts = new Map<string, unknown>()
  for (const contact of [...(Array.isArray(a) ? a : []), ...(Array.isArray(b) ? b : [])])
    contacts.set(JSON.stringify(contact), contact)
  return [...contacts.values()]
}
