import type { MemberId, NumberId, UnixMs } from './ids.ts'

/** A time at which a member holds the phone of a number: every week, or once. */
export interface Duty {
  readonly id: string
  readonly numberId: NumberId
  readonly memberId: MemberId
  /** Of every week; `null`: once, from `sinceMs` to `untilMs`. */
  readonly weekly: WeeklyTime | null
  /** IANA's name, e.g. `Asia/Riyadh`. */
  readonly timeZone: string
  readonly sinceMs: UnixMs
  readonly untilMs: UnixMs | null
  /** Taken off the roster from then on. */
  readonly endedAtMs: UnixMs | null
}

/** Minutes of the day; over midnight when `fromMinute` is the greater, all day when both are the same. */
export interface WeeklyTime {
  /** 0 Sunday to 6 Saturday: the days on which it begins. */
  readonly weekdays: readonly number[]
  readonly fromMinute: number
  readonly toMinute: number
}

const DAY_MINUTES = 24 * 60
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/

/**
 * Who probably held the phone at an instant: Meta does not tell, so it is a likelihood and is shown as one. What stands
 * in the roster once takes the place of what stands there for every week. None, one or several, each once.
 */
export function likelyHolders(duties: readonly Duty[], atMs: UnixMs): readonly MemberId[] {
  const standing = duties.filter(
    ({ sinceMs, untilMs, endedAtMs }) =>
      sinceMs <= atMs && (untilMs === null || atMs < untilMs) && (endedAtMs === null || atMs < endedAtMs),
  )
  const once = standing.filter(({ weekly }) => weekly === null)
  const holding = once.length > 0 ? once : standing.filter((duty) => isInWeek(duty, atMs))
  return [...new Set(holding.map(({ memberId }) => memberId))]
}

function isInWeek({ weekly, timeZone }: Duty, atMs: UnixMs): boolean {
  if (weekly === null) return false
  const { weekday, minute } = wallClock(timeZone, atMs)
  const { weekdays, fromMinute, toMinute } = weekly
  const begunToday = weekdays.includes(weekday)
  if (fromMinute < toMinute) return begunToday && minute >= fromMinute && minute < toMinute
  if (fromMinute === toMinute && fromMinute === 0) return begunToday
  const begunYesterday = weekdays.includes((weekday + 6) % 7)
  return (begunToday && minute >= fromMinute) || (begunYesterday && minute < toMinute)
}

/** What a clock on the wall of a place shows. */
export function wallClock(timeZone: string, atMs: UnixMs): { readonly weekday: number; readonly minute: number } {
  const local = new Date(atMs + offsetMs(timeZone, atMs))
  return { weekday: local.getUTCDay(), minute: local.getUTCHours() * 60 + local.getUTCMinutes() }
}

/**
 * The instant at which the clocks of a place show a date and time, `2026-11-23T09:30`; `null` when it is none. Of two
 * (clocks set back) the first, and for none (clocks set forward) the one that the clocks jump to.
 */
export function instantOf(local: string, timeZone: string): UnixMs | null {
  const asUtc = LOCAL.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN
  if (Number.isNaN(asUtc)) return null
  const before = asUtc - offsetMs(timeZone, asUtc - DAY_MINUTES * 60_000)
  if (before + offsetMs(timeZone, before) === asUtc) return before
  const after = asUtc - offsetMs(timeZone, asUtc + DAY_MINUTES * 60_000)
  return after + offsetMs(timeZone, after) === asUtc ? after : before
}

/** The same the other way: what the clocks show, for a field of date and time. */
export function localOf(atMs: UnixMs, timeZone: string): string {
  return new Date(atMs + offsetMs(timeZone, atMs)).toISOString().slice(0, 16)
}

export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name) !== undefined
  } catch {
    // RangeError: Intl knows no such place.
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Made once for each place: they are costly to make and cheap to use. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, made)
  return made
}

/** How far the clocks of a place are ahead of UTC at an instant. Milliseconds. */
function offsetMs(timeZone: string, atMs: UnixMs): number {
  const parts = formatOf(timeZone).formatToParts(atMs)
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
  const shown = Date.UTC(of.year ?? 0, (of.month ?? 1) - 1, of.day ?? 1, of.hour ?? 0, of.minute ?? 0, of.second ?? 0)
  return shown - Math.floor(atMs / 1000) * 1000
}
