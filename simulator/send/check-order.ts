import type { GraphFailure } from '../graph/call.ts'
import { badValue, checkList, checkText, checkUrl, firstFailure, isPart, missing, type Part, parts } from './check.ts'

/** Characters of a reference, by currency. */
const REFERENCE_MAX: Readonly<Record<string, number>> = { INR: 35, BRL: 60 }
const REFERENCE = /^[A-Za-z0-9_.-]+$/
const NAME_MAX = 60
const NOTE_MAX = 120
/** Hundredths. */
const OFFSET = 100
const GATEWAYS = ['billdesk', 'razorpay', 'payu', 'zaakpay']
const PIX_KEYS = ['CPF', 'CNPJ', 'EMAIL', 'PHONE', 'EVP']
/** Meta names no length; nothing is cut. */
const ANY = 10_000

/**
 * Order details: reference, currency, how it is paid, and that the sums are right. Whether the number's country has payments is
 * not looked at: what Meta answers there is not documented.
 * Sources: …/whatsapp/payments/payments-in/pg, …/payments-in/upi-intent, …/payments-br/orders
 */
export function checkBill(action: Part): GraphFailure | null {
  const { parameters } = action
  if (!isPart(parameters)) return missing('parameters', 'order_details')
  const { currency, order } = parameters
  const max = REFERENCE_MAX[String(currency)]
  if (max === undefined) return badValue('Param currency must be one of {INR, BRL}.')
  if (!isPart(order)) return missing('order', 'order_details')
  return firstFailure(
    checkReference(parameters, max),
    !['digital-goods', 'physical-goods'].includes(String(parameters.type)) &&
      badValue('Param type must be one of {digital-goods, physical-goods}.'),
    currency === 'BRL' && parameters.payment_type !== 'br' && badValue('Param payment_type must be "br".'),
    checkSettings(parameters.payment_settings, currency === 'INR' ? INDIA : BRAZIL, currency === 'INR'),
    order.status !== 'pending' && badValue('Param order.status must be "pending".'),
    checkList(order.items, 'items', 1, ANY),
    ...parts(order.items).map((item) => checkText(item.name, 'name', NAME_MAX)),
    checkSums(parameters, order),
  )
}

/** Order status: which order, and what became of it. */
export function checkOrderState(action: Part): GraphFailure | null {
  const { parameters } = action
  if (!isPart(parameters)) return missing('parameters', 'order_status')
  if (!isPart(parameters.order)) return missing('order', 'order_status')
  return firstFailure(
    checkReference(parameters, REFERENCE_MAX.BRL ?? 0),
    checkText(parameters.order.status, 'status', NAME_MAX),
    checkText(parameters.order.description, 'description', NOTE_MAX, 'optional'),
  )
}

function checkReference({ reference_id: reference }: Part, max: number): GraphFailure | null {
  return firstFailure(
    checkText(reference, 'reference_id', max),
    !REFERENCE.test(String(reference)) && badValue('Param reference_id has characters that it cannot have.'),
  )
}

type Way = (setting: Part) => GraphFailure | null
const LINK: Way = (setting) => checkUrl(setting.uri, 'uri')
const INDIA: Readonly<Record<string, Way>> = {
  payment_gateway: (setting) =>
    firstFailure(
      !GATEWAYS.includes(String(setting.type)) && badValue(`Param type must be one of {${GATEWAYS.join(', ')}}.`),
      checkText(setting.configuration_name, 'configuration_name', NAME_MAX),
    ),
  upi_intent_link: (setting) =>
    firstFailure(
      checkText(setting.link, 'link', ANY),
      !String(setting.link).startsWith('upi://pay?') && badValue('Param link is not a UPI intent.'),
    ),
  payment_link: LINK,
}
const BRAZIL: Readonly<Record<string, Way>> = {
  pix_dynamic_code: (setting) =>
    firstFailure(
      checkText(setting.code, 'code', ANY),
      checkText(setting.merchant_name, 'merchant_name', ANY),
      checkText(setting.key, 'key', ANY),
      !PIX_KEYS.includes(String(setting.key_type)) &&
        badValue(`Param key_type must be one of {${PIX_KEYS.join(', ')}}.`),
    ),
  payment_link: LINK,
  boleto: (setting) => checkText(setting.digitable_line, 'digitable_line', ANY),
  offsite_card_pay: (setting) =>
    firstFailure(
      !/^\d{4}$/.test(String(setting.last_four_digits)) && badValue('Param last_four_digits must be four digits.'),
      checkText(setting.credential_id, 'credential_id', ANY),
    ),
}

function checkSettings(value: unknown, ways: Readonly<Record<string, Way>>, needed: boolean): GraphFailure | null {
  if (value === undefined && !needed) return null
  const list = checkList(value, 'payment_settings', 1, ANY)
  if (list) return list
  for (const setting of parts(value)) {
    const kind = String(setting.type)
    const check = Object.hasOwn(ways, kind) ? ways[kind] : undefined
    if (!check) return badValue(`Param payment_settings.type must be one of {${Object.keys(ways).join(', ')}}.`)
    const held = setting[kind]
    const failure = isPart(held) ? check(held) : missing(kind)
    if (failure) return failure
  }
  return null
}

function checkSums(parameters: Part, order: Part): GraphFailure | null {
  const sums = [parameters.total_amount, order.subtotal, order.tax, ...parts(order.items).map((item) => item.amount)]
  if (!sums.every((sum) => isPart(sum) && sum.offset === OFFSET && Number.isInteger(sum.value)))
    return badValue(`Amounts are whole numbers with the offset ${OFFSET}.`)
  const of = (sum: unknown): number => (isPart(sum) ? Number(sum.value) : 0)
  const goods = parts(order.items).reduce(
    (all, item) => all + of(item.sale_amount ?? item.amount) * Number(item.quantity),
    0,
  )
  if (of(order.subtotal) !== goods) return badValue('Param subtotal is not the sum of the items.')
  const total = goods + of(order.tax) + of(order.shipping) - of(order.discount)
  return of(parameters.total_amount) === total ? null : badValue('Param total_amount is not the sum of the order.')
}
