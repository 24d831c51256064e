import { addCustomer, type BusinessNumber, type Customer } from '../accounts/number.ts'
import type { GraphFailure } from '../graph/call.ts'
import { badValue, type Part } from './check.ts'

/** Digits of a phone number with country code. */
const DIGITS_MIN = 7
const DIGITS_MAX = 15

/** To whom a message goes, and how the call named the person. */
export interface Recipient {
  readonly customer: Customer
  readonly input: string
  readonly byUserId: boolean
}

/** `to` wins over `recipient`. A number nobody has yet becomes a customer who never wrote. */
export function findRecipient(number: BusinessNumber, input: Part): Recipient | GraphFailure {
  if (input.to === undefined) return byUserId(number, String(input.recipient))
  const text = String(input.to)
  const digits = text.replace(/[\s()+.-]/g, '')
  if (!/^\d+$/.test(digits) || digits.length < DIGITS_MIN || digits.length > DIGITS_MAX)
    return badValue(`Parameter value is not valid: to must be a phone number, not "${text}".`)
  if (digits === number.business.phone) return { code: 131021 }
  const known = number.customers.get(number.customerByPhone.get(digits) ?? '')
  if (known) return { customer: known, input: text, byUserId: false }
  const stranger = {
    key: `to-${digits}`,
    profileName: `+${digits}`,
    language: 'en' as const,
    phone: digits,
    userId: null,
    username: null,
    addressBookName: null,
  }
  return { customer: addCustomer(number, stranger), input: text, byUserId: false }
}

function byUserId(number: BusinessNumber, userId: string): Recipient | GraphFailure {
  const customer = number.customers.get(number.customerByUserId.get(userId) ?? '')
  if (!customer) return badValue(`recipient "${userId}" is not a user of this business portfolio.`)
  return { customer, input: userId, byUserId: true }
}

/** Numbers ending so are on no WhatsApp: sending to them fails with 131026. */
const NOT_ON_WHATSAPP = '0000'

export function isOnWhatsApp(customer: Customer): boolean {
  return !customer.phone?.endsWith(NOT_ON_WHATSAPP)
}
