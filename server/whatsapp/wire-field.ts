import { id, list, phone, record, type WireRecord, words } from './wire.ts'

/** Lists of a value, each with the field it usually comes under. */
const LIST_FIELDS: readonly (readonly [key: string, field: string])[] = [
  ['history', 'history'],
  ['state_sync', 'smb_app_state_sync'],
  ['message_echoes', 'smb_message_echoes'],
  ['calls', 'calls'],
  ['user_preferences', 'user_preferences'],
  ['automatic_events', 'automatic_events'],
  ['messages', 'messages'],
  ['statuses', 'messages'],
  ['user_actions', 'messages'],
  ['errors', 'messages'],
]

/** Meta's words in `event`, by field. Template and quality events are told apart by their other keys. */
const EVENT_FIELDS: ReadonlyMap<string, string> = new Map([
  ...(
    [
      'ACCOUNT_DELETED ACCOUNT_OFFBOARDED ACCOUNT_RECONNECTED ACCOUNT_RESTRICTION ACCOUNT_VIOLATION AD_ACCOUNT_LINKED',
      'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE DISABLED_UPDATE MM_LITE_TERMS_SIGNED',
      'PARTNER_ADDED PARTNER_APP_INSTALLED PARTNER_APP_UNINSTALLED PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
      'PARTNER_REMOVED VOLUME_BASED_PRICING_TIER_UPDATE',
    ].flatMap((line) => line.split(' ')) as string[]
  ).map((event) => [event, 'account_update'] as const),
  ...['PIN_CHANGED', 'PIN_RESET_REQUEST', 'PIN_REQUEST_SUCCESS'].map((event) => [event, 'security'] as const),
  ...['SOLUTION_CREATED', 'SOLUTION_UPDATED'].map((event) => [event, 'partner_solutions'] as const),
])

/** What tells an account update whose event has a new name. */
const ACCOUNT_DETAILS = ['waba_info', 'ban_info', 'violation_info', 'disconnection_info'] as const

const GROUP_FIELDS: readonly (readonly [typePrefix: string, field: string])[] = [
  ['group_participants', 'group_participants_update'],
  ['group_join_request', 'group_participants_update'],
  ['group_settings', 'group_settings_update'],
  ['group_suspend', 'group_status_update'],
]

/**
 * Takes a value without its field, gives the field its keys point to, `null` when they point nowhere. Sends, answers
 * and errors of the Graph API point nowhere: they have `messages` or `event` too, yet no `metadata` of a number
 * and none of the lists that only webhooks have.
 */
export function fieldOfValue(value: WireRecord): string | null {
  return hasNumber(value) ? channelField(value) : accountField(value)
}

/** Lists that no request or answer of the Graph API has: they need no `metadata` beside them. */
const WEBHOOKS_ALONE = [
  'history',
  'state_sync',
  'message_echoes',
  'statuses',
  'user_preferences',
  'automatic_events',
] as const

function hasNumber(value: WireRecord): boolean {
  if (WEBHOOKS_ALONE.some((key) => list(value[key]) !== null)) return true
  const metadata = record(value.metadata)
  return id(metadata?.phone_number_id) !== null || phone(metadata?.display_phone_number) !== null
}

function channelField(value: WireRecord): string | null {
  if (record(value.standby) !== null) return 'standby'
  if (record(value.control_passed) !== null || record(value.control_taken) !== null) return 'messaging_handovers'
  const groups = list(value.groups)
  if (groups !== null) return groupField(groups)
  if (list(value.statuses)?.some((status) => record(status)?.type === 'call')) return 'calls'
  for (const [key, field] of LIST_FIELDS) if (list(value[key]) !== null) return field
  return accountField(value)
}

function groupField(groups: readonly unknown[]): string {
  for (const group of groups) {
    const type = words(record(group)?.type) ?? ''
    for (const [prefix, field] of GROUP_FIELDS) if (type.startsWith(prefix)) return field
  }
  return 'group_lifecycle_update'
}

function accountField(value: WireRecord): string | null {
  const event = words(value.event)
  const named = event === null ? undefined : EVENT_FIELDS.get(event)
  if (named !== undefined) return named
  if (record(value.alert_info) !== null || value.alert_type !== undefined) return 'account_alerts'
  if (value.message_template_id !== undefined) return templateField(value)
  if (value.flow_id !== undefined && event !== null) return 'flows'
  if (event !== null && (value.current_limit !== undefined || value.old_limit !== undefined))
    return 'phone_number_quality_update'
  if (value.requested_verified_name !== undefined && value.decision !== undefined) return 'phone_number_name_update'
  if (value.configuration_name !== undefined && value.provider_name !== undefined) return 'payment_configuration_update'
  if (value.max_phone_numbers_per_business !== undefined) return 'business_capability_update'
  if (value.max_phone_numbers_per_waba !== undefined) return 'business_capability_update'
  if (value.max_daily_conversations_per_business !== undefined) return 'business_capability_update'
  if (record(value.phone_number_settings) !== null) return 'account_settings_update'
  if (event !== null && ACCOUNT_DETAILS.some((key) => record(value[key]) !== null)) return 'account_update'
  if (value.username !== undefined && value.display_phone_number !== undefined) return 'business_username_update'
  return words(value.decision) !== null && Object.keys(value).length === 1 ? 'account_review_update' : null
}

function templateField(value: WireRecord): string | null {
  if (value.new_quality_score !== undefined) return 'message_template_quality_update'
  if (value.message_template_element !== undefined) return 'message_template_components_update'
  if (value.new_category !== undefined || value.correct_category !== undefined) return 'template_category_update'
  return words(value.event) === null ? null : 'message_template_status_update'
}
