import type { IdentityMode } from '../control-api.ts'
import type { Chance } from '../random.ts'
import type { ScenarioBusiness, ScenarioCustomer } from '../scenario.ts'

export const IDENTITY_MODES: readonly IdentityMode[] = ['phone', 'both', 'user_id']

/**
 * The customers of a scenario as one era of WhatsApp would show them all: by number alone (before 2026), by number and user
 * id, or by user id alone. What somebody lacks for it is made up from the seed.
 */
export function withIdentity(
  customers: readonly ScenarioCustomer[],
  mode: IdentityMode,
  business: ScenarioBusiness,
  chance: Chance,
): ScenarioCustomer[] {
  const taken = new Set(customers.map((customer) => customer.phone))
  const phoneOf = (customer: ScenarioCustomer): string => {
    if (customer.phone !== null) return customer.phone
    let phone = ''
    for (let at = 0; phone === '' || taken.has(phone); at++)
      phone = `${business.phone.slice(0, 5)}${chance.between(1_000_000, 9_999_999, 'phone of', customer.key, at)}`
    taken.add(phone)
    return phone
  }
  const userIdOf = (customer: ScenarioCustomer): string =>
    customer.userId ??
    `${business.country}.${chance.between(1_000_000_000, 2_000_000_000, 'user', customer.key)}${chance.between(100_000, 999_999, 'id', customer.key)}`
  return customers.map((customer) => {
    if (mode === 'phone') return { ...customer, phone: phoneOf(customer), userId: null, username: null }
    if (mode === 'both') return { ...customer, phone: phoneOf(customer), userId: userIdOf(customer) }
    const username = customer.username ?? `user.${customer.key}`
    return { ...customer, phone: null, userId: userIdOf(customer), username }
  })
}
