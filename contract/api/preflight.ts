import { z } from 'zod'

/** What is looked at before a number is connected, in the order in which it is shown. */
export type PreflightKey =
  | 'app_version'
  | 'app_since'
  | 'app_active'
  | 'country'
  | 'business_verified'
  | 'facebook_page'
  | 'partner_type'
  | 'payer'
  | 'webhook_https'
  | 'webhook_fields'
  | 'eligibility'

export const QUESTIONS = [
  'app_version',
  'app_since',
  'app_active',
  'phone',
  'business_verified',
  'facebook_page',
  'partner_type',
  'payer',
] as const
export type Question = (typeof QUESTIONS)[number]

export interface PreflightLine {
  readonly key: PreflightKey
  /** `trouble`: Meta will most likely refuse. `care`: it works, and something will be missing. */
  readonly standing: 'ok' | 'care' | 'trouble' | 'unknown'
  /** How it is known: read from Graph, tried by Wasl itself, asked of a person; `none`: nobody can know it beforehand. */
  readonly known: 'graph' | 'checked' | 'asked' | 'none'
  /** What was seen or answered: a version, a date, missing fields, an error. */
  readonly detail: string | null
}

/** `GET /api/v1/connect/preflight` */
export interface PreflightAnswer {
  readonly lines: readonly PreflightLine[]
  readonly answers: Readonly<Partial<Record<Question, string>>>
  /** Countries that are excluded now, whoever says so. */
  readonly excluded: readonly ExcludedCountry[]
  /** Meta's own lists, each from its day on, e.g. `2026-04-15`; the last one holds, the earlier ones explain old refusals. */
  readonly metaLists: readonly { readonly from: string; readonly callingCodes: readonly string[] }[]
}

/** `meta`: its list of today; `configuration`: the server's own; `team`: an owner has added it on the page. */
export interface ExcludedCountry {
  readonly callingCode: string
  readonly by: 'meta' | 'configuration' | 'team'
}

const yesNo = z.enum(['yes', 'no'])

/** `POST /api/v1/connect/preflight/answers`: answers the whole list anew. */
export const preflightAnswerBody = z.discriminatedUnion('question', [
  z.object({ question: z.literal('app_version'), answer: z.string().regex(/^\d{1,3}(\.\d{1,4}){1,4}$/) }),
  z.object({ question: z.literal('app_since'), answer: z.iso.date() }),
  z.object({ question: z.literal('app_active'), answer: z.iso.date() }),
  z.object({ question: z.literal('phone'), answer: z.string().regex(/^\+?[\d\s()-]{7,24}$/) }),
  z.object({ question: z.literal('business_verified'), answer: yesNo }),
  z.object({ question: z.literal('facebook_page'), answer: yesNo }),
  z.object({ question: z.literal('partner_type'), answer: z.enum(['tech_provider', 'solution_partner', 'none']) }),
  z.object({ question: z.literal('payer'), answer: z.enum(['own', 'credit_line', 'none']) }),
])
export type PreflightAnswerBody = z.infer<typeof preflightAnswerBody>

export const callingCode = z.string().regex(/^[1-9]\d{0,3}$/)

/** `POST /api/v1/connect/preflight/countries`: an owner excludes a calling code, or takes that back. */
export const excludeCountryBody = z.object({
  callingCode,
  excluded: z.boolean(),
})
