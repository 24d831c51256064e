import { language, t } from './language.ts'

const DAY_MS = 86_400_000
// Latin digits and the Gregorian calendar in both languages, as the phones of the Gulf mostly show them.
const LOCALE = language === 'ar' ? 'ar-SA-u-nu-latn-ca-gregory' : 'en-GB'
const clockTime = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hour12: false })
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: 'long' })
const date = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' })
const dayAndTime = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium', hour12: false })

/** Hours and minutes. */
export const timeOf = (atMs: number): string => clockTime.format(atMs)
/** Date and time to the second. */
export const instantOf = (atMs: number): string => dayAndTime.format(atMs)

/** The day in words, as between messages: today, yesterday, a weekday, else the date. */
export function dayOf(atMs: number, nowMs: number): string {
  const days = startOfDay(nowMs) - startOfDay(atMs)
  if (days <= 0) return t('today')
  if (days <= DAY_MS * 1.5) return t('yesterday')
  return days < DAY_MS * 6.5 ? weekday.format(atMs) : date.format(atMs)
}

/** As in a list of chats: the time today, else the day. */
export function shortTimeOf(atMs: number, nowMs: number): string {
  return startOfDay(atMs) >= startOfDay(nowMs) ? timeOf(atMs) : dayOf(atMs, nowMs)
}

/** Seconds as m:ss. */
export function lengthOf(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0)
}
