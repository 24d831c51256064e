import type { ReminderKind } from '../../contract/api/reminders.ts'
import type { NumberMode, NumberState } from '../../contract/number.ts'
import { ENDS_AFTER_MS, phoneDue, REMIND_AFTER_MS } from '../../contract/phone-due.ts'
import type { StateReason } from '../../contract/state-reason.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** The days of a silence on which somebody is reminded. */
const FIRST_DAY = REMIND_AFTER_MS / DAY_MS
const LAST_DAY = ENDS_AFTER_MS / DAY_MS
/** Two reminders about one phone are this far apart, also when a day's first hours were slept through. */
const APART_MS = 20 * HOUR_MS
/** A connection that was lost longer ago is no news: nobody is written to about it any more. */
const NEWS_MS = 3 * DAY_MS

export interface WatchedNumber {
  readonly id: string
  readonly displayPhone: string
  readonly verifiedName: string
  readonly mode: NumberMode
  readonly state: NumberState
  readonly stateReason: StateReason | null
  readonly stateSinceMs: number
  readonly lastSignMs: number | null
  /** When somebody was last reminded to open this phone. */
  readonly remindedAtMs: number | null
}

export interface DueReminder {
  readonly kind: ReminderKind
  /** Names what is reminded of: the same occasion is reminded of once. */
  readonly occasion: string
  /** Whole days without a sign of life; 0 where it is not about that. */
  readonly silentDays: number
  /** Whole days until Meta ends the connection. */
  readonly daysLeft: number
}

/** What somebody is to be reminded of about a number now; `null`: of nothing. */
export function dueReminder(number: WatchedNumber, nowMs: number): DueReminder | null {
  const { state, stateSinceMs } = number
  if (state === 'offboarded' || state === 'removed') {
    const isNews = nowMs - stateSinceMs < NEWS_MS
    return isNews ? { kind: state, occasion: String(stateSinceMs), silentDays: 0, daysLeft: 0 } : null
  }
  return openPhone(number, nowMs)
}

function openPhone(number: WatchedNumber, nowMs: number): DueReminder | null {
  const { remindedAtMs } = number
  const due = phoneDue(number, nowMs)
  if (due === null) return null
  const { lastSignMs } = due
  const silentDays = Math.floor((nowMs - lastSignMs) / DAY_MS)
  if (silentDays < FIRST_DAY || silentDays > LAST_DAY) return null
  // An earlier silence's reminder is from before the last sign of life and holds nothing up.
  if (remindedAtMs !== null && remindedAtMs > lastSignMs && nowMs - remindedAtMs < APART_MS) return null
  const occasion = `${lastSignMs}:${silentDays}`
  return { kind: 'open_phone', occasion, silentDays, daysLeft: LAST_DAY - silentDays }
}
