import type { ReactNode } from 'react'
import type { UnixMs } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'

/** That no marketing may go to the customer before an instant; `null`: it may now. */
export function MarketingRest({ untilMs }: { readonly untilMs: UnixMs | null }): ReactNode {
  const t = useT()
  const { moment } = useFormats()
  if (untilMs === null) return null
  return (
    <p role="status" className="text-sm text-danger" data-testid="marketing-rests">
      {t('problem.marketingFrom', { time: moment(untilMs) })}
    </p>
  )
}
