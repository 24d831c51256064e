/** Months are `2026-11`. */
const MONTH_LENGTH = 7
const DAY_MS = 24 * 60 * 60 * 1000

/** The month in which an instant lies, in the time zone. */
export function monthOf(atMs: number, timeZone: string): string {
  return dayOf(atMs, timeZone).slice(0, MONTH_LENGTH)
}

/** The day in which an instant lies, in the time zone, as `2026-11-25`. */
export function dayOf(atMs: number, timeZone: string): string {
  // Canada writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(atMs)
}

/** The first instant of a month and that of the next, in Unix milliseconds. */
export function monthSpan(month: string, timeZone: string): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: startOf(month, timeZone), toMs: startOf(nextMonth(month), timeZone) }
}

function nextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** The first instant of which the time zone says that month: found by halving, since no zone is further than a day off. */
function startOf(month: string, timeZone: string): number {
  const guess = Date.parse(`${month}-01T00:00:00Z`)
  let before = guess - DAY_MS
  let after = guess + DAY_MS
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (monthOf(middle, timeZone) < month) before = middle
    else after = middle
  }
  return after
}
