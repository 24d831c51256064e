import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { ExcludedCountry, PreflightAnswer, PreflightKey, PreflightLine } from '../../contract/api/preflight.ts'
import { isSubscribed, WEBHOOK_FIELDS } from '../whatsapp/webhook-fields.ts'

/** The oldest app that Meta takes. */
const APP_VERSION_MIN = [2, 24, 17] as const
/** How long the number should have been in use in the app; not on Meta's page, but told by partners and by its popup. */
const APP_DAYS_MIN = 7
/** How long ago the last chat in the app may be to count as recent. Nobody tells a number of days: Wasl's own reading. */
const ACTIVE_DAYS_MAX = 7
/** A day that has begun where the phone is may be tomorrow here. */
const DAYS_AHEAD_MAX = 1
const DAY_MS = 86_400_000

/** What was found out, for the rules to judge. */
export interface PreflightFacts {
  readonly nowMs: number
  readonly answers: PreflightAnswer['answers']
  readonly excluded: readonly ExcludedCountry[]
  /** Wasl talks to the simulator, which needs no HTTPS and no Meta business. */
  readonly simulated: boolean
  /** What Wasl saw when it called its own webhook from outside. */
  readonly webhook: 'reached' | 'not_https' | 'no_address' | { readonly failed: string }
  /** The app's webhook at Meta; `null`: none. A text: it could not be read. */
  readonly subscription: { readonly callbackUrl: string; readonly fields: readonly string[] } | null | string
  readonly webhookUrl: string
  /** Meta's word about the business of a number that is connected; `null`: none is, or it did not tell. */
  readonly verification: string | null
}

type Judgement = Omit<PreflightLine, 'key'>
type Standing = PreflightLine['standing']

/** The table: what each line says of the facts. */
const RULES: readonly (readonly [PreflightKey, (facts: PreflightFacts) => Judgement])[] = [
  ['app_version', ({ answers }) => asked(answers.app_version, (version) => (isNewEnough(version) ? 'ok' : 'trouble'))],
  [
    'app_since',
    ({ answers, nowMs }) =>
      asked(answers.app_since, (day) => (nowMs - Date.parse(day) >= APP_DAYS_MIN * DAY_MS ? 'ok' : 'care')),
  ],
  [
    'app_active',
    ({ answers, nowMs }) =>
      asked(answers.app_active, (day) => (isRecent((nowMs - Date.parse(day)) / DAY_MS) ? 'ok' : 'care')),
  ],
  ['country', judgeCountry],
  ['business_verified', judgeVerification],
  ['facebook_page', ({ answers }) => asked(answers.facebook_page, (answer) => (answer === 'yes' ? 'ok' : 'care'))],
  ['partner_type', ({ answers }) => asked(answers.partner_type, (answer) => (answer === 'none' ? 'trouble' : 'ok'))],
  ['payer', judgePayer],
  ['webhook_https', judgeWebhook],
  ['webhook_fields', judgeFields],
  ['eligibility', () => ({ standing: 'unknown', known: 'none', detail: null })],
]

/** Every line of the preflight, in order. */
export function preflightLines(facts: PreflightFacts): PreflightLine[] {
  return RULES.map(([key, judge]) => ({ key, ...judge(facts) }))
}

function asked(answer: string | undefined, judge: (answer: string) => Standing): Judgement {
  if (answer === undefined) return { standing: 'unknown', known: 'asked', detail: null }
  return { standing: judge(answer), known: 'asked', detail: answer }
}

/** The answer ages: what was recent when it was given is asked for again later. */
function isRecent(daysAgo: number): boolean {
  return daysAgo >= -DAYS_AHEAD_MAX && daysAgo < ACTIVE_DAYS_MAX + 1
}

function isNewEnough(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, least] of APP_VERSION_MIN.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part > least
  }
  return true
}

function judgeCountry({ answers, excluded }: PreflightFacts): Judgement {
  return asked(answers.phone, (phone) => {
    const digits = phone.replace(/\D/g, '')
    const code = parsePhoneNumberFromString(`+${digits}`)?.countryCallingCode
    if (code === undefined) return 'care'
    return excluded.some(({ callingCode }) => callingCode === code) ? 'trouble' : 'ok'
  })
}

function judgeVerification({ answers, verification }: PreflightFacts): Judgement {
  if (verification === null) return asked(answers.business_verified, (answer) => (answer === 'yes' ? 'ok' : 'care'))
  return { standing: verification === 'verified' ? 'ok' : 'care', known: 'graph', detail: verification }
}

/** A tech provider has no credit line: then the business needs a payment method of its own. */
function judgePayer({ answers }: PreflightFacts): Judgement {
  return asked(answers.payer, (payer) => {
    if (payer === 'none') return 'care'
    return payer === 'credit_line' && answers.partner_type === 'tech_provider' ? 'trouble' : 'ok'
  })
}

function judgeWebhook({ webhook, simulated, webhookUrl }: PreflightFacts): Judgement {
  if (webhook === 'reached') return { standing: 'ok', known: 'checked', detail: webhookUrl }
  // The simulator delivers on this machine: whether Meta could is not known yet.
  if (simulated && typeof webhook === 'string') return { standing: 'unknown', known: 'checked', detail: webhookUrl }
  if (typeof webhook === 'object') return { standing: 'trouble', known: 'checked', detail: webhook.failed }
  return { standing: 'trouble', known: 'checked', detail: webhook === 'not_https' ? webhookUrl : null }
}

function judgeFields({ subscription, webhookUrl }: PreflightFacts): Judgement {
  if (typeof subscription === 'string') return { standing: 'unknown', known: 'graph', detail: subscription }
  if (subscription === null) return { standing: 'trouble', known: 'graph', detail: null }
  const missing = WEBHOOK_FIELDS.filter(({ name, only }) => {
    // Most connect a number that stays on the phone, which has no calls to tell of.
    return only !== 'api_only' && !isSubscribed(subscription.fields, name)
  })
  const names = missing.map(({ name }) => name).join(', ')
  if (missing.some(({ needed }) => needed)) return { standing: 'trouble', known: 'graph', detail: names }
  if (missing.length > 0) return { standing: 'care', known: 'graph', detail: names }
  const elsewhere = subscription.callbackUrl !== webhookUrl
  return { standing: elsewhere ? 'care' : 'ok', known: 'graph', detail: elsewhere ? subscription.callbackUrl : null }
}
