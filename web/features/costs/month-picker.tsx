import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { Button } from '../../ui/button.tsx'

/** The month that is shown, and the way to the one before and after it. */
export function MonthPicker({
  month,
  onChoose,
}: {
  readonly month: string
  readonly onChoose: (month: string) => void
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  return (
    <div className="flex items-center gap-2">
      <Button aria-label={t('costs.monthBefore')} onClick={() => onChoose(shifted(month, -1))}>
        <ChevronLeft aria-hidden="true" className="size-4 turns" />
      </Button>
      <h2 className="min-w-36 text-center font-semibold" aria-live="polite">
        {formats.month(Date.parse(`${month}-15T12:00:00Z`))}
      </h2>
      <Button aria-label={t('costs.monthAfter')} onClick={() => onChoose(shifted(month, 1))}>
        <ChevronRight aria-hidden="true" className="size-4 turns" />
      </Button>
    </div>
  )
}

function shifted(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
