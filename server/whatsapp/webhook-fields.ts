/**
 * The webhook fields that Wasl reads. Without a `needed` one messages, or the end of a connection, would be missed in silence.
 * `onPhone`: it comes only from numbers that are on a phone too.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export const WEBHOOK_FIELDS: readonly { readonly name: string; readonly needed: boolean; readonly onPhone?: true }[] = [
  { name: 'messages', needed: true },
  { name: 'history', needed: true, onPhone: true },
  { name: 'smb_app_state_sync', needed: true, onPhone: true },
  { name: 'smb_message_echoes', needed: true, onPhone: true },
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
