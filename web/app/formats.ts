import type { Preferences } from './preferences.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Times, days, numbers and sizes as a person chose to read them. */
export interface Formats {
  /** `14:32` */
  time(ms: number): string
  /** A row of the list: the time today, else the weekday this week, else the date. */
  rowTime(ms: number, nowMs: number): string
  /** A day's heading in a thread: today, yesterday, weekday and date. */
  day(ms: number, nowMs: number): string
  /** `12 Nov` */
  shortDay(ms: number): string
  /** `12 Nov 2026` */
  dayOfYear(ms: number): string
  /** `November 2026` */
  month(ms: number): string
  /** The name of an ISO 3166 country. */
  country(code: string): string
  /** Date and time in full, for a tooltip. */
  moment(ms: number): string
  number(value: number): string
  percent(value0to100: number): string
  /** Seconds as `0:18`. */
  seconds(value: number): string
  /** Milliseconds as hours and minutes, `23:46`. */
  hoursMinutes(ms: number): string
  money(amount: number, currency: string): string
  /** A minute of the day on the clock, `09:30`. */
  clock(minute: number): string
  /** `Noura or Salem` */
  anyOf(names: readonly string[]): string
  /** The price of one message: it has more decimals than cents. */
  smallMoney(amount: number, currency: string): string
}

export function formatsFor(
  preferences: Pick<Preferences, 'language' | 'digits' | 'calendar'>,
  timeZone?: string,
): Formats {
  const locale = `${preferences.language}-u-ca-${preferences.calendar}-nu-${preferences.digits}`
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const time = date({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const weekday = date({ weekday: 'long' })
  const shortWeekday = date({ weekday: 'short' })
  const dayOfYear = date({ day: 'numeric', month: 'short' })
  const fullDay = date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const shortDate = date({ day: 'numeric', month: 'short', year: 'numeric' })
  const moment = date({ dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' })
  const month = date({ month: 'long', year: 'numeric' })
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 })
  const either = new Intl.ListFormat(locale, { type: 'disjunction' })
  const dayNumber = dayNumberIn(timeZone)

  return {
    time: (ms) => time.format(ms),
    rowTime(ms, nowMs) {
      const days = dayNumber(nowMs) - dayNumber(ms)
      if (days <= 0) return time.format(ms)
      if (days === 1) return capital(relative.format(-1, 'day'))
      if (days < 7) return shortWeekday.format(ms)
      return days < 300 ? dayOfYear.format(ms) : shortDate.format(ms)
    },
    day(ms, nowMs) {
      const days = dayNumber(nowMs) - dayNumber(ms)
      if (days === 0 || days === 1) return capital(relative.format(-days, 'day'))
      return days > 0 && days < 7 ? weekday.format(ms) : fullDay.format(ms)
    },
    shortDay: (ms) => dayOfYear.format(ms),
    dayOfYear: (ms) => shortDate.format(ms),
    month: (ms) => month.format(ms),
    country: (code) => countries.of(code) ?? code,
    moment: (ms) => moment.format(ms),
    number: (value) => number.format(value),
    percent: (value) => percent.format(value / 100),
    seconds(value) {
      const whole = Math.max(0, Math.round(value))
      return `${number.format(Math.floor(whole / 60))}:${two.format(whole % 60)}`
    },
    hoursMinutes(ms) {
      const minutes = Math.max(0, Math.floor(ms / MINUTE_MS))
      return `${number.format(Math.floor(minutes / 60))}:${two.format(minutes % 60)}`
    },
    money: (amount, currency) => money(locale, amount, { currency }, number),
    smallMoney: (amount, currency) => money(locale, amount, { currency, maximumFractionDigits: 4 }, number),
    clock: (minute) => `${two.format(Math.floor(minute / 60))}:${two.format(minute % 60)}`,
    anyOf: (names) => either.format(names),
  }
}

/** How many days since 1970 an instant falls on, as the wall clock of the place counts them. */
function dayNumberIn(timeZone: string | undefined): (ms: number) => number {
  const parts = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  return (ms) => {
    const of = Object.fromEntries(parts.formatToParts(ms).map((part) => [part.type, Number(part.value)]))
    return Date.UTC(of.year ?? 0, (of.month ?? 1) - 1, of.day ?? 1) / DAY_MS
  }
}

function money(
  locale: string,
  amount: number,
  options: { readonly currency: string; readonly maximumFractionDigits?: number },
  number: Intl.NumberFormat,
): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', ...options }).format(amount)
  } catch {
    // Intl throws RangeError for what is not a currency code; the customer's own word is shown then.
    return `${number.format(amount)} ${options.currency}`
  }
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
