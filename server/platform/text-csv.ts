/** What makes a spreadsheet take a file for UTF-8, without which Arabic is unreadable in it. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** A line of RFC 4180, with cells that a spreadsheet would reckon as a formula made text. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** After any blanks and marks of direction; the wide forms and `|`, `%` are taken for the same by some programs. */
const FORMULA = /^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*[=+\-@＝＋－＠|%]/u

/**
 * Customers choose their own names and words: what begins like a formula would be run by the spreadsheet of whoever opens
 * the file. A quotation mark before it makes it text. Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
function csvCell(text: string): string {
  const safe = FORMULA.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** `2026-11-23 08:00:00`, in UTC: what every spreadsheet reads as a time. */
export function csvTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
