import type { ReactNode } from 'react'
import type { CostsAnswer } from '../../../contract/api/costs.ts'
import { FREE_SERVICE_MESSAGES } from '../../../contract/costs.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { Section } from '../../ui/page.tsx'
import { ProgressBar } from '../../ui/states.tsx'
import { useMoney } from './use-money.ts'

/** Per number: how many of the month's free answers are used, and what the phone answered for nothing. */
export function FreeAnswers({ costs }: { readonly costs: CostsAnswer }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const money = useMoney(costs.currency)
  const numbers = Object.values(useSync((state) => state.inbox?.numbers) ?? {})
  if (numbers.length === 0) return null
  const counts = costs.card?.era === 'service_charged'
  return (
    <Section title={t('costs.free')} lead={t('costs.freeLead')}>
      <ul className="flex flex-col gap-4">
        {numbers.map((number) => {
          const used = costs.freeUsed.find((one) => one.numberId === number.id)?.messages ?? 0
          const phone = costs.phone.find((one) => one.numberId === number.id)
          return (
            <li key={number.id} className="flex flex-col gap-1.5">
              <span className="num font-medium">{number.displayPhone}</span>
              {counts && (
                <>
                  <ProgressBar label={t('costs.free')} percent={(used / FREE_SERVICE_MESSAGES) * 100} />
                  <span className="text-sm text-ink-2">
                    {t('costs.freeUsed', { used: formats.number(used), all: formats.number(FREE_SERVICE_MESSAGES) })}
                  </span>
                </>
              )}
              <span className="text-sm text-ink-2">
                {t('costs.onPhone', { count: phone?.messages ?? 0 })}{' '}
                {(phone?.wouldHaveCost ?? 0) > 0 && t('costs.saved', { amount: money(phone?.wouldHaveCost ?? 0) })}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
