import { Coins } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EstimateAnswer } from '../../../contract/api/budgets.ts'
import { useT } from '../../app/language.ts'
import { Button } from '../../ui/button.tsx'
import { usePrice } from './use-money.ts'

/** The budget is spent: what this answer will cost, and the button that sends it all the same. */
export function CostStopped({
  estimate,
  onConfirm,
}: {
  readonly estimate: EstimateAnswer
  readonly onConfirm: () => void
}): ReactNode {
  const t = useT()
  const price = usePrice(estimate.currency)
  const amount = estimate.amount === null ? t('costs.priceUnknown') : price(estimate.amount)
  return (
    <div role="alert" className="mb-2.5 flex items-center gap-2.5 rounded-md bg-note-soft px-3 py-2 text-sm text-note">
      <Coins aria-hidden="true" className="size-4 flex-none" />
      <p className="flex-1">{t('costs.confirmLead', { amount })}</p>
      <Button className="border-note/40 bg-transparent text-note hover:text-note" onClick={onConfirm}>
        {t('costs.confirm', { amount })}
      </Button>
    </div>
  )
}
