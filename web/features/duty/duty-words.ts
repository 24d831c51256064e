import type { Duty } from '../../../contract/duty.ts'
import { useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useFormats } from '../../app/use-formats.ts'

/** 4 January 1970 was a Sunday. */
const SUNDAY_MS = Date.UTC(1970, 0, 4)
const DAY_MS = 86_400_000

/** Days and hours of the roster, as people say them. */
export function useDutyWords(): {
  weekday(day: number): string
  when(duty: Duty): string
} {
  const t = useT()
  const formats = useFormats()
  const language = usePreferences((preferences) => preferences.language)
  const days = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const list = new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' })
  const weekday = (day: number) => days.format(SUNDAY_MS + day * DAY_MS)
  const clock = (minute: number) => formats.clock(minute)
  return {
    weekday,
    when({ weekly, sinceMs, untilMs }) {
      if (weekly === null) {
        return t('duty.once', { from: formats.moment(sinceMs), to: formats.moment(untilMs ?? sinceMs) })
      }
      const { weekdays, fromMinute, toMinute } = weekly
      const which = weekdays.length === 7 ? t('duty.everyDay') : list.format(weekdays.map(weekday))
      if (fromMinute === toMinute && fromMinute === 0) return t('duty.allDay', { days: which })
      return t('duty.hours', { days: which, from: clock(fromMinute), to: clock(toMinute) })
    },
  }
}
