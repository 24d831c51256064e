import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CostsAnswer } from '../../../contract/api/costs.ts'
import { useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useFormats } from '../../app/use-formats.ts'
import { buttonClass } from '../../ui/button.tsx'
import { useMoney } from './use-money.ts'

/** What stands beside the total: what is still on its way, where Meta said otherwise than Wasl, and the report as a file. */
export function Expected({ costs }: { readonly costs: CostsAnswer }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const money = useMoney(costs.currency)
  const language = usePreferences((preferences) => preferences.language)
  const { pending, differing, recounting, month } = costs
  const more = formats.number(differing.messages)
  const words = { count: differing.messages, shown: more, amount: money(Math.abs(differing.amount)) }
  return (
    <div className="mt-1 flex flex-col gap-1 text-sm text-ink-2">
      {recounting && <p role="status">{t('costs.recounting')}</p>}
      {pending.messages > 0 && (
        <p data-testid="costs-pending">
          {t('costs.pending', {
            count: pending.messages,
            shown: formats.number(pending.messages),
            amount: money(pending.amount),
          })}
        </p>
      )}
      {differing.messages > 0 && (
        <p data-testid="costs-differing">{t(differing.amount < 0 ? 'costs.lessThan' : 'costs.moreThan', words)}</p>
      )}
      {costs.by.day.length > 0 && (
        <p>
          <a
            href={`/api/v1/costs/export.csv?${new URLSearchParams({ month, language })}`}
            download
            className={buttonClass('plain', 'mt-1')}
          >
            <Download aria-hidden="true" className="size-4" />
            {t('costs.export')}
          </a>
        </p>
      )}
    </div>
  )
}
