import type { Account } from '../accounts/account.ts'
import { verifyEndpoint } from '../webhook/post.ts'
import type { World } from '../world.ts'
import { type GraphAnswer, type GraphCall, type GraphFailure, success } from './call.ts'

/** Characters: the longest callback address of an override. */
const CALLBACK_CHARS_MAX = 200

/** `POST|GET|DELETE /{waba}/subscribed_apps`: our app on this account, with its own callback address if wished. */
export async function subscribedApps(world: World, account: Account, call: GraphCall): Promise<GraphAnswer> {
  if (call.method === 'GET') return { json: { data: account.subscribed ? [subscribedApp(world, account)] : [] } }
  if (call.method === 'DELETE') {
    account.subscribed = false
    account.overrideUrl = null
    return success()
  }
  const { override_callback_uri: url, verify_token: verifyToken } = call.input
  const fault = url === undefined ? null : await checkCallback(world, url, verifyToken)
  if (fault) return fault
  account.subscribed = true
  account.overrideUrl = typeof url === 'string' ? url : null
  return success()
}

/** `POST|GET|DELETE /{app}/subscriptions`: the app's callback address, as in the App Dashboard. */
export async function appSubscriptions(world: World, call: GraphCall): Promise<GraphAnswer> {
  const { settings } = world
  if (call.method === 'DELETE') {
    settings.subscription = null
    return success()
  }
  if (call.method === 'GET') {
    const row = {
      object: 'whatsapp_business_account',
      callback_url: settings.subscription?.url,
      active: true,
      fields: (settings.subscription?.fields ?? FIELDS).map((name) => ({
        name,
        version: `v${settings.webhookVersion}.0`,
      })),
    }
    return { json: { data: settings.subscription ? [row] : [] } }
  }
  const { object, callback_url: url, verify_token: verifyToken, fields } = call.input
  if (object !== 'whatsapp_business_account') return { code: 100, details: 'object must be whatsapp_business_account.' }
  const fault = await checkCallback(world, url, verifyToken)
  if (fault) return fault
  const chosen = fields === undefined ? undefined : fieldNames(fields)
  if (chosen?.some((name) => !FIELDS.includes(name))) return { code: 100, details: 'fields names an unknown field.' }
  settings.subscription = { url: String(url), verifyToken: String(verifyToken), ...(chosen ? { fields: chosen } : {}) }
  return success()
}

/** A list, or names between commas, as with Meta. */
function fieldNames(fields: unknown): string[] {
  const names: readonly unknown[] = Array.isArray(fields) ? fields : String(fields).split(',')
  return names.map((name) => String(name).trim())
}

/** What can be subscribed to; all of it, unless the subscription says which. */
const FIELDS = [
  ...['messages', 'history', 'smb_app_state_sync', 'smb_message_echoes', 'standby', 'messaging_handovers', 'calls'],
  ...['account_update', 'account_alerts', 'account_review_update', 'account_settings_update'],
  ...['business_capability_update', 'business_username_update', 'phone_number_name_update'],
  ...['phone_number_quality_update', 'security', 'user_preferences', 'flows', 'payment_configuration_update'],
  ...['message_template_status_update', 'message_template_quality_update', 'message_template_components_update'],
  ...['template_category_update', 'template_correct_category_detection', 'partner_solutions'],
]

/** The handshake with a callback address; `null` when it is passed. */
export async function checkCallback(world: World, url: unknown, verifyToken: unknown): Promise<GraphFailure | null> {
  if (typeof url !== 'string' || typeof verifyToken !== 'string')
    return { code: 100, details: 'Both the callback URL and the verify token are required.' }
  if (url.length > CALLBACK_CHARS_MAX)
    return { code: 100, details: `The callback URL must be at most ${CALLBACK_CHARS_MAX} characters long.` }
  const fault = await verifyEndpoint(
    url,
    verifyToken,
    String(world.chance.between(100_000_000, 999_999_999, 'challenge', url)),
  )
  return fault === null ? null : { code: 2200, status: 400, message: `(#2200) Callback verification failed: ${fault}` }
}

function subscribedApp(world: World, account: Account): Record<string, unknown> {
  const { id, name } = world.app
  const override = account.overrideUrl === null ? {} : { override_callback_uri: account.overrideUrl }
  return { whatsapp_business_api_data: { id, link: `https://www.facebook.com/games/?app_id=${id}`, name }, ...override }
}
