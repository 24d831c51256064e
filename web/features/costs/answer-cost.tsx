import { Coins } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EstimateAnswer } from '../../../contract/api/budgets.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Card } from '../../ui/overlay.tsx'
import { QrCode } from './qr-code.tsx'
import { useEstimate } from './use-estimate.ts'
import { usePrice } from './use-money.ts'

/** What an answer will cost, on a small button; behind it what is still free, and the way to answer on the phone. */
export function AnswerCost({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const estimate = useEstimate(id)
  const price = usePrice(estimate?.currency ?? 'USD')
  if (estimate === null) return null
  const { amount } = estimate
  const words = amount === null ? t('costs.priceUnknown') : amount === 0 ? t('costs.answerFree') : price(amount)
  return (
    <Card
      label={t('costs.answerCost')}
      trigger={
        <button
          type="button"
          className={buttonClass('ghost', 'rounded-full border-line text-ink-3')}
          data-testid="answer-cost"
        >
          <Coins aria-hidden="true" className="size-3.5" />
          <span className="sr-only">{t('costs.answerCost')}: </span>
          {words}
        </button>
      }
    >
      <Details estimate={estimate} />
    </Card>
  )
}

function Details({ estimate }: { readonly estimate: EstimateAnswer }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const price = usePrice(estimate.currency)
  const { amount, freeLeft, phoneLink, stopped } = estimate
  return (
    <div className="flex max-w-72 flex-col gap-2 text-sm">
      {stopped && (
        <p role="alert" className="text-danger">
          {t('costs.stopped')}
        </p>
      )}
      <p>
        {amount === null
          ? t('costs.priceUnknownLead')
          : amount === 0
            ? t('costs.answerFreeLead')
            : t('costs.answerCostLead', { amount: price(amount) })}
      </p>
      {freeLeft !== null && <p>{t('costs.freeLeft', { count: freeLeft, shown: formats.number(freeLeft) })}</p>}
      {phoneLink !== null && (
        <>
          <p className="text-phone">{t('costs.onPhoneFree')}</p>
          <QrCode text={phoneLink} label={t('costs.qr')} />
          <a href={phoneLink} target="_blank" rel="noopener noreferrer" className="text-accent underline">
            {t('costs.openOnPhone')}
          </a>
        </>
      )}
    </div>
  )
}
