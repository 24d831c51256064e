import type { ReactNode } from 'react'
import { GATEWAYS, PAY_WAYS, type PayWay, PIX_KEY_TYPES } from '../../../../contract/payment-rules.ts'
import { LENGTHS } from '../../../../contract/send-limits.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { SelectField } from '../../../ui/fields.tsx'
import type { OrderDraft } from './draft.ts'
import { Field } from './field.tsx'
import type { PartProps } from './frame-fields.tsx'

const WAYS: Record<PayWay, MessageKey> = {
  payment_gateway: 'build.way.payment_gateway',
  upi_intent_link: 'build.way.upi_intent_link',
  payment_link: 'build.way.payment_link',
  pix_dynamic_code: 'build.way.pix_dynamic_code',
  boleto: 'build.way.boleto',
  offsite_card_pay: 'build.way.offsite_card_pay',
}
/** Brands are called the same in every language. */
const GATEWAY_NAMES: Record<(typeof GATEWAYS)[number], string> = {
  razorpay: 'Razorpay',
  payu: 'PayU',
  billdesk: 'BillDesk',
  zaakpay: 'Zaakpay',
}
const PIX_KEYS: Record<(typeof PIX_KEY_TYPES)[number], MessageKey> = {
  CPF: 'build.pix.CPF',
  CNPJ: 'build.pix.CNPJ',
  EMAIL: 'build.pix.EMAIL',
  PHONE: 'build.pix.PHONE',
  EVP: 'build.pix.EVP',
}

type TextName = keyof { [K in keyof OrderDraft as OrderDraft[K] extends string ? K : never]: true }
interface PayPart {
  readonly name: TextName
  readonly label: MessageKey
  readonly hint?: MessageKey
  /** Below the way's own object. */
  readonly place: string
  readonly max?: number
}

/** What is written for each way to pay. */
const PARTS: Record<PayWay, readonly PayPart[]> = {
  payment_gateway: [
    {
      ...{ name: 'configuration', label: 'build.configuration', hint: 'build.configurationHint' },
      ...{ place: 'configuration_name', max: LENGTHS.paymentConfiguration },
    },
  ],
  upi_intent_link: [{ name: 'upiLink', label: 'build.upiLink', hint: 'build.upiLinkHint', place: 'link' }],
  payment_link: [{ name: 'payUrl', label: 'build.payUrl', place: 'uri' }],
  pix_dynamic_code: [
    { name: 'pixCode', label: 'build.pixCode', hint: 'build.pixCodeHint', place: 'code' },
    { name: 'pixName', label: 'build.pixName', place: 'merchant_name' },
    { name: 'pixKey', label: 'build.pixKey', place: 'key' },
  ],
  boleto: [{ name: 'boletoLine', label: 'build.boletoLine', place: 'digitable_line' }],
  offsite_card_pay: [
    { name: 'cardDigits', label: 'build.cardDigits', place: 'last_four_digits' },
    { name: 'cardCredential', label: 'build.cardCredential', hint: 'build.cardCredentialHint', place: 'credential_id' },
  ],
}

/** By what an order is paid, of the ways that the number's market has, and what that way needs. */
export function PayFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  const { order } = draft
  const ways: readonly PayWay[] = PAY_WAYS[order.market]
  const change = (more: Partial<OrderDraft>) => onChange({ order: { ...order, ...more } })
  return (
    <>
      <SelectField
        label={t('build.way')}
        value={order.way}
        choices={ways.map((value) => ({ value, label: t(WAYS[value]) }))}
        onChoose={(way) => change({ way })}
      />
      {order.way === 'payment_gateway' && (
        <SelectField
          label={t('build.gateway')}
          value={order.gateway}
          choices={GATEWAYS.map((value) => ({ value, label: GATEWAY_NAMES[value] }))}
          onChoose={(gateway) => change({ gateway })}
        />
      )}
      {order.way === 'pix_dynamic_code' && (
        <SelectField
          label={t('build.pixKeyType')}
          value={order.pixKeyType}
          choices={PIX_KEY_TYPES.map((value) => ({ value, label: t(PIX_KEYS[value]) }))}
          onChoose={(pixKeyType) => change({ pixKeyType })}
        />
      )}
      {PARTS[order.way].map(({ name, label, hint, place, max }) => (
        <Field
          key={name}
          label={t(label)}
          value={order[name]}
          dir="ltr"
          place={`action.parameters.payment_settings.0.${order.way}.${place}`}
          faults={faults}
          {...(hint === undefined ? {} : { hint: t(hint) })}
          {...(max === undefined ? {} : { max })}
          onChange={(value) => change({ [name]: value })}
        />
      ))}
    </>
  )
}
