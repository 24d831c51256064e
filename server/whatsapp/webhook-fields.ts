import type { NumberMode } from '../../contract/number.ts'

interface WebhookField {
  readonly name: string
  readonly needed: boolean
  readonly only?: NumberMode
}

/**
 * The webhook fields that Wasl reads. Without a `needed` one messages, or the end of a connection, would be missed in silence.
 * `only`: it comes from numbers of that mode alone.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export const WEBHOOK_FIELDS: readonly WebhookField[] = [
  { name: 'messages', needed: true },
  { name: 'history', needed: true, only: 'coexistence' },
  { name: 'smb_app_state_sync', needed: true, only: 'coexistence' },
  { name: 'smb_message_echoes', needed: true, only: 'coexistence' },
  { name: 'calls', needed: false, only: 'api_only' },
  { name: 'account_update', needed: true },
  { name: 'account_alerts', needed: false },
  { name: 'account_review_update', needed: false },
  { name: 'business_capability_update', needed: false },
  { name: 'message_template_status_update', needed: false },
  { name: 'message_template_quality_update', needed: false },
  { name: 'message_template_components_update', needed: false },
  { name: 'template_category_update', needed: false },
  { name: 'phone_number_quality_update', needed: false },
  { name: 'phone_number_name_update', needed: false },
  { name: 'security', needed: false },
  { name: 'user_preferences', needed: false },
  { name: 'business_username_update', needed: false },
  { name: 'standby', needed: false },
  { name: 'messaging_handovers', needed: false },
]

/** Whether a field is among those subscribed to; Meta's pages spell one of them in two ways. */
export function isSubscribed(fields: readonly string[], name: string): boolean {
  return fields.includes(name) || fields.includes(`${name}s`)
}
