import type { DisconnectReason, Onboard, OnboardAnswer } from '../control-api.ts'
import { tellAccount } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { graphId, opaque, waacId } from './ids.ts'
import { type BusinessNumber, createNumber } from './number.ts'

/** Milliseconds between offboarding and the automatic reconnection of a re-registered phone. */
const RECONNECT_MS = 90_000
/** Digits of a phone number with country code. */
const PHONE = /^\d{7,15}$/

/** Who ends a connection, by the reason that Meta gives (https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update). */
export const INITIATED_BY: Readonly<Record<DisconnectReason, 'USER' | 'SYSTEM'>> = {
  ACCOUNT_DISCONNECTED: 'USER',
  BUSINESS_DOWNGRADE: 'USER',
  CHANGE_NUMBER: 'USER',
  USER_RE_REGISTERED: 'USER',
  PRIMARY_INACTIVITY: 'SYSTEM',
  COMPANION_INACTIVITY: 'SYSTEM',
}

/**
 * The owner goes through Embedded Signup: the number is connected, all companions are unlinked, the two syncs may be
 * asked for once each within 24 hours. Or only the account is granted. Gives the code, to be exchanged within 30 seconds.
 */
export function onboard(world: World, number: BusinessNumber, request: Onboard): OnboardAnswer {
  const nowMs = world.clock.nowMs()
  if (request.accessOnly !== true) connectNumber(world, number, request)
  const code = `AQ${opaque(world.chance, 'code', 120)}`
  world.codes.set(code, {
    accountIds: [number.accountId, ...(request.accountIds ?? [])],
    issuedAtMs: nowMs,
    used: false,
  })
  const answer = { code, wabaId: number.accountId, phoneNumberId: number.id, businessId: number.businessId }
  if (request.accountModel !== true) return answer
  return { ...answer, waacId: waacId(world.chance, number.id), messagingAccountId: number.accountId }
}

function connectNumber(world: World, number: BusinessNumber, request: Onboard): void {
  number.connection = 'connected'
  number.apiOnly = request.apiOnly ?? false
  number.offSinceMs = null
  number.devices.length = 0
  Object.assign(number.onboarding, {
    atMs: world.clock.nowMs(),
    shareHistory: request.shareHistory ?? true,
    contactsRequestId: null,
    historyRequestId: null,
  })
  world.counters.add('onboardings')
}

/** The connection ends for that reason; one sentence when there is none. */
export function disconnect(world: World, number: BusinessNumber, reason: DisconnectReason): { error: string } | null {
  if (number.connection !== 'connected' && number.connection !== 'offboarded')
    return { error: 'The number is not connected.' }
  number.connection = 'removed'
  world.counters.add('disconnections')
  tellAccount(world, number.accountId, 'account_update', {
    phone_number: number.business.phone,
    event: 'PARTNER_REMOVED',
    waba_info: { waba_id: number.accountId, owner_business_id: number.businessId },
    disconnection_info: { reason, initiated_by: INITIATED_BY[reason] },
  })
  return null
}

/**
 * A new device: offboarded, and reconnected by itself unless the owner declines that; Meta's samples stamp the second
 * one second before the first.
 */
export function reregister(world: World, number: BusinessNumber, reconnects: boolean): { error: string } | null {
  if (number.connection !== 'connected') return { error: 'The number is not connected.' }
  number.connection = 'offboarded'
  number.offSinceMs = null
  number.devices.length = 0
  const timeS = Math.floor(world.clock.nowMs() / 1000)
  const waba_info = { waba_id: number.accountId }
  tellAccount(world, number.accountId, 'account_update', { event: 'ACCOUNT_OFFBOARDED', waba_info }, timeS)
  if (!reconnects) return null
  world.clock.at(world.clock.nowMs() + RECONNECT_MS, () => {
    if (number.connection !== 'offboarded') return
    number.connection = 'connected'
    tellAccount(world, number.accountId, 'account_update', { event: 'ACCOUNT_RECONNECTED', waba_info }, timeS - 1)
  })
  return null
}

/**
 * The owner moves to another number: the connection ends, and the phone goes on, chats and all, as a number that Meta has
 * never seen. Under the old id stays what a partner still finds of it: nothing but a refusal, and what it had sent.
 */
export function changeNumber(world: World, number: BusinessNumber, phone: string): { error: string } | null {
  if (!PHONE.test(phone)) return { error: 'phone must be digits with country code.' }
  if ([...world.numbers.values()].some((other) => other.business.phone === phone))
    return { error: `Some phone has the number ${phone} already.` }
  disconnect(world, number, 'CHANGE_NUMBER')
  const { id, accountId, businessId, business, scenario } = number
  world.numbers.delete(id)
  if (number.onboarding.atMs !== null) {
    const old = createNumber({ id, accountId, businessId, business, scenario })
    old.connection = 'removed'
    old.accepted.push(...number.accepted.splice(0))
    world.numbers.set(id, old)
  }
  number.id = graphId(world.chance)
  number.business = { ...business, phone, displayPhone: `+${phone}` }
  number.connection = 'app_only'
  number.outgoing.clear()
  Object.assign(number.onboarding, { atMs: null, shareHistory: null, contactsRequestId: null, historyRequestId: null })
  world.numbers.set(number.id, number)
  return null
}
