/**
 * What coexistence changes on the phone: what an owner reads and accepts before connecting. A change of this table or of
 * its words is a new version, so that each consent says what was read.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 * (26 June 2026)
 */
export const phoneChangesVersion = '2026-11-28'

/** What becomes of each feature on the phone, and what of it comes to the API. */
export const PHONE_CHANGES = [
  { feature: 'chats', phone: 'kept', api: 'mirrored' },
  { feature: 'contacts', phone: 'kept', api: 'imported' },
  { feature: 'groups', phone: 'kept', api: 'none' },
  { feature: 'calls', phone: 'kept', api: 'none' },
  { feature: 'status_channels', phone: 'kept', api: 'none' },
  { feature: 'business_tools', phone: 'kept', api: 'none' },
  { feature: 'messaging_tools', phone: 'kept', api: 'none' },
  { feature: 'profile', phone: 'kept', api: 'none' },
  { feature: 'disappearing', phone: 'switched_off', api: 'none' },
  { feature: 'view_once', phone: 'switched_off', api: 'none' },
  { feature: 'live_location', phone: 'switched_off', api: 'none' },
  { feature: 'broadcast_lists', phone: 'read_only', api: 'none' },
  { feature: 'devices', phone: 'unlinked_once', api: 'mirrored' },
  { feature: 'devices_unsupported', phone: 'unlinked', api: 'none' },
  { feature: 'templates', phone: 'none', api: 'api_only' },
] as const

export type PhoneFeature = (typeof PHONE_CHANGES)[number]['feature']
export type OnThePhone = (typeof PHONE_CHANGES)[number]['phone']
export type InTheApi = (typeof PHONE_CHANGES)[number]['api']
