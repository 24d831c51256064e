import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Failure } from '../sync/api.ts'
import type { MessageKey, Translate } from './language.ts'

/** What a person reads for each error of the API. */
const WORDS: Record<ErrorCode, MessageKey> = {
  bad_request: 'error.bad_request',
  bad_signature: 'error.bad_signature',
  no_member: 'error.no_member',
  wrong_origin: 'error.wrong_origin',
  owner_only: 'error.owner_only',
  not_found: 'error.not_found',
  client_id_reused: 'error.client_id_reused',
  number_exists: 'error.number_exists',
  changed_meanwhile: 'error.changed_meanwhile',
  merge_proved: 'error.merge_proved',
  merge_built_on: 'error.merge_built_on',
  sync_not_open: 'error.sync_not_open',
  edited_on_phone: 'error.edited_on_phone',
  consent_missing: 'error.consent_missing',
  onboarding_closed: 'error.onboarding_closed',
  step_not_open: 'error.step_not_open',
  mode_not_ready: 'error.mode_not_ready',
  upload_offset: 'error.upload_offset',
  upload_not_ready: 'error.upload_not_ready',
  reaction_refused: 'error.reaction_refused',
  upload_gone: 'error.upload_gone',
  file_type: 'error.file_type',
  file_too_large: 'error.file_too_large',
  file_damaged: 'error.file_damaged',
  sound_not_converted: 'error.sound_not_converted',
  video_not_converted: 'error.video_not_converted',
  too_large: 'error.too_large',
  media_unavailable: 'error.media_unavailable',
  too_many: 'error.too_many',
  already_sent: 'error.already_sent',
  send_time_past: 'error.send_time_past',
  number_offboarded: 'error.number_offboarded',
  number_removed: 'error.number_removed',
  number_disabled: 'error.number_disabled',
  number_not_sending: 'error.number_not_sending',
  budget_spent: 'error.budget_spent',
  card_refused: 'error.card_refused',
  reply_window_closed: 'error.reply_window_closed',
  marketing_resting: 'error.marketing_resting',
  phone_number_needed: 'refusal.phoneNumberNeeded',
  template_not_approved: 'error.template_not_approved',
  template_paused: 'error.template_paused',
  template_suspended: 'error.template_suspended',
  template_expired: 'error.template_expired',
  template_inputs: 'error.template_inputs',
  template_invalid: 'error.template_invalid',
  template_exists: 'error.template_exists',
  template_step: 'error.template_step',
  own_review: 'error.own_review',
  template_refused: 'error.template_refused',
  connect_failed: 'error.connect_failed',
  meta_refused: 'error.meta_refused',
  mail_failed: 'error.mail_failed',
  graph_unreachable: 'error.graph_unreachable',
  unavailable: 'error.unavailable',
  internal: 'error.internal',
}

/** What happened and what to do, in the page's language. */
export function failureWords(t: Translate, failure: Failure): string {
  return failure.kind === 'unreachable' ? t('error.unreachable') : codeWords(t, failure.code)
}

/** The same for a bare code; one that this version does not know counts as a fault of ours. */
export function codeWords(t: Translate, code: string): string {
  return t(isErrorCode(code) ? WORDS[code] : 'error.internal')
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(WORDS, code)
}
