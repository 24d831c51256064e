/**
 * Reading Meta's JSON without trusting it. Every reader takes any JSON value and gives what was asked for, or `null`.
 * Hand-written rather than zod: one chunk of history holds thousands of messages.
 */
export type WireRecord = Readonly<Record<string, unknown>>

/** Ids are index keys; a longer one is not an id. Meta's are below 150 characters. */
const ID_MAX_CHARACTERS = 512
/** ITU-T E.164 allows 15 digits; some room for the digits countries put in front. */
const PHONE_MAX_DIGITS = 20
/** The last second of the year 9999. */
const TIME_MAX_SECONDS = 253_402_300_799
/** Deeper nesting is cut where JSON is kept as it came. Meta's deepest payload has 12 levels. */
const NESTING_MAX_LEVELS = 40

/** A JSON object; `null` for a list and everything else. */
export function record(value: unknown): WireRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireRecord) : null
}

/** A JSON array. */
export function list(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null
}

/** A string, perhaps empty, that a database can hold: no U+0000, no half of a surrogate pair. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? storable(value) : null
}

/** A string with something in it; `null` otherwise. */
export function words(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? storable(value) : null
}

/** An identifier. Meta gives some as numbers (template ids): both come out as text. */
export function id(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  if (typeof value !== 'string' || value === '' || value.length > ID_MAX_CHARACTERS) return null
  return storable(value)
}

/** A phone number as digits. What holds letters (a placeholder, a user id) is no phone number. */
export function phone(value: unknown): string | null {
  if (typeof value !== 'string') return null
  if (isPlainPhone(value)) return value
  if (!/^[+\d\s().\-\u200e\u200f\u202a-\u202e]*$/.test(value)) return null
  const digits = value.replace(/\D/g, '')
  return digits === '' || digits.length > PHONE_MAX_DIGITS ? null : digits
}

/** A business-scoped user id: a country, a dot, letters and digits (`SA.…`, or `SA.ENT.…` of a parent). */
export function isUserId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/.test(value)
}

/** A whole number, also when written as text. */
export function whole(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : null
}

/** Any finite number, also when written as text. */
export function decimal(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^-?\d{1,18}(?:\.\d{1,30})?$/.test(value) ? Number(value) : null
}

/** `true` or `false`, and nothing that only looks like it. */
export function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** Unix seconds, as text (messages) or number (entries), to Unix milliseconds. Outside 1970–9999: `null`. */
export function timeMs(value: unknown): number | null {
  const seconds =
    typeof value === 'string' && value.length <= 12 ? whole(value) : typeof value === 'number' ? whole(value) : null
  return seconds === null || seconds <= 0 || seconds > TIME_MAX_SECONDS ? null : seconds * 1000
}

/** JSON to be kept as it came, made storable: texts cleaned, nesting beyond the limit cut. */
export function keepable(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return storable(value)
  if (typeof value !== 'object' || value === null) return value
  if (level >= NESTING_MAX_LEVELS) return '…'
  if (Array.isArray(value)) return value.map((item) => keepable(item, level + 1))
  const pairs = Object.entries(value).map(([key, item]) => [storable(key), keepable(item, level + 1)] as const)
  return Object.fromEntries(pairs)
}

function isPlainPhone(value: string): boolean {
  if (value.length === 0 || value.length > PHONE_MAX_DIGITS) return false
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

/** PostgreSQL refuses U+0000 in text and lone surrogates in jsonb; one such message must not stop a batch. */
function storable(value: string): string {
  const formed = value.isWellFormed() ? value : value.toWellFormed()
  return formed.includes('\u0000') ? formed.replaceAll('\u0000', '\ufffd') : formed
}
