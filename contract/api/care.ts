import { z } from 'zod'
import { usernameFault } from '../business-username.ts'
import type { UnixMs } from '../ids.ts'
import type { MetaAnswers } from '../meta-answer.ts'
import type { NumberMode, NumberState } from '../number.ts'

/** How one side of a number stands: all right, worth a look, or somebody must act. */
export type HealthStatus = 'ok' | 'look' | 'act'

/** The lines of a health page, in the order in which they stand, and what each may say. */
export const HEALTH_REASONS = {
  connection: [
    'live',
    'syncing',
    'preparing',
    'connecting',
    'at_risk',
    'offboarded',
    'removed',
    'restricted',
    'disabled',
    'app_only',
  ],
  token: ['valid', 'for_ever', 'ends_soon', 'ends_now', 'over', 'invalid', 'none', 'scopes', 'other_account'],
  subscription: ['all', 'needed_missing', 'some_missing', 'not_subscribed'],
  sending: ['free', 'limited', 'blocked', 'not_told'],
  quality: ['high', 'medium', 'low', 'unrated'],
  limit: ['starter', 'standard', 'none_told'],
  throughput: ['calm', 'busy', 'full'],
  management: ['free', 'resting', 'refused', 'untold'],
  payment: ['there', 'missing', 'failing'],
  webhook: ['fresh', 'old', 'never', 'late', 'stuck', 'unreachable', 'elsewhere', 'no_reports'],
  contacts: ['complete', 'running', 'waiting', 'silent', 'partial', 'late', 'lost'],
  history: ['complete', 'running', 'waiting', 'silent', 'partial', 'declined', 'late', 'lost'],
  errors: ['none', 'some', 'access'],
} as const

export type HealthKey = keyof typeof HEALTH_REASONS
/** `unasked`: Meta was not asked yet; `unreadable`: it was asked, and there never was an answer. */
export type HealthReason<K extends HealthKey = HealthKey> =
  | (typeof HEALTH_REASONS)[K][number]
  | 'unasked'
  | 'unreadable'

export interface HealthLine {
  readonly key: HealthKey
  readonly status: HealthStatus
  readonly reason: HealthReason
  /** What the sentence names: days, counts, codes, Meta's words. */
  readonly values: Readonly<Record<string, string | number>>
  /** When this was known; `null`: never. Lines about ourselves are of now. */
  readonly atMs: UnixMs | null
}

/** An error of Meta's, as often as it came. Never with words of a message or of a customer. */
export interface HealthError {
  readonly from: 'send' | 'sync' | 'question' | 'notice'
  readonly code: number | null
  readonly title: string
  readonly traceId: string | null
  readonly count: number
  readonly lastAtMs: UnixMs
}

/** `GET /api/v1/numbers/{id}/health` */
export interface HealthAnswer {
  readonly lines: readonly HealthLine[]
  /** Of the last seven days, newest first. */
  readonly errors: readonly HealthError[]
  /** Webhook fields: what Wasl needs, and whether Meta sends it; empty while nobody knows. */
  readonly fields: readonly { readonly name: string; readonly subscribed: boolean; readonly needed: boolean }[]
}

/** `POST /api/v1/numbers/{id}/meta-answers`: ask Meta everything again. 204; what Meta refuses is part of the answers. */

/** `GET /api/v1/numbers/{id}/account` */
export interface AccountAnswer {
  readonly answers: Pick<MetaAnswers, 'number' | 'account' | 'token' | 'profile' | 'username'>
  /** What Meta told of the username by itself, newest first. */
  readonly usernameNews: readonly {
    readonly username: string | null
    readonly status: string | null
    readonly atMs: UnixMs
  }[]
  /** Whether the profile's picture is kept here, at `…/picture`, or could not be had; `null`: the profile shows none. */
  readonly picture: 'kept' | 'missing' | null
}

/** `POST /api/v1/numbers/{id}/picture`: the bytes of a picture, at most this many. 204. */
export const PICTURE_BYTES_MAX = 5 * 1024 * 1024

/** Characters; Meta's own limits. */
export const PROFILE_LENGTHS_MAX = { about: 139, address: 256, description: 512, email: 128, website: 256 } as const
export const WEBSITES_MAX = 2

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .transform((value) => (value === '' ? null : value))

/** `POST /api/v1/numbers/{id}/profile`: 204; by an owner. 409 `edited_on_phone` when the number is on a phone. */
export const profileBody = z.object({
  about: line(PROFILE_LENGTHS_MAX.about),
  address: line(PROFILE_LENGTHS_MAX.address),
  description: line(PROFILE_LENGTHS_MAX.description),
  email: line(PROFILE_LENGTHS_MAX.email),
  websites: z.array(z.url({ protocol: /^https?$/ }).max(PROFILE_LENGTHS_MAX.website)).max(WEBSITES_MAX),
})
export type ProfileBody = z.output<typeof profileBody>

/**
 * `POST /api/v1/numbers/{id}/username`: reserve or adopt it. 204; by an owner. `move` takes it from another number of the
 * same business. 502 `meta_refused` with Meta's code. `POST …/username/removal`: gives it up.
 */
export const usernameBody = z.object({
  username: z
    .string()
    .trim()
    .transform((name) => name.replace(/^@/, ''))
    .refine((name) => usernameFault(name) === null, 'is not the form of a username'),
  move: z.boolean().default(false),
})

/** Details of `meta_refused`. */
export interface MetaRefusedDetails {
  readonly code: number
  readonly title: string
  readonly details: string | null
  readonly traceId: string | null
}

/**
 * `GET /api/v1/numbers/{id}/support-bundle`: for Meta or a partner. Ids, codes and times; no word of a message, no number
 * or name of a customer, no token. No wamids either: a wamid holds the customer's phone number in Base64.
 */
export interface SupportBundle {
  readonly form: 'wasl-support-bundle-1'
  readonly version: string
  readonly graphVersion: string
  readonly writtenAt: string
  readonly number: {
    readonly phoneNumberId: string
    readonly wabaId: string
    readonly mode: NumberMode
    readonly state: NumberState
  }
  readonly appId: string
  readonly states: readonly { readonly state: string; readonly reason: string | null; readonly at: string }[]
  readonly syncs: readonly {
    readonly kind: string
    readonly state: string
    readonly requestId: string | null
    readonly askedAt: string | null
    readonly deadline: string | null
    readonly updatedAt: string | null
    readonly received: number
    readonly errorCode: number | null
    readonly traceId: string | null
    readonly phases: readonly { readonly phase: number; readonly chunks: number; readonly messages: number }[]
  }[]
  readonly health: readonly {
    readonly line: string
    readonly status: string
    readonly reason: string
    readonly at: string | null
  }[]
  readonly meta: readonly {
    readonly question: string
    readonly askedAt: string | null
    readonly answeredAt: string | null
    readonly errorCode: number | null
    readonly traceId: string | null
    /** States in Meta's words, ids of apps and accounts, names of permissions and fields. */
    readonly facts: Readonly<Record<string, unknown>>
  }[]
  readonly errors: readonly {
    readonly from: string
    readonly code: number | null
    readonly traceId: string | null
    readonly count: number
    readonly lastAt: string
  }[]
  readonly notices: readonly { readonly field: string; readonly event: string | null; readonly receivedAt: string }[]
  /** Management calls of this hour, as Meta's answers told; `null`: they told nothing. */
  readonly management: {
    readonly percent: number | null
    readonly restsUntil: string | null
    readonly at: string
  } | null
  readonly webhook: { readonly lastAt: string | null; readonly lagMs: number | null; readonly oldestWaitingMs: number }
}
