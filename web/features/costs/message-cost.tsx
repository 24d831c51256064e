import { useQuery } from '@tanstack/react-query'
import { Coins } from 'lucide-react'
import type { ReactNode } from 'react'
import type { MessageCostAnswer } from '../../../contract/api/costs.ts'
import type { Message } from '../../../contract/message.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/overlay.tsx'
import { RawJson } from '../../ui/raw-json.tsx'
import { usePrice } from './use-money.ts'
import { categoryWords, REASON_WORDS } from './words.ts'

/** What a message of ours cost, behind a small button: Meta's word, and what was estimated before. */
export function MessageCost({
  message,
  className,
}: {
  readonly message: Message
  readonly className: string
}): ReactNode {
  const t = useT()
  if (message.author === 'customer' || message.source === 'history') return null
  return (
    <Card
      label={t('costs.ofMessage')}
      trigger={
        <IconButton label={t('costs.ofMessage')} className={className}>
          <Coins aria-hidden="true" className="size-4" />
        </IconButton>
      }
    >
      <Told message={message} />
    </Card>
  )
}

function Told({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const answer = useQuery({
    queryKey: ['costs', 'message', message.id, message.delivery],
    queryFn: () => get<MessageCostAnswer>(`/messages/${message.id}/cost`),
  }).data
  if (answer === undefined) return <p role="status">{t('costs.reading')}</p>
  if (!answer.ok) return <p role="alert">{failureWords(t, answer.failure)}</p>
  if (answer.value.cost === null) return <p data-testid="message-cost">{t('costs.notYet')}</p>
  return <Line cost={answer.value.cost} />
}

function Line({ cost }: { readonly cost: NonNullable<MessageCostAnswer['cost']> }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const price = usePrice(cost.currency)
  const written = (amount: number | null) => (amount === null ? t('costs.priceUnknown') : price(amount))
  const { basis, amount, estimate, estimateReason, reason } = cost
  const differs = basis === 'meta' && amount !== null && estimate !== null && amount !== estimate
  return (
    <div data-testid="message-cost" className="flex flex-col gap-1.5">
      <p className="font-semibold">
        <span className="num">{written(amount)}</span>
      </p>
      <p className="text-ink-2">
        {categoryWords(t, cost.category)} · {t(REASON_WORDS[reason])}
      </p>
      {basis === 'phone' && estimate !== null && (
        <p className="text-phone">{t('costs.phoneSaved', { amount: price(estimate) })}</p>
      )}
      {basis === 'estimate' && <p className="text-ink-2">{t('costs.basisEstimate')}</p>}
      {basis === 'meta' && <p className="text-ink-2">{t('costs.basisMeta', { moment: formats.moment(cost.atMs) })}</p>}
      {basis === 'meta' && estimateReason !== null && (
        <p className={differs ? 'text-note' : 'text-ink-2'}>
          {differs
            ? t('costs.estimatedOther', { amount: written(estimate), reason: t(REASON_WORDS[estimateReason]) })
            : t('costs.estimatedSame')}
        </p>
      )}
      {cost.pricing !== null && <RawJson value={cost.pricing} label={t('costs.metasWord')} />}
    </div>
  )
}
