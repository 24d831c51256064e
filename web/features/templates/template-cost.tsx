import type { ReactNode } from 'react'
import type { EstimateAnswer } from '../../../contract/api/budgets.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { categoryWords } from './words.ts'

const MILLIONTHS = 1_000_000

/** What this template costs when it is delivered, by the rate card; nothing is shown when no card has a price. */
export function TemplateCost({
  estimate,
  category,
}: {
  readonly estimate: EstimateAnswer | null
  readonly category: string
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  if (estimate === null || estimate.amount === null) return null
  return (
    <span className="text-sm text-ink-2" data-testid="template-cost">
      {t('picker.cost', {
        amount: formats.smallMoney(estimate.amount / MILLIONTHS, estimate.currency),
        category: categoryWords(t, category),
      })}
    </span>
  )
}
