import type { BusinessNumber } from '../accounts/number.ts'
import { tellAccount } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { type GraphAnswer, type GraphCall, noSuchObject, success } from './call.ts'

/** Milliseconds that a username stays reserved before customers see it. Meta does it region by region. */
const RESERVED_MS = 60_000
/** Letters, digits, dots and underscores; a letter in it; no dot at an end or beside another; no address of the web. */
const FORM = /^(?=.*[a-z])(?!\.)(?!.*\.\.)(?!www)[a-z0-9._]{3,35}(?<!\.)$/
const DOMAIN = /\.(com|org|net|int|edu|gov|mil|us|in|io|ai|html)$/

/**
 * `GET|POST|DELETE /{phone}/username`
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-usernames)
 */
export function businessUsername(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  const { management } = number
  if (call.method === 'GET') return { json: management.username ?? {} }
  if (call.method === 'DELETE') {
    const gone = management.username
    management.username = null
    if (gone) tell(world, number, gone.username, 'deleted')
    return success()
  }
  if (call.method !== 'POST') return noSuchObject(call, number.id)
  const { username: wished, transfer_action: transfer } = call.input
  const name = typeof wished === 'string' ? wished.toLowerCase() : ''
  if (!FORM.test(name) || DOMAIN.test(name)) return { code: 100, details: 'Username format is invalid.' }
  const holder = [...world.numbers.values()].find(
    (other) => other !== number && other.management.username?.username === name,
  )
  if (holder && holder.businessId !== number.businessId) return { code: 147001 }
  if (holder && transfer !== 'force_transfer') return { code: 147005 }
  if (holder) {
    holder.management.username = null
    tell(world, holder, name, 'deleted')
  }
  reserve(world, number, name)
  return { json: { status: 'reserved' } }
}

/** `GET /{phone}/username_suggestions`: names that are kept for the business. */
export function usernameSuggestions(number: BusinessNumber): GraphAnswer {
  const words = number.business.verifiedName.toLowerCase().replace(/[^a-z0-9]+/g, '_')
  const name = words.replace(/^_+|_+$/g, '')
  return { json: { data: FORM.test(name) ? [{ username_suggestions: [name, `${name}_official`] }] : [] } }
}

function reserve(world: World, number: BusinessNumber, username: string): void {
  const reserved = { username, status: 'reserved' }
  number.management.username = reserved
  tell(world, number, username, 'reserved')
  world.clock.at(world.clock.nowMs() + RESERVED_MS, () => {
    // Changed or given up meanwhile: that username is no longer the number's.
    if (number.management.username !== reserved) return
    reserved.status = 'approved'
    tell(world, number, username, 'approved')
  })
}

function tell(world: World, number: BusinessNumber, username: string, status: string): void {
  const { phone } = number.business
  tellAccount(world, number.accountId, 'business_username_update', { display_phone_number: phone, username, status })
}
