import type { ChatMessage, PaymentOutcome } from '../control-api.ts'
import { type Child, h, ltr } from './dom.ts'
import { t } from './language.ts'
import { contentOf, fields, textOf } from './message-body.ts'
import type { WordKey } from './words-en.ts'

const STATES: Readonly<Record<PaymentOutcome, WordKey>> = {
  pending: 'paymentPending',
  captured: 'paymentDone',
  failed: 'paymentFailed',
}
const WAYS: readonly (readonly [PaymentOutcome, WordKey])[] = [
  ['captured', 'pay'],
  ['pending', 'payBegin'],
  ['failed', 'payFail'],
]

/** The sum that order details ask for, how its payment stands, and for the customer the ways to pay. */
export function payPart(message: ChatMessage, canPay: boolean, pay: (outcome: PaymentOutcome) => void): Child {
  const content = contentOf(message.body)
  if (message.body.type !== 'interactive' || textOf(content, 'type') !== 'order_details') return null
  const order = fields(fields(content.action).parameters)
  const total = fields(order.total_amount)
  const sum = `${Number(total.value) / Number(total.offset)} ${textOf(order, 'currency')}`
  const buttons = WAYS.map(([outcome, word]) =>
    h('button', { type: 'button', class: 'button', on: { click: () => pay(outcome) } }, t(word)),
  )
  return h(
    'div',
    { class: 'pay' },
    h('span', { class: 'card-title' }, `${t('total')}: `, ltr(sum)),
    message.payment !== null && h('span', { class: 'faint' }, t(STATES[message.payment])),
    canPay && message.payment !== 'captured' && h('span', { class: 'pay-ways' }, ...buttons),
  )
}
