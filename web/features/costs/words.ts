import type { PriceCategory, PriceReason, PricingEra } from '../../../contract/costs.ts'
import type { MessageKey, Translate } from '../../app/language.ts'

export const ERA_WORDS = {
  conversation: 'costs.eraConversation',
  per_message: 'costs.eraPerMessage',
  service_charged: 'costs.eraServiceCharged',
} as const satisfies Record<PricingEra, MessageKey>

export const REASON_WORDS = {
  regular: 'costs.regular',
  free_tier: 'costs.freeTier',
  free_window: 'costs.freeWindow',
  free_entry_point: 'costs.freeEntryPoint',
  free_reaction: 'costs.freeReaction',
  free_told: 'costs.freeTold',
  exempt: 'costs.exempt',
  open_conversation: 'costs.openConversation',
  phone: 'costs.phone',
} as const satisfies Record<PriceReason, MessageKey>

const CATEGORY_WORDS = {
  marketing: 'costs.marketing',
  utility: 'costs.utility',
  authentication: 'costs.authentication',
  authentication_international: 'costs.authenticationInternational',
  service: 'costs.service',
  referral_conversion: 'costs.referral',
} as const satisfies Record<PriceCategory | 'referral_conversion', MessageKey>

/** A category as people read it; one of Meta's that Wasl does not know stays in Meta's words. */
export function categoryWords(t: Translate, category: string): string {
  const known = (CATEGORY_WORDS as Readonly<Record<string, MessageKey>>)[category]
  return known === undefined ? category : t(known)
}

/** A category and why it costs what it costs, as the report's key of both. */
export function kindWords(t: Translate, key: string): string {
  const [category = '', reason = ''] = key.split(' ')
  return `${categoryWords(t, category)} · ${t(REASON_WORDS[reason as PriceReason])}`
}
