import {
  type GraphErrorAction,
  type GraphErrorActor,
  type GraphErrorCost,
  type GraphErrorMessage,
  listedGraphError,
} from '../../../contract/graph-errors.ts'
import type { MessageKey } from '../../app/language.ts'

/** The sentence for a code of Meta's; `null` for one that is not listed: then Meta's own words are all there is. */
export function refusalOf(code: number): MessageKey | null {
  const rule = listedGraphError(code)
  return rule === null ? null : REFUSAL_WORDS[rule.message]
}

/** What a refusal of WhatsApp's means, and what can be done, in words of who has a shop. */
export const REFUSAL_WORDS: Record<GraphErrorMessage, MessageKey> = {
  service_unavailable: 'refusal.serviceUnavailable',
  requests_limited: 'refusal.requestsLimited',
  throughput_limited: 'refusal.throughputLimited',
  customer_limited: 'refusal.customerLimited',
  access_lost: 'refusal.accessLost',
  number_deleted: 'refusal.numberDeleted',
  unknown: 'refusal.unknown',
  invalid_request: 'refusal.invalidRequest',
  account_restricted: 'refusal.accountRestricted',
  country_restricted: 'refusal.countryRestricted',
  spam_limited: 'refusal.spamLimited',
  misclassified: 'refusal.misclassified',
  marketing_experiment: 'refusal.marketingExperiment',
  marketing_limited: 'refusal.marketingLimited',
  user_stopped_marketing: 'refusal.userStoppedMarketing',
  marketing_elsewhere: 'refusal.marketingElsewhere',
  marketing_not_ready: 'refusal.marketingNotReady',
  marketing_template_missing: 'refusal.marketingTemplateMissing',
  same_sender_and_recipient: 'refusal.sameSenderAndRecipient',
  undeliverable: 'refusal.undeliverable',
  not_in_test_list: 'refusal.notInTestList',
  display_name_not_approved: 'refusal.displayNameNotApproved',
  payment_needed: 'refusal.paymentNeeded',
  payment_terms: 'refusal.paymentTerms',
  reply_window_closed: 'refusal.replyWindowClosed',
  unsupported_type: 'refusal.unsupportedType',
  media_download_failed: 'refusal.mediaDownloadFailed',
  media_upload_failed: 'refusal.mediaUploadFailed',
  message_unavailable: 'refusal.messageUnavailable',
  phone_number_needed: 'refusal.phoneNumberNeeded',
  not_thread_owner: 'refusal.notThreadOwner',
  identity_changed: 'refusal.identityChanged',
  group: 'refusal.group',
  template_parameters: 'refusal.templateParameters',
  template_too_long: 'refusal.templateTooLong',
  template_missing: 'refusal.templateMissing',
  template_content: 'refusal.templateContent',
  template_limit: 'refusal.templateLimit',
  template_insights: 'refusal.templateInsights',
  template_paused: 'refusal.templatePaused',
  template_disabled: 'refusal.templateDisabled',
  flow: 'refusal.flow',
  pin: 'refusal.pin',
  not_registered: 'refusal.notRegistered',
  registration_limited: 'refusal.registrationLimited',
  calling: 'refusal.calling',
  block_list: 'refusal.blockList',
  username: 'refusal.username',
  migration: 'refusal.migration',
  signup: 'refusal.signup',
  sync_used_up: 'refusal.syncUsedUp',
  sync_too_late: 'refusal.syncTooLate',
  history_not_shared: 'refusal.historyNotShared',
}

export const ACTOR_WORDS: Record<GraphErrorActor, MessageKey> = {
  nobody: 'refusalActor.nobody',
  customer: 'refusalActor.customer',
  writer: 'refusalActor.writer',
  owner: 'refusalActor.owner',
  operator: 'refusalActor.operator',
}

export const COST_WORDS: Record<GraphErrorCost, MessageKey> = {
  nothing: 'refusalCost.nothing',
  unclear: 'refusalCost.unclear',
}

export const ACTION_WORDS: Record<GraphErrorAction, MessageKey> = {
  retry: 'refusalAction.retry',
  wait: 'refusalAction.wait',
  reconnect: 'refusalAction.reconnect',
  tell_user: 'refusalAction.tell_user',
}
