import { z } from 'zod'
import { LENGTHS } from './send-limits.ts'

/**
 * How an order is paid in WhatsApp, market by market: what Meta's pages say, and nothing else. The one place of these rules;
 * browser and server both ask it before Meta is asked. Sources, below
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/: `payments-in/pg`, `payments-in/upi-intent`,
 * `payments-in/payment-links`; `payments-br/orders`, `…/pix`, `…/payment-links`, `…/boleto`, `…/one-click-payments`.
 */

/** Where orders can be paid in WhatsApp, by the country of the number. */
export type PaymentMarket = 'IN' | 'BR'

/** By what an order can be paid, in Meta's words; the first is what is offered first. */
export const PAY_WAYS = {
  IN: ['payment_gateway', 'upi_intent_link', 'payment_link'],
  BR: ['pix_dynamic_code', 'boleto', 'payment_link', 'offsite_card_pay'],
} as const satisfies Record<PaymentMarket, readonly string[]>
export type PayWay = (typeof PAY_WAYS)[PaymentMarket][number]

export const CURRENCY_OF = { IN: 'INR', BR: 'BRL' } as const satisfies Record<PaymentMarket, string>
/** Hundredths, in both currencies. */
export const AMOUNT_OFFSET = 100
export const GATEWAYS = ['razorpay', 'payu', 'billdesk', 'zaakpay'] as const
export const PIX_KEY_TYPES = ['CPF', 'CNPJ', 'EMAIL', 'PHONE', 'EVP'] as const

const DIALLING_CODE = { IN: '91', BR: '55' } as const satisfies Record<PaymentMarket, string>

/** The market of a number, by its country's code; `null` where Meta offers no payments. */
export function paymentMarket(displayPhone: string): PaymentMarket | null {
  const digits = displayPhone.replaceAll(/\D/g, '')
  return (['IN', 'BR'] as const).find((market) => digits.startsWith(DIALLING_CODE[market])) ?? null
}

const written = (max: number) => z.string().trim().min(1).max(max)
/** Meta names no length for these; something has to bound them. */
const code = written(2_000)
const https = z.url({ protocol: /^https$/ }).max(2_000)
/** Letters, digits, `_`, `-` and `.`. */
const reference = (max: number) => written(max).regex(/^[\w.-]+$/)

const paymentLink = z.strictObject({ type: z.literal('payment_link'), payment_link: z.strictObject({ uri: https }) })
const inIndia = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('payment_gateway'),
    // What the business wants back from its gateway (`razorpay.notes`, `payu.udf1` …) is the gateway's to judge.
    payment_gateway: z.looseObject({
      type: z.enum(GATEWAYS),
      configuration_name: written(LENGTHS.paymentConfiguration),
    }),
  }),
  z.strictObject({
    type: z.literal('upi_intent_link'),
    upi_intent_link: z.strictObject({ link: code.regex(/^upi:\/\/pay\?\S+$/) }),
  }),
  paymentLink,
])
const inBrazil = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('pix_dynamic_code'),
    pix_dynamic_code: z.strictObject({ code, merchant_name: code, key: code, key_type: z.enum(PIX_KEY_TYPES) }),
  }),
  z.strictObject({ type: z.literal('boleto'), boleto: z.strictObject({ digitable_line: code }) }),
  paymentLink,
  z.strictObject({
    type: z.literal('offsite_card_pay'),
    offsite_card_pay: z.strictObject({ last_four_digits: written(4).regex(/^\d{4}$/), credential_id: code }),
  }),
])

const amount = z.looseObject({ value: z.number().int().min(0), offset: z.literal(AMOUNT_OFFSET) })
const described = amount.extend({ description: written(LENGTHS.amountNote).optional() })
const item = z.looseObject({
  name: written(LENGTHS.itemName),
  amount,
  sale_amount: amount.optional(),
  quantity: z.number().int().min(1),
})
const order = z.looseObject({
  status: z.literal('pending'),
  items: z.array(item).min(1),
  subtotal: amount,
  tax: described,
  shipping: described.optional(),
  discount: described.optional(),
})
const common = { type: z.enum(['digital-goods', 'physical-goods']), total_amount: amount, order }

type Billed = z.output<z.ZodObject<typeof common>>
/** What the goods cost, with what is added and taken off: Meta refuses a bill that does not add up. */
function addsUp({ total_amount: total, order: { items, subtotal, tax, shipping, discount } }: Billed): boolean {
  const goods = items.reduce((sum, one) => sum + (one.sale_amount ?? one.amount).value * one.quantity, 0)
  const all = goods + tax.value + (shipping?.value ?? 0) - (discount?.value ?? 0)
  return subtotal.value === goods && total.value === all
}

/** The `parameters` of order details. */
export const billParameters = z
  .discriminatedUnion('currency', [
    z.looseObject({
      ...common,
      currency: z.literal(CURRENCY_OF.IN),
      reference_id: reference(LENGTHS.referenceId),
      payment_type: z.literal('upi').optional(),
      payment_settings: z.array(inIndia).min(1),
    }),
    z.looseObject({
      ...common,
      currency: z.literal(CURRENCY_OF.BR),
      reference_id: reference(LENGTHS.referenceIdInBrazil),
      payment_type: z.literal('br'),
      payment_settings: z.array(inBrazil).min(1).optional(),
    }),
  ])
  .refine(addsUp, 'the sums do not add up')

/** The `parameters` of an order status; what may follow what is Meta's to judge (2046, 2047). */
export const orderStateParameters = z.looseObject({
  reference_id: reference(LENGTHS.referenceIdInBrazil),
  order: z.looseObject({ status: written(40), description: written(LENGTHS.orderNote).optional() }),
})
