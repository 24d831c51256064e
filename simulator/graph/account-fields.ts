import type { Account } from '../accounts/account.ts'
import type { World } from '../world.ts'
import { isMetric, metricOf } from './analytics.ts'
import { type GraphAnswer, type GraphCall, noSuchObject } from './call.ts'
import { askedFields } from './fields.ts'
import { graphTime } from './phone.ts'

const DEFAULT_FIELDS = 'id,name,timezone_id,message_template_namespace'

const FIELDS: Readonly<Record<string, (account: Account) => unknown>> = {
  id: (account) => account.id,
  name: (account) => account.name,
  currency: () => 'USD',
  timezone_id: () => '1',
  message_template_namespace: (account) => `ns_${account.id}`,
  account_review_status: () => 'APPROVED',
  business_verification_status: () => 'verified',
  ownership_type: () => 'CLIENT_OWNED',
  owner_business_info: (account) => ({ name: account.name, id: account.businessId }),
  creation_time: () => graphTime(0),
  is_enabled_for_insights: (account) => account.insights,
  primary_funding_id: (account) => account.fundingId,
  marketing_messages_lite_api_status: () => 'INELIGIBLE',
  health_status: (account) => ({
    can_send_message: 'AVAILABLE',
    entities: [{ entity_type: 'WABA', id: account.id, can_send_message: 'AVAILABLE' }],
  }),
}
const METRICS = [
  'analytics',
  'conversation_analytics',
  'pricing_analytics',
  'template_analytics',
  'template_group_analytics',
  'call_analytics',
]

/** `GET /{waba}?fields=`: what the account is, and its analytics; `POST` enables template insights, once and for all. */
export function accountNode(world: World, account: Account, call: GraphCall): GraphAnswer {
  if (call.method === 'POST') return enableInsights(account, call)
  if (call.method !== 'GET') return noSuchObject(call, account.id)
  const known = [...Object.keys(FIELDS), ...METRICS]
  const asked = askedFields(call.query.fields ?? DEFAULT_FIELDS, known, 'WhatsAppBusinessAccount')
  if ('code' in asked) return asked
  const json: Record<string, unknown> = {}
  for (const field of asked) {
    const metric = isMetric(field.name) ? metricOf(world, account, field.name, field.parameters) : null
    if (metric && 'code' in metric) return metric
    json[field.name] = metric ? metric.json : FIELDS[field.name]?.(account)
  }
  return { json: { ...json, id: account.id } }
}

function enableInsights(account: Account, call: GraphCall): GraphAnswer {
  const wished = call.input.is_enabled_for_insights
  if (wished === undefined) return { code: 100, details: 'Nothing to set: give is_enabled_for_insights.' }
  if (String(wished) === 'true') account.insights = true
  else if (account.insights) return { code: 200006 }
  return { json: { id: account.id } }
}
