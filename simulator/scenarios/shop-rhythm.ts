import { between, happens, pickWeighted, type Random } from '../seeded-random.ts'
import type { Line } from './shop-script.ts'
import { RIYADH_OFFSET_MS } from './shop-slots.ts'

export const SECOND_MS = 1000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** How likely a customer is to begin at each hour of the day in Riyadh, from midnight. */
const HOURS = [4, 2, 1, 0.2, 0.1, 0.3, 0.8, 1.5, 3, 4, 6, 6, 6, 6, 5, 5, 7, 9, 10, 11, 12, 12, 10, 7]
/** Sunday to Saturday: the weekend is Friday and Saturday. */
const WEEKDAYS = [1, 1, 1.05, 1.1, 1.3, 0.8, 1.15]
const FRIDAY = 5
/** The shop answers from this hour until this one; on Fridays it opens late. */
const OPENS = 10
const OPENS_FRIDAY = 16
const CLOSES = 23

/** An instant between the two (ms since 1970) at which a customer would write: more in evenings, rarely at night. */
export function customersHour(random: Random, fromMs: number, toMs: number): number {
  for (;;) {
    const day = fromMs + random() * (toMs - fromMs)
    const local = new Date(day + RIYADH_OFFSET_MS)
    if (!happens(random, (WEEKDAYS[local.getUTCDay()] ?? 1) / 1.3)) continue
    const hour = pickWeighted(random, [...HOURS.keys()], (index) => HOURS[index] ?? 0)
    const midnight = day + RIYADH_OFFSET_MS - ((day + RIYADH_OFFSET_MS) % DAY_MS)
    const at = midnight - RIYADH_OFFSET_MS + hour * HOUR_MS + random() * HOUR_MS
    if (at >= fromMs && at < toMs && !(local.getUTCDay() === FRIDAY && hour < 13 && happens(random, 0.8))) return at
  }
}

/** When the next line comes, given when the last one did (both ms since 1970): people take their time, and the shop closes. */
export function nextInstant(random: Random, line: Line, lastMs: number): number {
  const { wait, act } = line
  switch (wait.kind) {
    case 'burst':
      return lastMs + between(random, 40, 400)
    case 'follow':
      return lastMs + between(random, 3, 28) * SECOND_MS
    case 'react':
      return lastMs + between(random, 4, 240) * SECOND_MS
    case 'correct':
      return lastMs + between(random, 8, 150) * SECOND_MS
    case 'later':
      return waking(random, lastMs + wait.hours * HOUR_MS)
    case 'answer': {
      const patience = act.by === 'phone' ? between(random, 25, 540) : between(random, 12, 400)
      const slow = happens(random, 0.08) ? between(random, 20, 90) * MINUTE_MS : 0
      const at = lastMs + patience * SECOND_MS + slow
      return act.by === 'phone' ? opening(random, at) : at
    }
    default:
      wait satisfies never
      return lastMs
  }
}

/** The instant itself while the shop is open, else some minutes after it opens. */
function opening(random: Random, atMs: number): number {
  let at = atMs
  for (;;) {
    const local = new Date(at + RIYADH_OFFSET_MS)
    const opens = local.getUTCDay() === FRIDAY ? OPENS_FRIDAY : OPENS
    const hour = local.getUTCHours()
    if (hour >= opens && hour < CLOSES) return at
    const midnight = at - ((at + RIYADH_OFFSET_MS) % DAY_MS)
    at = hour < opens ? midnight + opens * HOUR_MS + between(random, 2, 50) * MINUTE_MS : midnight + DAY_MS
  }
}

/** Nobody writes in the small hours what can wait until morning. */
function waking(random: Random, atMs: number): number {
  const hour = new Date(atMs + RIYADH_OFFSET_MS).getUTCHours()
  return hour >= 1 && hour < 9 ? atMs + between(random, 9, 12) * HOUR_MS : atMs
}
