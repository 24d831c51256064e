/**
 * Columns of rows as PostgreSQL array literals, built here because the driver's own way costs more than the rest of
 * the batch. A column that is null in every row becomes one null: `unnest` fills shorter arrays up.
 */

/** Values that need no quoting: ids, numbers, our own words. */
export function plainColumn<T>(rows: readonly T[], pick: (row: T) => string | number | null): string | null {
  let filled = false
  let text = '{'
  for (const row of rows) {
    const value = pick(row)
    if (value !== null) filled = true
    text += text.length === 1 ? (value ?? 'NULL') : `,${value ?? 'NULL'}`
  }
  return filled ? `${text}}` : null
}

/** Any text, JSON too. */
export function textColumn<T>(rows: readonly T[], pick: (row: T) => string | null): string | null {
  let filled = false
  let text = '{'
  for (const row of rows) {
    const value = pick(row)
    if (text.length > 1) text += ','
    if (value === null) {
      text += 'NULL'
      continue
    }
    filled = true
    text += `"${SPECIAL.test(value) ? value.replace(SPECIALS, '\\$&') : value}"`
  }
  return filled ? `${text}}` : null
}

const SPECIAL = /["\\]/
const SPECIALS = /["\\]/g
