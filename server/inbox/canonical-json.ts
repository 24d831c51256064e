/**
 * Gives the same text for the same value, however its keys are ordered and whether a key is absent or undefined: the
 * database gives objects back with their keys in another order.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const entries = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`)
  return `{${entries.join(',')}}`
}

/** PostgreSQL's jsonb refuses the character U+0000 and halves of surrogate pairs, which JSON allows. */
const UNSTORABLE = /\\u0000|\\ud[89a-f]/i
const ESCAPES = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/gi

/** JSON text that PostgreSQL can store; what it cannot becomes U+FFFD, the replacement character. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value)
  // JSON.stringify escapes only lone halves, so a match is always one of the two.
  return UNSTORABLE.test(text) ? text.replace(ESCAPES, (found) => (UNSTORABLE.test(found) ? '\\ufffd' : found)) : text
}

/** The same for a text column: PostgreSQL has no character U+0000. */
export function storableText(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '\ufffd') : text
}
