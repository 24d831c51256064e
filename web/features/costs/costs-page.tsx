import { useQuery } from '@tanstack/react-query'
import { Coins } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { CostsAnswer } from '../../../contract/api/costs.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { get } from '../../sync/api.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { BudgetsSection } from './budgets-section.tsx'
import { CardNote } from './card-note.tsx'
import { CardsSection } from './cards-section.tsx'
import { CostSettingsSection } from './cost-settings-section.tsx'
import { CostTables } from './cost-tables.tsx'
import { Eras } from './eras.tsx'
import { Expected } from './expected.tsx'
import { FreeAnswers } from './free-answers.tsx'
import { MonthPicker } from './month-picker.tsx'
import { useMoney } from './use-money.ts'

/** While amounts are reckoned anew, they are asked for again so often. */
const RECOUNT_MS = 2_000

/** What the messages of a month cost, by Meta's own word and the rate card; and what the phone answered for nothing. */
export function CostsPage(): ReactNode {
  const t = useT()
  const [month, setMonth] = useState<string | null>(null)
  const query = month === null ? '' : `?month=${month}`
  const answer = useQuery({
    queryKey: ['costs', month],
    queryFn: () => get<CostsAnswer>(`/costs${query}`),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.ok === true && state.data.value.recounting ? RECOUNT_MS : false),
  }).data
  return (
    <Page title={t('costs.title')} lead={t('costs.lead')} menu={<MenuButton />}>
      {answer === undefined && <Skeleton className="h-40" />}
      {answer?.ok === false && (
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
      {answer?.ok === true && (
        <>
          <MonthPicker month={answer.value.month} onChoose={setMonth} />
          <Month costs={answer.value} />
          <BudgetsSection />
          <CardsSection currency={answer.value.currency} />
          <CostSettingsSection key={answer.value.timeZone} costs={answer.value} />
        </>
      )}
    </Page>
  )
}

function Month({ costs }: { readonly costs: CostsAnswer }): ReactNode {
  const t = useT()
  const money = useMoney(costs.currency)
  return (
    <>
      <Section title={t('costs.total')}>
        <p className="text-2xl font-semibold" data-testid="costs-total">
          <span className="num">{money(costs.total)}</span>
        </p>
        {costs.forecast !== null && (
          <p className="text-ink-2">{t('costs.forecast', { amount: money(costs.forecast) })}</p>
        )}
        <Expected costs={costs} />
        <CardNote costs={costs} />
      </Section>
      {costs.by.day.length === 0 ? (
        <Empty icon={<Coins aria-hidden="true" />} title={t('costs.none')}>
          {t('costs.noneLead')}
        </Empty>
      ) : (
        <CostTables costs={costs} />
      )}
      <FreeAnswers costs={costs} />
      {costs.by.day.length > 0 && <Eras month={costs.month} />}
    </>
  )
}
