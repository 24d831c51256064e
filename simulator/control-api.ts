import type { ScenarioCustomer, ScenarioMessage, ScenarioReferral } from './scenario.ts'

/**
 * The simulator's control API: JSON over HTTP under `/control`, for tests, benches, `bin/sim`, `bin/seed` and the pages
 * of phone and customers. Meta has nothing like it; what Meta has is under `/v23.0` … `/v26.0`.
 * Errors: HTTP 4xx with `{error: string}`, one clear sentence.
 */

/** `GET /control/state` */
export interface SimulatorState {
  readonly nowMs: number
  readonly seed: number
  readonly faults: Faults
  readonly webhook: WebhookSubscription | null
  readonly numbers: readonly SimulatedNumber[]
  /** Counts since start, by name; the judge of what was really sent, accepted, delivered. */
  readonly counters: Readonly<Record<string, number>>
  /** Webhooks waiting for their first delivery or a retry. */
  readonly webhooksPending: number
}

/** `PUT /control/webhook`: what one would enter in Meta's App Dashboard. The verification handshake is done at once. */
export interface WebhookSubscription {
  readonly url: string
  readonly verifyToken: string
  /** Only these fields are told; all of them without it. */
  readonly fields?: readonly string[]
}

export interface SimulatedNumber {
  readonly phoneNumberId: string
  readonly wabaId: string
  readonly businessId: string
  readonly displayPhone: string
  readonly verifiedName: string
  readonly connection: 'app_only' | 'connected' | 'offboarded' | 'removed'
  readonly scenario: string
  readonly customers: number
}

/** `GET /control/clock` → Clock; `POST /control/clock` with one of the fields moves it forward (never back). */
export interface Clock {
  readonly nowMs: number
}
export interface MoveClock {
  readonly advanceMs?: number
  readonly setMs?: number
}

/**
 * `PUT /control/faults` sets all (missing ones go back to 0); `GET` reads. Ratios are 0–1, drawn from the seed.
 */
export interface Faults {
  readonly webhookDuplicateRatio: number
  readonly webhookReorderMsMax: number
  readonly webhookDropThenRetryRatio: number
  readonly webhookWrongSecretRatio: number
  readonly webhookBatchUpdatesMax: number
  readonly statusSkipDeliveredRatio: number
  readonly statusReadFirstRatio: number
  readonly statusBeforeResponseRatio: number
  readonly graph5xxRatio: number
  readonly graphTimeoutAfterAcceptRatio: number
  readonly graphThrottleRatio: number
  readonly echoBeforeInboundRatio: number
  readonly unavailableFirstRatio: number
  readonly companionMessageRatio: number
  readonly historyChunkShuffle: number
  readonly historySilent: number
  readonly historyDeclinedBare: number
  readonly deviceClockAheadMs: number
  readonly templateHeldRatio: number
  readonly healthLagMs: number
}

/**
 * `POST /control/scenarios`: makes a business phone with its customers and past, by a named scenario.
 * `GET /control/scenarios` lists the names.
 */
export interface LoadScenario {
  /** `shop` is the demonstration; `dialogues` reads `dialoguesDir`; `standin` is seeded and as large as asked. */
  readonly name: string
  readonly seed?: number
  readonly options?: Readonly<Record<string, unknown>>
  /** How all its customers are known; each as the scenario has them without it. */
  readonly identity?: IdentityMode
}
export type IdentityMode = 'phone' | 'both' | 'user_id'
export interface LoadedScenario {
  readonly phoneNumberId: string
  readonly wabaId: string
  readonly customers: number
  readonly historyMessages: number
  readonly liveActs: number
}

/**
 * `POST /control/onboard`: the owner goes through Embedded Signup on the phone; answers what the popup would post to the
 * page (`FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING`), and the code that is to be exchanged within 30 seconds.
 */
export interface Onboard {
  readonly phoneNumberId?: string
  readonly shareHistory?: boolean
  /** Further accounts that the owner ticks in the popup: the token will reach them too. */
  readonly accountIds?: readonly string[]
  /** A number of the API alone: no app on a phone holds it. */
  readonly apiOnly?: boolean
  /** The business lets our app use its account, and connects no number by it. */
  readonly accessOnly?: boolean
  /** Adds the ids of Meta's account model of September 2026: `waacId` and `messagingAccountId`. */
  readonly accountModel?: boolean
}
export interface OnboardAnswer {
  readonly code: string
  readonly wabaId: string
  readonly phoneNumberId: string
  readonly businessId: string
  /** The WhatsApp account: stands for the phone-number id in every path of the Graph API. */
  readonly waacId?: string
  /** The Messaging account: has the id that the WABA had. */
  readonly messagingAccountId?: string
}

/** `POST /control/tokens` → {token}: what a system user of the business would be given in the Business Settings. */
export interface NewToken {
  readonly accountIds: readonly string[]
  /** Both scopes of WhatsApp without it. */
  readonly scopes?: readonly string[]
}

/** `POST /control/play` {running: boolean, speed?: number}: scripted live acts go on (the default) or pause. */
export interface Play {
  readonly running: boolean
  readonly speed?: number
}

// The phone and the customers, by `/control/numbers/{phoneNumberId}/…` ------------------------------------------------

/** `GET …/chats`: newest first. */
export interface Chat {
  readonly customer: ScenarioCustomer
  readonly lastAtMs: number
  readonly lastText: string
  readonly lastBy: 'customer' | 'business'
  readonly unread: number
  readonly owner: ThreadOwner
}

/** `GET …/chats/{customerKey}?before=`: the last 100 messages before that instant, oldest first, as the phone shows them. */
export interface ChatMessage {
  readonly wamid: string
  readonly by: 'customer' | 'phone' | 'api'
  readonly atMs: number
  /** Meta's message type and body, e.g. `{type: "text", text: {body}}`. */
  readonly body: Readonly<Record<string, unknown>> & { readonly type: string }
  readonly quoteWamid: string | null
  readonly reactions: readonly { readonly by: 'customer' | 'business'; readonly emoji: string }[]
  readonly edited: boolean
  readonly deleted: boolean
  /** Messages of the business: how far they came with the customer. */
  readonly ticks: 'pending' | 'sent' | 'delivered' | 'read' | 'failed' | null
  /** Order details: how the customer's latest attempt to pay stands; `null`: none was made. */
  readonly payment: PaymentOutcome | null
}

/**
 * A message of an act: as in a scenario, or with a file uploaded by `POST /control/media`, or (customers) the tap on a
 * button or list row of the quoted message.
 */
export type ActMessage =
  | ScenarioMessage
  | {
      readonly type: 'image' | 'video' | 'audio' | 'document' | 'sticker'
      readonly mediaId: string
      readonly caption?: string
      readonly filename?: string
      readonly voice?: boolean
    }
  | {
      readonly type: 'reply'
      readonly kind: 'button' | 'list' | 'template_button'
      readonly id: string
      readonly title: string
      readonly description?: string
    }

/**
 * `POST /control/media?filename=` with the raw bytes and their Content-Type → {mediaId}: a file picked or recorded on the
 * phone or by a customer. `GET /control/media/{mediaId}`: the bytes of any media, without token or expiry, for the pages.
 */

/** `POST …/chats/{customerKey}/acts` → {wamid}. `by: 'phone'` makes an echo, `by: 'customer'` a message. */
export type Act = { readonly by: 'customer' | 'phone' } & (
  | {
      readonly do: 'send'
      readonly message: ActMessage
      readonly quoteWamid?: string
      readonly referral?: ScenarioReferral
      readonly forwarded?: boolean
      /**
       * Written on WhatsApp for Windows or Wear OS: of a customer comes 131060 that nothing follows (`unavailable`) or
       * nothing at all (`silent`); of the owner's side no echo.
       */
      readonly unsupportedDevice?: 'unavailable' | 'silent'
    }
  /**
   * A voice call; a customer's opens the reply window. `seconds`: how long is spoken, 0 when nobody takes it. Only a number of the
   * API alone is told of it.
   */
  | { readonly do: 'call'; readonly seconds?: number }
  | { readonly do: 'react'; readonly wamid: string; readonly emoji: string | null }
  | { readonly do: 'edit'; readonly wamid: string; readonly text: string }
  | { readonly do: 'delete'; readonly wamid: string }
  | { readonly do: 'read' }
  /** A customer's: pays what order details ask for, has begun to, or fails to. */
  | { readonly do: 'pay'; readonly wamid: string; readonly outcome: PaymentOutcome }
)
/** In Meta's words. */
export type PaymentOutcome = 'pending' | 'captured' | 'failed'

/** `POST …/customers` → ScenarioCustomer: somebody new. */
export type NewCustomer = Partial<ScenarioCustomer> & { readonly profileName: string }

/** `GET …/customers` → ScenarioCustomer[]: all of them, also those who never wrote. */

/**
 * `PUT …/customers/{customerKey}/identity`: the customer changes number, user id or username. A new number brings a new
 * user id with it, and both are told by a `system` message. A username, and a number that is hidden (`null`) or shown
 * again, are told by nothing: they show in the next webhook.
 */
export interface NewIdentity {
  readonly phone?: string | null
  readonly userId?: string
  readonly username?: string | null
}

/** `PUT …/contacts/{customerKey}` {addressBookName: string | null}: the phone's address book. */

/** `POST …/device`: what the owner does with the phone itself. */
export type DeviceAct =
  | { readonly do: 'disconnect'; readonly reason?: DisconnectReason }
  /** Registered on a new phone: offboarded, and reconnected by itself after 90 s unless `reconnect` is false. */
  | { readonly do: 'reregister'; readonly reconnect?: boolean }
  /** The business moves to another number: the answer has the new `phoneNumberId`. */
  | { readonly do: 'change_number'; readonly phone: string }
  /** After 14 days off the connection ends (`PRIMARY_INACTIVITY`). */
  | { readonly do: 'switch_off' }
  | { readonly do: 'switch_on' }
  | { readonly do: 'unlink_device'; readonly deviceId: string }
  | { readonly do: 'link_device'; readonly kind: 'web' | 'mac' | 'windows' | 'wearos' }
/** Why a connection ended, as Meta names it in `disconnection_info`. */
export type DisconnectReason =
  | 'ACCOUNT_DISCONNECTED'
  | 'BUSINESS_DOWNGRADE'
  | 'CHANGE_NUMBER'
  | 'USER_RE_REGISTERED'
  | 'PRIMARY_INACTIVITY'
  | 'COMPANION_INACTIVITY'
/** `GET …/device` */
export interface Device {
  readonly phoneNumberId: string
  readonly connection: SimulatedNumber['connection']
  readonly shareHistory: boolean | null
  /** Unix ms; `null`: the phone is on. */
  readonly offSinceMs: number | null
  readonly linkedDevices: readonly { readonly id: string; readonly kind: string; readonly linkedAtMs: number }[]
}

/** `PUT …/free-answers`: how many of the present month's free service messages are used. */
export interface FreeAnswers {
  readonly used: number
}

/** `PUT …/messaging-limit`: how many customers the portfolio may write to first within 24 hours, in Meta's word. */
export interface MessagingLimit {
  readonly tier: string
}

// A second partner on the number (Conversation Routing) ---------------------------------------------------------------

/** Who may write in a thread: we, the other partner, or whoever writes first. */
export type ThreadOwner = 'us' | 'partner' | null
export type ThreadRole = 'ai_agent' | 'ctwa' | 'customer_service' | 'escalation' | 'marketing' | 'utility'
/** `PUT …/routing`: another partner joins the number, with the roles of both; `partnerRole: null` and it is ours alone. */
export interface Routing {
  readonly ourRole: ThreadRole
  readonly partnerRole: ThreadRole
}
/** `POST …/chats/{customerKey}/partner`: what the other partner does in a thread that is not ours. */
export type PartnerAct =
  | { readonly do: 'send'; readonly text: string }
  | { readonly do: 'pass'; readonly metadata?: string }
  | { readonly do: 'release' }
  /** The escalation partner may do this whoever owns the thread. */
  | { readonly do: 'take' }

/** `GET /control/events`: server-sent events, `{phoneNumberId, customerKey}` whenever a chat changed. */

/**
 * The pages: `/phone`, `/customers` and `/signup` (the popup of Embedded Signup) answer the `.html` of that name in `web/`; `/web/*` answers the files of
 * `web/`, `.ts` with its types stripped and as `text/javascript`.
 */

/** `POST /control/webhooks/raw` {bodies: unknown[]}: signs and delivers payloads as given (fixtures). */
/** `GET /control/sent?phoneNumberId=`: every message the Graph API accepted, in order: the judge of sends. */
export interface AcceptedSend {
  readonly wamid: string
  readonly atMs: number
  readonly to: string
  readonly callbackData: string | null
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * `POST /control/graph-error`: the next `times` calls whose path contains `path` (all sends without it) answer that code
 * of Meta's error table; with `asynchronous` a send is accepted and fails by a `failed` status. `times: 0` takes it back.
 */
export interface ForcedGraphError {
  readonly code: number
  readonly times: number
  readonly path?: string
  readonly asynchronous?: boolean
}

/** `POST /control/templates/{id}`: its quality changes, Meta pauses it (sends fail with 132015) or disables it (132016). */
export interface TemplateJudgement {
  /** `ARCHIVED`: as after 12 months in which nobody used it. */
  readonly status?: 'PAUSED' | 'DISABLED' | 'ARCHIVED'
  readonly qualityScore?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN'
}

/** `GET /control/webhooks`: the last 500 delivery attempts, oldest first. */
export interface WebhookAttempt {
  readonly delivery: number
  readonly attempt: number
  readonly atMs: number
  /** HTTP status, 0 for none. */
  readonly status: number
  readonly updates: number
  readonly bytes: number
  readonly field: string
}

/** `POST /control/account-events` {phoneNumberId, field, value}: any account-level webhook, e.g. `account_update`, as given. */
export interface AccountEvent {
  readonly phoneNumberId: string
  readonly field: string
  readonly value: Readonly<Record<string, unknown>>
}
