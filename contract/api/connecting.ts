import { z } from 'zod'
import type { NumberId, UnixMs } from '../ids.ts'
import { phoneChangesVersion } from '../phone-changes.ts'

/**
 * How a number is connected: it stays on the phone too; it is of the API alone and its owner goes through the popup; or of
 * the API alone, by ids and a token.
 */
export const WAYS = ['coexistence', 'api_signup', 'api_token'] as const
export type ConnectWay = (typeof WAYS)[number]

export type ConnectStep = 'signup' | 'exchange' | 'token' | 'choose' | 'subscribe' | 'confirm' | 'keep'

/** Why a step went wrong or waits; the page has what it means and what to do for each. */
export type StepTrouble =
  | 'cancelled'
  | 'popup_error'
  | 'no_number_chosen'
  | 'access_only'
  | 'code_refused'
  | 'code_unclear'
  | 'token_invalid'
  | 'scope_missing'
  | 'account_not_in_token'
  | 'no_number'
  | 'still_on_phone'
  | 'not_shown_yet'
  | 'elsewhere'
  | 'access_lost'
  | 'rate_limited'
  | 'meta_away'
  | 'refused'

export interface StepError {
  readonly why: StepTrouble
  /** Meta's own code, words and trace id, when Meta said something. */
  readonly code: number | null
  readonly title: string
  readonly details: string | null
  readonly traceId: string | null
}

export interface StepView {
  readonly step: ConnectStep
  readonly state: 'todo' | 'running' | 'waiting' | 'done' | 'failed'
  readonly attempts: number
  readonly error: StepError | null
  readonly atMs: UnixMs | null
}

/** A number that the token can reach. */
export interface CandidateNumber {
  readonly phoneNumberId: string
  readonly wabaId: string
  readonly displayPhone: string
  readonly verifiedName: string
  readonly onPhone: boolean
  readonly inApi: boolean
  readonly chosen: boolean
  /** Ours, once it is kept. */
  readonly numberId: NumberId | null
}

export const CONSENTS = ['phone_changes', 'import'] as const
export type ConsentSubject = (typeof CONSENTS)[number]

export interface ConsentView {
  readonly subject: ConsentSubject
  readonly granted: boolean
  readonly textVersion: string
  readonly language: 'ar' | 'en'
  readonly memberName: string
  readonly givenAtMs: UnixMs
}

/** `GET /api/v1/numbers/{id}/consents`: of every onboarding of the number, newest first, at most 100. */
export interface ConsentsAnswer {
  readonly consents: readonly ConsentView[]
}

export interface OnboardingView {
  readonly id: string
  readonly way: ConnectWay
  readonly state: 'open' | 'done' | 'ended'
  /** The number that comes back or changes its mode; `null`: a new one. */
  readonly numberId: NumberId | null
  readonly startedAtMs: UnixMs
  readonly steps: readonly StepView[]
  readonly numbers: readonly CandidateNumber[]
  /** The latest of each subject. */
  readonly consents: readonly ConsentView[]
}

/** What opens the popup. `missing`: Meta's app is configured, the id of its login configuration is not. */
export type SignupLauncher =
  | { readonly kind: 'meta'; readonly appId: string; readonly configId: string; readonly graphVersion: string }
  | { readonly kind: 'simulator'; readonly popupUrl: string }
  | { readonly kind: 'missing' }

/** `GET /api/v1/connect`: how the popup is opened, whose messages count, and the onboarding that is under way. */
export interface ConnectingAnswer {
  readonly launcher: SignupLauncher
  /** Messages of the popup are taken from exactly these origins. */
  readonly origins: readonly string[]
  readonly open: OnboardingView | null
}

/** `POST /api/v1/connect/onboardings`: begins; one that is open ends. Answers 201 `{onboarding}`, like all below. */
export const startOnboardingBody = z.object({
  way: z.enum(WAYS),
  numberId: z.uuid().nullable().default(null),
})
export interface OnboardingAnswer {
  readonly onboarding: OnboardingView
}

/** `POST …/onboardings/{id}/consents`. The version must be the one that the page shows. */
export const consentBody = z.object({
  subject: z.enum(CONSENTS),
  granted: z.boolean(),
  textVersion: z.literal(phoneChangesVersion),
  language: z.enum(['ar', 'en']),
})

const metaId = z.string().regex(/^\d{5,25}$/, 'must be an id of Meta: digits')

/**
 * `POST …/onboardings/{id}/signup`: what the popup said. Every event of Embedded Signup, and the code that the login gave;
 * the code lives for 30 seconds.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation
 */
export const signupBody = z.object({
  event: z.string().regex(/^[A-Z_]{1,80}$/),
  code: z.string().min(1).max(2_000).nullable().default(null),
  wabaId: metaId.nullable().default(null),
  phoneNumberId: metaId.nullable().default(null),
  currentStep: z.string().max(200).nullable().default(null),
  errorCode: z.coerce.string().max(100).nullable().default(null),
  errorMessage: z.string().max(1_000).nullable().default(null),
  sessionId: z.string().max(200).nullable().default(null),
})
export type SignupBody = z.infer<typeof signupBody>

/** `POST …/onboardings/{id}/token`: an API-only number by its ids and a token. */
export const tokenBody = z.object({
  wabaId: metaId,
  phoneNumberId: metaId.nullable().default(null),
  token: z.string().trim().min(10).max(2_000),
})

/** `POST …/onboardings/{id}/numbers`: which numbers to connect. */
export const chooseNumbersBody = z.object({ phoneNumberIds: z.array(metaId).min(1).max(100) })

/** `POST …/onboardings/{id}/retry` goes on from the first step that is not done; `…/end` gives up. */

/** `POST /api/v1/numbers/{id}/mode`: Graph is asked whether the number has moved; 200 `{number}`. */
export const changeModeBody = z.object({ mode: z.enum(['api_only', 'app_only']) })
/** Details of `mode_not_ready`. */
export interface ModeNotReady {
  readonly why: 'still_on_phone' | 'not_in_api' | 'still_in_api' | 'messages_waiting' | 'unknown'
  /** How many messages wait to be sent. */
  readonly waiting: number
}
