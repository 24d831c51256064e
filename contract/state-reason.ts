import type { UnixMs } from './ids.ts'

/**
 * Why Meta says a connection was ended.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update
 */
export const REMOVAL_REASONS = [
  'account_disconnected',
  'business_downgrade',
  'change_number',
  'user_re_registered',
  'primary_inactivity',
  'companion_inactivity',
] as const
export type RemovalReason = (typeof REMOVAL_REASONS)[number]

/** Why a number is in its state; one sentence each, in both languages. */
export type StateReason =
  // On its way, or well.
  | 'connected'
  | 'history_ended'
  | 'confirmed'
  | 'risk_over'
  // At risk.
  | 'phone_silent'
  | 'token_ending'
  | 'payment_failing'
  | 'flagged'
  // Offboarded.
  | 'device_changed'
  | 'suspended'
  | 'not_on_phone'
  | 'not_in_api'
  | 'token_expired'
  // Removed: Meta's six, or nothing but a lost access.
  | RemovalReason
  | 'access_lost'
  // Restricted, disabled.
  | 'restricted_by_meta'
  | 'banned'
  | 'deleted'

/** What showed a state. */
export interface StateEvidence {
  /** `graph`: Meta's answer; `time`: what is known about phone and token, as time passes; `onboarding`, `import`: our own work. */
  readonly by: 'graph' | 'time' | 'onboarding' | 'import'
  /** Meta's answer: error code and trace id, or the fields of the number. */
  readonly errorCode?: number
  readonly traceId?: string | null
  readonly isOnBizApp?: boolean
  readonly platformType?: string | null
  readonly status?: string | null
  /** Meta's notice that named the reason, and who began it. */
  readonly notice?: string
  readonly initiatedBy?: string | null
  readonly lastSignMs?: UnixMs | null
  readonly tokenExpiresAtMs?: UnixMs | null
}

/** What showed that the phone is alive: it connected the number, sent a message, its address book, its history, its owner's word. */
export type SignKind = 'connected' | 'echo' | 'contact' | 'history' | 'opened'
