import type { AddDutyBody } from '../../../contract/api/duty.ts'
import { instantOf, localOf } from '../../../contract/duty.ts'

/** A new entry as its fields hold it. */
export interface DutyDraft {
  readonly memberId: string
  readonly kind: 'weekly' | 'once'
  readonly weekdays: readonly number[]
  /** `09:00` */
  readonly from: string
  readonly to: string
  /** `2026-11-23` */
  readonly since: string
  /** `2026-11-23T09:00` */
  readonly begins: string
  readonly ends: string
  readonly timeZone: string
}

const HOUR_MS = 3_600_000

export function emptyDraft(
  nowMs: number,
  memberId: string,
  timeZone: string = Intl.DateTimeFormat().resolvedOptions().timeZone,
): DutyDraft {
  const now = localOf(nowMs, timeZone)
  return {
    memberId,
    kind: 'weekly',
    weekdays: [0, 1, 2, 3, 4],
    from: '09:00',
    to: '17:00',
    since: now.slice(0, 10),
    begins: now,
    ends: localOf(nowMs + 4 * HOUR_MS, timeZone),
    timeZone,
  }
}

/** The entry to ask for; `null` when a field is empty, no day is chosen, or it ends before it begins. */
export function dutyOf(draft: DutyDraft): AddDutyBody | null {
  const { memberId, timeZone } = draft
  if (draft.kind === 'once') {
    const [sinceMs, untilMs] = [instantOf(draft.begins, timeZone), instantOf(draft.ends, timeZone)]
    if (sinceMs === null || untilMs === null || untilMs <= sinceMs) return null
    return { memberId, timeZone, weekly: null, sinceMs, untilMs }
  }
  const [fromMinute, toMinute] = [minuteOf(draft.from), minuteOf(draft.to)]
  const sinceMs = instantOf(`${draft.since}T00:00`, timeZone)
  if (fromMinute === null || toMinute === null || sinceMs === null || draft.weekdays.length === 0) return null
  const weekdays = draft.weekdays.toSorted((a, b) => a - b)
  return { memberId, timeZone, weekly: { weekdays, fromMinute, toMinute }, sinceMs, untilMs: null }
}

function minuteOf(time: string): number | null {
  const match = /^(\d\d):(\d\d)/.exec(time)
  return match === null ? null : Number(match[1]) * 60 + Number(match[2])
}
