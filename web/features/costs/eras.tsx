import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ErasAnswer } from '../../../contract/api/costs.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { Section } from '../../ui/page.tsx'
import { useMoney } from './use-money.ts'
import { ERA_WORDS } from './words.ts'

/** The same messages under each of Meta's three models: what a change of the model has changed for this business. */
export function Eras({ month }: { readonly month: string }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const answer = useQuery({
    queryKey: ['costs', 'eras', month],
    queryFn: () => get<ErasAnswer>(`/costs/eras?month=${month}`),
  }).data
  const money = useMoney(answer?.ok === true ? answer.value.currency : 'USD')
  if (answer?.ok !== true || answer.value.eras.length === 0) return null
  return (
    <Section title={t('costs.eras')} lead={t('costs.erasLead')}>
      <ul className="flex flex-col">
        {answer.value.eras.map((era) => (
          <li key={era.era} className="flex flex-wrap items-baseline gap-x-4 border-t border-line py-2">
            <span className="flex-1">
              {t(ERA_WORDS[era.era])}
              {era.example && <span className="block text-sm text-note">{t('costs.example')}</span>}
            </span>
            <span className="text-sm text-ink-2">
              {t('costs.chargedOf', { charged: formats.number(era.charged), all: formats.number(era.messages) })}
            </span>
            <span className="min-w-20 text-end font-semibold">
              <span className="num">{money(era.amount)}</span>
            </span>
          </li>
        ))}
      </ul>
      {answer.value.cut && <p className="text-sm text-note">{t('costs.cut')}</p>}
    </Section>
  )
}
