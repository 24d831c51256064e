import type { UnixMs } from './ids.ts'

/**
 * What Meta says about a number when it is asked: each answer with its age, and what came instead when it was asked last.
 * Values are Meta's own words where they are names of states; null where an answer leaves something out.
 */

/** The number itself. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers */
export interface NumberFacts {
  readonly displayName: string
  /** Review of the display name: APPROVED, PENDING_REVIEW, DECLINED … */
  readonly nameStatus: string | null
  /** CONNECTED, DISCONNECTED, BANNED … */
  readonly status: string | null
  readonly onBizApp: boolean
  readonly platformType: string | null
  /** GREEN, YELLOW, RED, or UNKNOWN while too little was sent. */
  readonly quality: string | null
  /** VERIFIED, NOT_VERIFIED, EXPIRED. */
  readonly codeVerification: string | null
  readonly official: boolean | null
  /** TIER_250, TIER_2K … TIER_UNLIMITED: customers a day that may be written to first. */
  readonly messagingLimit: string | null
  /** STANDARD, HIGH, NOT_APPLICABLE. */
  readonly throughput: string | null
  readonly sending: SendingHealth | null
}

/** Whether messages can be sent. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status */
export interface SendingHealth {
  /** AVAILABLE, LIMITED, BLOCKED. */
  readonly canSend: string
  /** The parts that do not let everything through: PHONE_NUMBER, WABA, BUSINESS, APP. */
  readonly limits: readonly { readonly entity: string; readonly canSend: string; readonly codes: readonly number[] }[]
}

/** The account at Meta that the number belongs to. */
export interface AccountFacts {
  readonly name: string
  /** APPROVED, PENDING, REJECTED. */
  readonly review: string | null
  /** verified, not_verified, pending … */
  readonly businessVerification: string | null
  readonly ownerName: string | null
  readonly currency: string | null
}

export interface FundingFacts {
  readonly hasPaymentMethod: boolean
}

/** What our access token is good for. Source: https://developers.facebook.com/docs/graph-api/reference/debug_token */
export interface TokenFacts {
  readonly isValid: boolean
  /** `null`: never. */
  readonly expiresAtMs: UnixMs | null
  readonly scopes: readonly string[]
  /** Accounts it is for; empty: not limited to any. */
  readonly wabaIds: readonly string[]
}

/** Whether Meta sends what happens on the account to our app. */
export interface SubscriptionFacts {
  readonly appIds: readonly string[]
  /** Addresses of the account's own, by app; they count before the app's. Absent in answers of older versions. */
  readonly overrides?: Readonly<Record<string, string>>
}

/** Kinds of webhooks that our app takes. */
export interface FieldFacts {
  readonly fields: readonly string[]
  /** Where Meta delivers to; `null`: it did not say. Absent in answers of older versions. */
  readonly callbackUrl?: string | null
}

/** The business profile that customers see. */
export interface ProfileFacts {
  readonly about: string | null
  readonly address: string | null
  readonly description: string | null
  readonly email: string | null
  readonly websites: readonly string[]
  readonly vertical: string | null
  /** Where Meta keeps the picture; browsers take ours instead. `null`: there is none. */
  readonly pictureUrl: string | null
}

export interface UsernameFacts {
  readonly username: string | null
  /** approved: customers see it; reserved: kept for the business until usernames come to its region. */
  readonly status: string | null
  readonly suggestions: readonly string[]
}

export interface MetaFacts {
  readonly number: NumberFacts
  readonly account: AccountFacts
  readonly funding: FundingFacts
  readonly token: TokenFacts
  readonly subscription: SubscriptionFacts
  readonly fields: FieldFacts
  readonly profile: ProfileFacts
  readonly username: UsernameFacts
}

export type MetaQuestion = keyof MetaFacts

/** What came instead of an answer. `code` is null when Meta did not answer at all. */
export interface MetaFailure {
  readonly code: number | null
  readonly title: string
  readonly traceId: string | null
}

export interface MetaAnswer<T> {
  /** The last answer there was; `null`: none yet. */
  readonly value: T | null
  readonly answeredAtMs: UnixMs | null
  readonly askedAtMs: UnixMs | null
  /** Of the last asking; `null` when it was answered. */
  readonly failure: MetaFailure | null
}

export type MetaAnswers = { readonly [Q in MetaQuestion]: MetaAnswer<MetaFacts[Q]> }
