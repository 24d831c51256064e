import clsx from 'clsx'
import { CircleCheck, CircleX, Clock, type LucideIcon, Receipt } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Wamid } from '../../../../contract/ids.ts'
import type { Message } from '../../../../contract/message.ts'
import {
  billedAmount,
  billedReference,
  orderReference,
  orderStatus,
  type Payment,
} from '../../../../contract/payment.ts'
import { isolated, type MessageKey, useT } from '../../../app/language.ts'
import { useFormats } from '../../../app/use-formats.ts'
import { useSync } from '../../../sync/browser.ts'
import { ORDER_STATE_WORDS } from '../order-words.ts'

/** Of a message that bills an order or tells about one: which order it is, for how much, and what became of its payment. */
export function Bill({
  message,
  onJump,
}: {
  readonly message: Message
  readonly onJump: (wamid: Wamid) => void
}): ReactNode {
  const formats = useFormats()
  const reference = orderReference(message.content)
  if (reference === null) return null
  const amount = message.payment?.amount ?? billedAmount(message.content)
  return (
    <div data-testid="bill" className="mt-2 border-t border-ink/10 pt-1.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-2">
        <Receipt aria-hidden="true" className="size-4 flex-none text-ink-2" />
        <OrderName message={message} reference={reference} onJump={onJump} />
        {amount !== null && (
          <bdi className="ms-auto font-semibold">{formats.money(amount.value / amount.offset, amount.currency)}</bdi>
        )}
      </div>
      <OrderState message={message} />
      {message.payment !== undefined && <PaymentLine payment={message.payment} />}
    </div>
  )
}

/** The order by its reference; of what tells about an order whose bill is in this thread, the way there. */
function OrderName({
  message,
  reference,
  onJump,
}: {
  readonly message: Message
  readonly reference: string
  readonly onJump: (wamid: Wamid) => void
}): ReactNode {
  const t = useT()
  const isBill = billedReference(message.content) !== null
  const bill = useSync((state) => {
    if (isBill) return null
    const messages = state.inbox?.threads[message.conversationId]?.messages ?? []
    return messages.find(({ content }) => billedReference(content) === reference)?.wamid ?? null
  })
  const words = t('bill.order', { reference: isolated(reference) })
  if (bill === null) return <span>{words}</span>
  return (
    <button
      type="button"
      title={t('bill.go')}
      onClick={() => onJump(bill)}
      className="text-start underline decoration-dotted underline-offset-2 phone:min-h-11"
    >
      {words}
      <span className="sr-only"> {t('bill.go')}</span>
    </button>
  )
}

function OrderState({ message: { content } }: { readonly message: Message }): ReactNode {
  const t = useT()
  const status = orderStatus(content)
  if (status === null) return null
  const key = (ORDER_STATE_WORDS as Readonly<Record<string, MessageKey | undefined>>)[status]
  return <p className="text-ink-2">{key === undefined ? <bdi>{status}</bdi> : t(key)}</p>
}

const LOOKS: Record<
  Payment['state'],
  { readonly icon: LucideIcon; readonly words: MessageKey; readonly tone: string }
> = {
  pending: { icon: Clock, words: 'payment.pending', tone: 'text-note' },
  paid: { icon: CircleCheck, words: 'payment.paid', tone: 'text-ok' },
  failed: { icon: CircleX, words: 'payment.failed', tone: 'text-danger' },
}

function PaymentLine({ payment }: { readonly payment: Payment }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const { icon: Icon, words, tone } = LOOKS[payment.state]
  return (
    <>
      <p data-payment={payment.state} className={clsx('mt-1 flex flex-wrap items-center gap-x-1.5 font-medium', tone)}>
        <Icon aria-hidden="true" className="size-4 flex-none" />
        {t(words)}
        <time
          dateTime={new Date(payment.atMs).toISOString()}
          title={formats.moment(payment.atMs)}
          className="num font-normal text-ink-3"
        >
          {`${formats.shortDay(payment.atMs)} ${formats.time(payment.atMs)}`}
        </time>
      </p>
      {payment.failure !== undefined && (
        <p dir="auto" className="text-ink-2">
          {payment.failure}
        </p>
      )}
      <PaymentDetails payment={payment} />
    </>
  )
}

const METHODS: Readonly<Record<string, MessageKey>> = {
  upi: 'payment.method.upi',
  card: 'payment.method.card',
  wallet: 'payment.method.wallet',
  netbanking: 'payment.method.netbanking',
}

function PaymentDetails({ payment }: { readonly payment: Payment }): ReactNode {
  const t = useT()
  const { transactionId, gatewayPaymentId, method } = payment
  if (transactionId === undefined && gatewayPaymentId === undefined && method === undefined) return null
  const methodKey = method === undefined ? undefined : METHODS[method]
  return (
    <details className="mt-0.5 text-sm">
      <summary className="w-fit text-ink-2 underline underline-offset-2 phone:py-3">{t('payment.details')}</summary>
      <dl className="mt-1 grid gap-x-2.5 gap-y-0.5 sm:grid-cols-[auto_minmax(0,1fr)] [&_dd]:[overflow-wrap:anywhere] [&_dt]:text-ink-3">
        {transactionId !== undefined && (
          <>
            <dt>{t('payment.transaction')}</dt>
            <dd>
              <bdi>{transactionId}</bdi>
            </dd>
          </>
        )}
        {gatewayPaymentId !== undefined && (
          <>
            <dt>{t('payment.atGateway')}</dt>
            <dd>
              <bdi>{gatewayPaymentId}</bdi>
            </dd>
          </>
        )}
        {method !== undefined && (
          <>
            <dt>{t('payment.method')}</dt>
            <dd>{methodKey === undefined ? <bdi>{method}</bdi> : t(methodKey)}</dd>
          </>
        )}
      </dl>
    </details>
  )
}
