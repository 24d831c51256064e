import type { World } from '../world.ts'
import type { Update } from './update.ts'

/** Fields that follow the override addresses; Meta does not say whether the coexistence fields do: here they do. */
const FAMILY = new Set([
  'messages',
  'history',
  'smb_message_echoes',
  'smb_app_state_sync',
  'standby',
  'messaging_handovers',
])

/**
 * Where an update goes: the number's own address, the account's, the app's; `null` when nobody is subscribed, or not to
 * its field.
 */
export function callbackUrl(world: World, update: Update): string | null {
  const account = world.accounts.get(update.accountId)
  if (!account?.subscribed) return null
  const { subscription } = world.settings
  if (subscription?.fields && !subscription.fields.includes(update.field)) return null
  const app = subscription?.url ?? null
  if (!FAMILY.has(update.field)) return app
  const number = update.numberId === null ? null : world.numbers.get(update.numberId)
  return number?.management.overrideUrl ?? account.overrideUrl ?? app
}
