import { createHash } from 'node:crypto'
import type { BusinessNumber, Customer } from './number.ts'

/**
 * Meta's `contacts[]` element for a customer: name, username once adopted, number unless hidden, business-scoped id, and
 * the hash of the identity key when the number's settings ask for it.
 */
export function contactBlock(number: BusinessNumber, customer: Customer): Record<string, unknown> {
  const { user_identity_change: identityChange } = number.management.settings
  const checked = (identityChange as { enable_identity_key_check?: unknown } | undefined)?.enable_identity_key_check
  return {
    profile: { name: customer.profileName, ...(customer.username ? { username: customer.username } : {}) },
    ...(customer.phone ? { wa_id: customer.phone } : {}),
    ...(customer.userId ? { user_id: customer.userId } : {}),
    ...(checked === true ? { identity_key_hash: identityKeyHash(customer) } : {}),
  }
}

/** Stands for the customer's identity key: another number is another key. */
export function identityKeyHash(customer: Customer): string {
  return createHash('sha256').update(`${customer.key} ${customer.phone}`).digest('base64').slice(0, 12)
}

/** Who wrote: `from` is missing for somebody who shows no number. */
export function fromFields(customer: Customer): Record<string, unknown> {
  return {
    ...(customer.phone ? { from: customer.phone } : {}),
    ...(customer.userId ? { from_user_id: customer.userId } : {}),
  }
}

/** To whom the business wrote, in echoes. */
export function toFields(customer: Customer): Record<string, unknown> {
  return {
    ...(customer.phone ? { to: customer.phone } : {}),
    ...(customer.userId ? { to_user_id: customer.userId } : {}),
  }
}

/** The head of every value about messages of a number. */
export function valueHead(number: BusinessNumber): { messaging_product: string; metadata: Record<string, string> } {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: number.business.phone, phone_number_id: number.id },
  }
}

/** What a wamid of this chat is made of: the customer's digits, whichever there are. */
export function wamidSubject(customer: Customer): string {
  return customer.phone ?? (customer.userId ?? '').replace(/\D/g, '').slice(0, 15)
}
