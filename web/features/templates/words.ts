import type { TemplateEvent } from '../../../contract/api/templates.ts'
import type { TemplateCategory } from '../../../contract/template.ts'
import type { TemplateRule } from '../../../contract/template-rules-text.ts'
import type { ReviewState, TemplateStanding } from '../../../contract/template-standing.ts'
import type { MessageKey, Translate } from '../../app/language.ts'

/** What a person reads for where a template stands. */
export const STANDING_WORDS: Record<TemplateStanding, { readonly short: MessageKey; readonly long: MessageKey }> = {
  put_away: { short: 'template.putAway', long: 'template.putAwayLead' },
  archived: { short: 'template.archived', long: 'template.archivedLead' },
  unsubmitted: { short: 'template.unsubmitted', long: 'template.unsubmittedLead' },
  deleted: { short: 'template.deleted', long: 'template.deletedLead' },
  disabled: { short: 'template.disabled', long: 'template.disabledLead' },
  paused: { short: 'template.paused', long: 'template.pausedLead' },
  rejected: { short: 'template.rejected', long: 'template.rejectedLead' },
  pending: { short: 'template.pending', long: 'template.pendingLead' },
  suspended: { short: 'template.suspended', long: 'template.suspendedLead' },
  expired: { short: 'template.expired', long: 'template.expiredLead' },
  due: { short: 'template.due', long: 'template.dueLead' },
  approved: { short: 'template.approved', long: 'template.approvedLead' },
}

export const REVIEW_WORDS: Record<ReviewState, MessageKey> = {
  draft: 'template.review.draft',
  in_review: 'template.review.in_review',
  returned: 'template.review.returned',
  reviewed: 'template.review.reviewed',
  submitted: 'template.review.submitted',
}

export const CATEGORY_WORDS: Record<TemplateCategory, { readonly short: MessageKey; readonly long: MessageKey }> = {
  MARKETING: { short: 'template.marketing', long: 'template.marketingLead' },
  UTILITY: { short: 'template.utility', long: 'template.utilityLead' },
  AUTHENTICATION: { short: 'template.authentication', long: 'template.authenticationLead' },
}

/** A category in words; Meta's own word where it has a new one. */
export function categoryWords(t: Translate, category: string): string {
  return Object.hasOwn(CATEGORY_WORDS, category) ? t(CATEGORY_WORDS[category as TemplateCategory].short) : category
}

const QUALITY_WORDS: Readonly<Record<string, MessageKey>> = {
  GREEN: 'template.quality.green',
  YELLOW: 'template.quality.yellow',
  RED: 'template.quality.red',
}
/** What customers make of a template; `null` while Meta does not know. */
export function qualityWords(quality: string | null): MessageKey | null {
  return quality === null ? null : (QUALITY_WORDS[quality] ?? null)
}

/**
 * Why Meta rejected.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update
 */
const REJECTIONS: Readonly<Record<string, MessageKey>> = {
  ABUSIVE_CONTENT: 'template.reject.abusive',
  INCORRECT_CATEGORY: 'template.reject.category',
  INVALID_FORMAT: 'template.reject.format',
  PROMOTIONAL: 'template.reject.promotional',
  SCAM: 'template.reject.scam',
  TAG_CONTENT_MISMATCH: 'template.reject.category',
}
export function rejectionWords(reason: string | null): MessageKey | null {
  return reason === null ? null : (REJECTIONS[reason] ?? null)
}

export const EVENT_WORDS: Record<TemplateEvent['kind'], MessageKey> = {
  found: 'template.event.found',
  written: 'template.event.written',
  asked: 'template.event.asked',
  approved: 'template.event.approved',
  returned: 'template.event.returned',
  submitted: 'template.event.submitted',
  meta_status: 'template.event.meta_status',
  meta_category: 'template.event.meta_category',
  meta_quality: 'template.event.meta_quality',
  drifted: 'template.event.drifted',
  in_step: 'template.event.in_step',
  adopted: 'template.event.adopted',
  confirmed: 'template.event.confirmed',
  put_away: 'template.event.put_away',
  taken_out: 'template.event.taken_out',
  archived: 'template.event.archived',
  unarchived: 'template.event.unarchived',
  unpaused: 'template.event.unpaused',
  removed: 'template.event.removed',
}

export const RULE_WORDS: Record<TemplateRule, MessageKey> = {
  name_form: 'template.rule.name_form',
  language_form: 'template.rule.language_form',
  component_unknown: 'template.rule.component_unknown',
  text_missing: 'template.rule.text_missing',
  too_long: 'template.rule.too_long',
  blank_lines: 'template.rule.blank_lines',
  header_plain: 'template.rule.header_plain',
  header_variables: 'template.rule.header_variables',
  footer_variables: 'template.rule.footer_variables',
  sample_missing: 'template.rule.sample_missing',
  media_sample_missing: 'template.rule.media_sample_missing',
  variable_form: 'template.rule.variable_form',
  variable_order: 'template.rule.variable_order',
  variable_edge: 'template.rule.variable_edge',
  variable_adjacent: 'template.rule.variable_adjacent',
  variable_many: 'template.rule.variable_many',
  too_many: 'template.rule.too_many',
  quick_replies_apart: 'template.rule.quick_replies_apart',
  url_form: 'template.rule.url_form',
  url_variable: 'template.rule.url_variable',
  phone_form: 'template.rule.phone_form',
  code_form: 'template.rule.code_form',
  flow_missing: 'template.rule.flow_missing',
  cards_count: 'template.rule.cards_count',
  cards_differ: 'template.rule.cards_differ',
  card_header: 'template.rule.card_header',
  carousel_alone: 'template.rule.carousel_alone',
  offer_marketing: 'template.rule.offer_marketing',
  offer_footer: 'template.rule.offer_footer',
  offer_button: 'template.rule.offer_button',
  authentication_only: 'template.rule.authentication_only',
  authentication_form: 'template.rule.authentication_form',
  authentication_button: 'template.rule.authentication_button',
  authentication_app: 'template.rule.authentication_app',
  authentication_terms: 'template.rule.authentication_terms',
}

/** Meta's words for a status, in ours. */
const STATUSES: Readonly<Record<string, MessageKey>> = {
  APPROVED: 'template.approved',
  PENDING: 'template.pending',
  IN_APPEAL: 'template.pending',
  REJECTED: 'template.rejected',
  PAUSED: 'template.paused',
  DISABLED: 'template.disabled',
  DELETED: 'template.deleted',
  PENDING_DELETION: 'template.deleted',
  ARCHIVED: 'template.archived',
}

/** What stands beside a step: a word of Meta's as a person reads it, or what somebody wrote. */
export function noteWords(t: Translate, { kind, note }: Pick<TemplateEvent, 'kind' | 'note'>): string | null {
  if (note === null) return null
  if (kind === 'meta_category') return categoryWords(t, note)
  if (kind === 'meta_quality') return t(qualityWords(note) ?? 'template.quality.unknown')
  const isStatus = kind === 'found' || kind === 'meta_status' || kind === 'submitted'
  const status = isStatus ? STATUSES[note] : undefined
  return status === undefined ? note : t(status)
}
