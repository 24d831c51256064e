import type { BusinessNumber } from '../../../contract/number.ts'
import type { StateReason } from '../../../contract/state-reason.ts'
import type { MessageKey } from '../../app/language.ts'

/** Why a number is in its state, in a sentence. */
export const REASON_WORDS: Record<StateReason, MessageKey> = {
  connected: 'stateReason.connected',
  history_ended: 'stateReason.history_ended',
  confirmed: 'stateReason.confirmed',
  risk_over: 'stateReason.risk_over',
  phone_silent: 'stateReason.phone_silent',
  token_ending: 'stateReason.token_ending',
  payment_failing: 'stateReason.payment_failing',
  flagged: 'stateReason.flagged',
  device_changed: 'stateReason.device_changed',
  suspended: 'stateReason.suspended',
  not_on_phone: 'stateReason.not_on_phone',
  not_in_api: 'stateReason.not_in_api',
  token_expired: 'stateReason.token_expired',
  account_disconnected: 'stateReason.account_disconnected',
  business_downgrade: 'stateReason.business_downgrade',
  change_number: 'stateReason.change_number',
  user_re_registered: 'stateReason.user_re_registered',
  primary_inactivity: 'stateReason.primary_inactivity',
  companion_inactivity: 'stateReason.companion_inactivity',
  access_lost: 'stateReason.access_lost',
  restricted_by_meta: 'stateReason.restricted_by_meta',
  banned: 'stateReason.banned',
  deleted: 'stateReason.deleted',
}

/** Whether somebody should look at this number: it is not connected, or will not be for long, and not by choice. */
export function needsCare({ state, mode }: Pick<BusinessNumber, 'state' | 'mode'>): boolean {
  return mode !== 'app_only' && CARE.has(state)
}

const CARE: ReadonlySet<BusinessNumber['state']> = new Set([
  'at_risk',
  'offboarded',
  'removed',
  'restricted',
  'disabled',
])

/** A removed number is spoken of above the inbox for this long; some never come back. Milliseconds. */
const REMOVED_SHOWN_MS = 7 * 24 * 60 * 60 * 1000

/** Whether the inbox speaks of this number. A silent phone has a banner of its own, which counts its days. */
export function alarms(
  number: Pick<BusinessNumber, 'mode' | 'state' | 'stateReason' | 'stateSinceMs'>,
  nowMs: number,
): boolean {
  if (!needsCare(number) || number.stateReason === null || number.stateReason === 'phone_silent') return false
  return number.state !== 'removed' || nowMs - number.stateSinceMs < REMOVED_SHOWN_MS
}
