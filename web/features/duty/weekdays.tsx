import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { useDutyWords } from './duty-words.ts'

const WEEK = [0, 1, 2, 3, 4, 5, 6]

/** The days of the week, as native check boxes. */
export function Weekdays({
  chosen,
  onChange,
}: {
  readonly chosen: readonly number[]
  readonly onChange: (chosen: readonly number[]) => void
}): ReactNode {
  const t = useT()
  const words = useDutyWords()
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('duty.days')}</legend>
      <div className="flex flex-wrap gap-1.5">
        {WEEK.map((day) => (
          <label
            key={day}
            className={clsx(
              'flex min-h-9 items-center rounded-sm border px-3 text-sm focus-within:outline-2 focus-within:outline-accent phone:min-h-11',
              chosen.includes(day)
                ? 'border-accent bg-accent-soft font-medium'
                : 'border-line text-ink-2 hover:bg-hover',
            )}
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={chosen.includes(day)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, day] : chosen.filter((other) => other !== day))
              }
            />
            {words.weekday(day)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
