import type { ScenarioCustomer } from '../scenario.ts'
import { h, ltr, words } from './dom.ts'

const HUES = 8

/** What a phone calls somebody: the name in its address book, else number, else username. */
export function nameOnPhone(customer: ScenarioCustomer): string {
  return customer.addressBookName ?? (customer.phone === null ? usernameOf(customer) : displayPhone(customer.phone))
}

/** A number as people read it, e.g. `+966 55 123 4567`. */
export function displayPhone(phone: string): string {
  const prefix =
    ['966', '971', '965', '351', '20', '44', '91'].find((each) => phone.startsWith(each)) ?? phone.slice(0, 2)
  const rest = phone.slice(prefix.length)
  return `+${prefix} ${rest.slice(0, 2)} ${rest.slice(2, 5)} ${rest.slice(5)}`.trim()
}

/** The name, isolated in its own direction; numbers and usernames always left to right. */
export function nameElement(customer: ScenarioCustomer, side: 'phone' | 'customer'): HTMLElement {
  if (side === 'customer') return words(customer.profileName)
  return customer.addressBookName === null ? ltr(nameOnPhone(customer)) : words(customer.addressBookName)
}

/** What else is known besides the name: number, username. */
export function secondLine(customer: ScenarioCustomer): string {
  const parts = [
    customer.phone === null ? null : displayPhone(customer.phone),
    customer.username === null ? null : usernameOf(customer),
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

/** A round with initials, in a colour that stays the same. */
export function avatar(customer: ScenarioCustomer, extra = ''): HTMLElement {
  const name = customer.addressBookName ?? customer.profileName
  // The Arabic article is no initial: of "ليلى الحربي" they are ل and ح.
  const letters = name
    .split(/\s+/)
    .map((part) => [...part.replace(/^ال(?=..)/, '')].find((letter) => /\p{L}/u.test(letter)) ?? '')
    .filter((letter) => letter !== '')
    .slice(0, 2)
    .join('\u200c')
  const hue = [...customer.key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES
  return h('span', { class: `avatar hue-${hue} ${extra}`, 'aria-hidden': 'true' }, letters)
}

/** Whether a search (names, number, username) finds somebody. */
export function matches(customer: ScenarioCustomer, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  const digits = wanted.replace(/[\s+-]/g, '')
  const texts = [customer.addressBookName, customer.profileName, customer.username]
  return (
    texts.some((text) => text?.toLowerCase().includes(wanted)) ||
    (/^\d+$/.test(digits) && (customer.phone?.includes(digits) ?? false))
  )
}

function usernameOf(customer: ScenarioCustomer): string {
  return `@${customer.username ?? customer.key}`
}
