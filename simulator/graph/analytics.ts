import type { Account } from '../accounts/account.ts'
import type { BusinessNumber, SentStatus } from '../accounts/number.ts'
import type { Outgoing } from '../chat/outgoing.ts'
import type { World } from '../world.ts'
import type { GraphAnswer, GraphCall, GraphFailure } from './call.ts'

/** Seconds. */
const HALF_HOUR_S = 1_800
const DAY_S = 86_400
/** How finely a metric can be asked for; Meta spells the same two ways. */
const GRANULARITIES: Readonly<Record<string, readonly string[]>> = {
  analytics: ['HALF_HOUR', 'DAY', 'MONTH'],
  conversation_analytics: ['HALF_HOUR', 'DAILY', 'MONTHLY'],
  pricing_analytics: ['HALF_HOUR', 'DAILY', 'MONTHLY'],
  template_analytics: ['DAILY'],
  template_group_analytics: ['DAILY'],
  call_analytics: ['HALF_HOUR', 'DAILY', 'MONTHLY'],
}
/** Metrics for which template insights must have been enabled. */
const OF_TEMPLATES = ['template_analytics', 'template_group_analytics']

type Parameters = Readonly<Record<string, string>>
type Point = Record<string, unknown>

export function isMetric(name: string): boolean {
  return name in GRANULARITIES
}

/**
 * A metric of an account between two instants (Unix seconds), counted from what the API really sent since the start; what
 * the owner wrote in the app is not in it. Costs are 0: no price list is simulated.
 */
export function metricOf(world: World, account: Account, metric: string, parameters: Parameters): GraphAnswer {
  if (OF_TEMPLATES.includes(metric) && !account.insights) return { code: 200005 }
  const range = rangeOf(metric, parameters)
  if ('code' in range) return range
  const wanted = list(parameters.phone_numbers)
  const numbers = [...world.numbers.values()].filter(
    (number) =>
      number.accountId === account.id &&
      (wanted.length === 0 || wanted.some((each) => [number.business.phone, number.id].includes(each))),
  )
  const facts = numbers.flatMap(factsOf).filter((fact) => fact.atS >= range.startS && fact.atS < range.endS)
  const points = pointsOf(metric, facts, parameters, range.bucketOf)
  if (metric !== 'analytics') return { json: { data: [{ data_points: points }] } }
  const phone_numbers = numbers.map((number) => number.business.phone)
  return { json: { phone_numbers, granularity: range.granularity, data_points: points } }
}

/** `GET /{waba}/template_analytics?start&end&granularity&template_ids`: the same as an edge. */
export function templateAnalytics(world: World, account: Account, call: GraphCall): GraphAnswer {
  const granularity = (call.query.granularity ?? '').toUpperCase()
  const answer = metricOf(world, account, 'template_analytics', { ...call.query, granularity })
  if ('code' in answer) return answer
  const [{ data_points }] = (answer.json as { data: [{ data_points: Point[] }] }).data
  return { json: { data: [{ granularity, product_type: 'CLOUD_API', data_points }] } }
}

interface Range {
  readonly startS: number
  readonly endS: number
  readonly granularity: string
  readonly bucketOf: (atS: number) => { start: number; end: number }
}

function rangeOf(metric: string, parameters: Parameters): Range | GraphFailure {
  const [startS, endS] = [Number(parameters.start), Number(parameters.end)]
  if (!(Number.isInteger(startS) && Number.isInteger(endS) && startS < endS))
    return { code: 100, details: `${metric} needs start and end in Unix seconds, start before end.` }
  const granularity = (parameters.granularity ?? '').toUpperCase()
  const allowed = GRANULARITIES[metric] ?? []
  if (!allowed.includes(granularity))
    return { code: 100, details: `Param granularity must be one of {${allowed.join(', ')}}.` }
  return { startS, endS, granularity, bucketOf: (atS) => bucketOf(atS, granularity) }
}

/** Half hours and days of UTC, months of its calendar. */
function bucketOf(atS: number, granularity: string): { start: number; end: number } {
  if (granularity.startsWith('MONTH')) {
    const day = new Date(atS * 1000)
    const month = (further: number): number => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + further, 1) / 1000
    return { start: month(0), end: month(1) }
  }
  const length = granularity === 'HALF_HOUR' ? HALF_HOUR_S : DAY_S
  const start = atS - (atS % length)
  return { start, end: start + length }
}

/** One status of one message, with everything it can be grouped by. */
interface Fact {
  readonly atS: number
  readonly status: string
  readonly phone: string
  readonly country: string
  readonly customerKey: string
  readonly templateId: string | null
  readonly pricing: SentStatus['pricing']
}

function factsOf(number: BusinessNumber): Fact[] {
  return [...number.management.statusEvents].flatMap(([wamid, events]) => {
    const out = number.outgoing.get(wamid)
    return out ? events.map((event) => factOf(number, out, event)) : []
  })
}

function factOf(number: BusinessNumber, out: Outgoing, event: SentStatus): Fact {
  return {
    atS: Math.floor(event.atMs / 1000),
    status: event.status,
    phone: number.business.phone,
    country: out.customer.userId?.split('.')[0] ?? number.business.country,
    customerKey: out.customer.key,
    templateId: out.templateId ?? null,
    pricing: event.pricing,
  }
}

function pointsOf(metric: string, facts: readonly Fact[], parameters: Parameters, bucket: Range['bucketOf']): Point[] {
  const count = (group: readonly Fact[], status: string): number =>
    group.filter((fact) => fact.status === status).length
  switch (metric) {
    case 'analytics':
      return grouped(
        facts,
        (fact) => bucket(fact.atS),
        (group) => ({
          sent: count(group, 'SENT'),
          delivered: count(group, 'DELIVERED'),
        }),
      )
    case 'pricing_analytics':
      return pricingPoints(facts, list(parameters.dimensions), bucket)
    case 'conversation_analytics':
      return conversationPoints(facts, bucket)
    case 'template_analytics': {
      const ids = list(parameters.template_ids)
      return grouped(
        facts.filter((fact) => fact.templateId !== null && (ids.length === 0 || ids.includes(fact.templateId))),
        (fact) => ({ template_id: fact.templateId, ...bucket(fact.atS) }),
        (group) => ({ sent: count(group, 'SENT'), delivered: count(group, 'DELIVERED'), read: count(group, 'READ') }),
      )
    }
    default:
      return []
  }
}

/** What was charged per message, by the dimensions that were asked for. */
function pricingPoints(facts: readonly Fact[], dimensions: readonly string[], bucket: Range['bucketOf']): Point[] {
  return grouped(
    facts.filter((fact) => fact.pricing?.pricing_model === 'PMP'),
    (fact) => ({
      ...bucket(fact.atS),
      ...(dimensions.includes('COUNTRY') ? { country: fact.country } : {}),
      ...(dimensions.includes('PHONE') ? { phone_number: fact.phone } : {}),
      ...(dimensions.includes('PRICING_TYPE') ? { pricing_type: upper(fact.pricing?.type) } : {}),
      ...(dimensions.includes('PRICING_CATEGORY') ? { pricing_category: upper(fact.pricing?.category) } : {}),
    }),
    (group) => ({ volume: group.length, cost: 0 }),
  )
}

/** Conversations of the era before July 2025: one a customer, category and day, however many messages. */
function conversationPoints(facts: readonly Fact[], bucket: Range['bucketOf']): Point[] {
  return grouped(
    facts.filter((fact) => fact.pricing?.pricing_model === 'CBP'),
    (fact) => ({
      ...bucket(fact.atS),
      phone_number: fact.phone,
      country: fact.country,
      conversation_type: fact.pricing?.billable === true ? 'REGULAR' : 'FREE_TIER',
      conversation_direction: 'UNKNOWN',
      conversation_category: upper(fact.pricing?.category),
    }),
    (group) => ({
      conversation: new Set(group.map((fact) => `${fact.customerKey} ${Math.floor(fact.atS / DAY_S)}`)).size,
      cost: 0,
    }),
  )
}

function grouped(
  facts: readonly Fact[],
  headOf: (fact: Fact) => Point,
  amounts: (group: readonly Fact[]) => Point,
): Point[] {
  const groups = new Map<string, { head: Point; facts: Fact[] }>()
  for (const fact of facts) {
    const head = headOf(fact)
    const key = JSON.stringify(head)
    const group = groups.get(key) ?? { head, facts: [] }
    group.facts.push(fact)
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => ({ ...group.head, ...amounts(group.facts) }))
}

function upper(value: unknown): string {
  return String(value ?? 'unknown').toUpperCase()
}

/** `["A","B"]`, `[A,B]` or `A,B`. */
function list(text: string | undefined): string[] {
  return (text ?? '')
    .replace(/[[\]"'\s]/g, '')
    .split(',')
    .filter((word) => word !== '')
}
