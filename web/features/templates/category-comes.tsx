import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { PricesAnswer } from '../../../contract/api/costs.ts'
import type { Template } from '../../../contract/api/templates.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { PRICED_AS, TEMPLATE_CATEGORIES } from '../../../contract/template.ts'
import type { CategoryChange } from '../../../contract/template-standing.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { useEstimate } from '../costs/use-estimate.ts'
import { usePrice } from '../costs/use-money.ts'
import { TemplateCost } from './template-cost.tsx'
import { TEMPLATES } from './templates-query.ts'
import { categoryWords } from './words.ts'

/** Which category Meta will make it, and when. */
export function CategoryComes({ next }: { readonly next: CategoryChange }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const category = categoryWords(t, next.category)
  return next.atMs === null
    ? t('template.categoryComes', { category })
    : t('template.categoryComesAt', { category, time: formats.moment(next.atMs) })
}

/** What a message in the number's own country costs now, and what it would cost then; nothing where no list has both. */
export function CategoryPrices({
  template,
  next,
}: {
  readonly template: Template
  readonly next: CategoryChange
}): ReactNode {
  const list = useQuery(TEMPLATES).data
  const accounts = list?.ok === true ? list.value.accounts : []
  const numberId = accounts.find(({ wabaId }) => wabaId === template.wabaId)?.numbers[0]?.id
  const prices = useQuery({
    queryKey: ['costs', 'prices', numberId],
    queryFn: () => get<PricesAnswer>(`/costs/prices?numberId=${numberId}`),
    enabled: numberId !== undefined,
  }).data
  const category = TEMPLATE_CATEGORIES.find((word) => word === template.meta?.category)
  if (prices?.ok !== true || category === undefined) return null
  return (
    <Prices prices={prices.value} now={prices.value.amounts[category]} later={prices.value.amounts[next.category]} />
  )
}

function Prices({
  prices: { country, currency },
  now,
  later,
}: {
  readonly prices: PricesAnswer
  readonly now: number | null
  readonly later: number | null
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  const price = usePrice(currency)
  if (now === null || later === null || country === null) return null
  const words = { country: formats.country(country), now: price(now), later: price(later) }
  return <span data-testid="category-prices">{t('template.categoryPrices', words)}</span>
}

/** The same before a send: which category comes, and what this message would cost in it. */
export function NextCost({
  conversationId,
  next,
}: {
  readonly conversationId: ConversationId
  readonly next: CategoryChange
}): ReactNode {
  const estimate = useEstimate(conversationId, PRICED_AS[next.category])
  return (
    <p className="flex flex-wrap gap-x-3 text-sm text-phone" data-testid="category-comes">
      <CategoryComes next={next} />
      <TemplateCost estimate={estimate} category={next.category} />
    </p>
  )
}
