import type { BusinessNumber } from '../accounts/number.ts'
import type { World } from '../world.ts'
import { type GraphAnswer, type GraphCall, type GraphFailure, noSuchObject, success } from './call.ts'
import { askedFields } from './fields.ts'
import { checkCallback } from './subscriptions.ts'

const DEFAULT_FIELDS = [
  'verified_name',
  'display_phone_number',
  'code_verification_status',
  'quality_rating',
  'platform_type',
  'throughput',
  'last_onboarded_time',
  'webhook_configuration',
]
const LIST_FIELDS = [
  'verified_name',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'is_on_biz_app',
  'code_verification_status',
  'name_status',
  'status',
]

/** `GET /{waba}/phone_numbers` */
export function phoneNumbers(world: World, accountId: string, call: GraphCall): GraphAnswer {
  const numbers = [...world.numbers.values()].filter((number) => number.accountId === accountId)
  const fields = namesOf(call, LIST_FIELDS)
  if ('code' in fields) return fields
  const data = numbers.map((number) => fieldsOf(world, number, fields))
  return { json: { data, paging: { cursors: { before: 'QVFIUhR0', after: 'QVFIUmx1' } } } }
}

/** `GET /{phone}?fields=` and `POST /{phone}` {webhook_configuration, pin}. */
export async function phoneNumber(world: World, number: BusinessNumber, call: GraphCall): Promise<GraphAnswer> {
  if (call.method === 'GET') {
    const fields = namesOf(call, DEFAULT_FIELDS)
    return 'code' in fields ? fields : { json: fieldsOf(world, number, fields) }
  }
  if (call.method !== 'POST') return noSuchObject(call, number.id)
  const { webhook_configuration: configuration, pin } = call.input
  if (pin !== undefined) {
    if (!/^\d{6}$/.test(String(pin))) return { code: 100, details: 'pin must have six digits.' }
    number.management.pin = String(pin)
    return success()
  }
  if (typeof configuration !== 'object' || configuration === null)
    return { code: 100, details: 'Nothing to set: give webhook_configuration or pin.' }
  const { override_callback_uri: url, verify_token: verifyToken } = configuration as Record<string, unknown>
  if (url === '') number.management.overrideUrl = null
  else {
    const fault = await checkCallback(world, url, verifyToken)
    if (fault) return fault
    number.management.overrideUrl = String(url)
  }
  return success()
}

/** `/{phone}/register` and `/deregister`: the app has registered the number, and only the app may end it. */
export function registration(world: World, number: BusinessNumber, edge: string): GraphAnswer {
  world.counters.add('registrations_asked')
  if (number.connection === 'removed') return { code: 133010 }
  if (edge === 'register')
    return {
      code: 100,
      details: 'Phone numbers of the WhatsApp Business app are registered by the app and cannot be registered here.',
    }
  return { code: 100, details: 'Phone numbers in use with the WhatsApp Business app cannot be deregistered.' }
}

function namesOf(call: GraphCall, usual: readonly string[]): readonly string[] | GraphFailure {
  const text = call.query.fields ?? usual.join(',')
  const asked = askedFields(text, Object.keys(FIELDS), 'WhatsAppBusinessPhoneNumber')
  return 'code' in asked ? asked : asked.map(({ name }) => name)
}

function fieldsOf(world: World, number: BusinessNumber, names: readonly string[]): Record<string, unknown> {
  return { ...Object.fromEntries(names.map((name) => [name, FIELDS[name]?.(world, number)])), id: number.id }
}

const FIELDS: Readonly<Record<string, (world: World, number: BusinessNumber) => unknown>> = {
  id: (_world, number) => number.id,
  verified_name: (_world, number) => number.business.verifiedName,
  display_phone_number: (_world, number) => number.business.displayPhone,
  quality_rating: () => 'GREEN',
  code_verification_status: () => 'VERIFIED',
  name_status: () => 'APPROVED',
  status: (_world, number) => (number.connection === 'connected' ? 'CONNECTED' : 'DISCONNECTED'),
  platform_type: platformType,
  throughput: () => ({ level: 'STANDARD' }),
  is_on_biz_app: (_world, number) => number.apiOnly !== true,
  is_official_business_account: () => false,
  is_pin_enabled: (_world, number) => number.management.pin !== null,
  account_mode: () => 'LIVE',
  health_status: health,
  messaging_limit_tier: messagingTier,
  whatsapp_business_manager_messaging_limit: messagingTier,
  webhook_configuration: webhookConfiguration,
  last_onboarded_time: (_world, number) => (number.onboarding.atMs === null ? null : graphTime(number.onboarding.atMs)),
  username: (_world, number) => number.management.username?.username ?? null,
}

function messagingTier(world: World, { accountId }: BusinessNumber): string | undefined {
  return world.accounts.get(accountId)?.messagingTier
}

function webhookConfiguration(world: World, number: BusinessNumber): Record<string, string> {
  const account = world.accounts.get(number.accountId)?.overrideUrl
  return {
    ...(number.management.overrideUrl ? { phone_number: number.management.overrideUrl } : {}),
    ...(account ? { whatsapp_business_account: account } : {}),
    ...(world.settings.subscription ? { application: world.settings.subscription.url } : {}),
  }
}

/** Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status */
const UNPAID = {
  can_send_message: 'BLOCKED',
  errors: [
    {
      error_code: 141006,
      error_description: 'There is an error with the payment method.',
      possible_solution: 'Add a valid payment method in Payment settings.',
    },
  ],
}

function health(world: World, number: BusinessNumber): Record<string, unknown> {
  const can = number.connection === 'connected' ? 'AVAILABLE' : 'BLOCKED'
  const paying = world.accounts.get(number.accountId)?.paymentFails !== true
  const entities = [
    { entity_type: 'PHONE_NUMBER', id: number.id, can_send_message: can },
    { entity_type: 'WABA', id: number.accountId, ...(paying ? { can_send_message: 'AVAILABLE' } : UNPAID) },
    { entity_type: 'BUSINESS', id: number.businessId, can_send_message: 'AVAILABLE' },
    { entity_type: 'APP', id: world.app.id, can_send_message: 'AVAILABLE' },
  ]
  return { can_send_message: paying ? can : 'BLOCKED', entities }
}

/** Right after a signup Meta's own pages may not show yet that the number is in the API. */
function platformType(world: World, number: BusinessNumber): string {
  const { atMs } = number.onboarding
  const isShown = atMs === null || world.clock.nowMs() - atMs >= world.settings.faults.healthLagMs
  const isThere = number.connection === 'connected' || number.connection === 'offboarded'
  return isThere && isShown ? 'CLOUD_API' : 'NOT_APPLICABLE'
}

/** Graph's time format: `2026-11-23T08:00:00+0000`. */
export function graphTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, '+0000')
}
