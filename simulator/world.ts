import type { Account } from './accounts/account.ts'
import type { BusinessNumber } from './accounts/number.ts'
import type { SimulatedClock } from './clock.ts'
import type { Faults, ForcedGraphError, WebhookSubscription } from './control-api.ts'
import type { Counters } from './counters.ts'
import type { MediaStore } from './media/store.ts'
import type { Chance } from './random.ts'
import type { Update } from './webhook/update.ts'

/** Everything that exists in the simulated world, in memory. Its parts change; the world that holds them does not. */
export interface World {
  readonly clock: SimulatedClock
  readonly chance: Chance
  readonly counters: Counters
  readonly app: MetaApp
  readonly accounts: Map<string, Account>
  readonly numbers: Map<string, BusinessNumber>
  readonly media: MediaStore
  readonly tokens: Map<string, AccessToken>
  readonly codes: Map<string, SignupCode>
  readonly forcedErrors: { error: ForcedGraphError; left: number }[]
  readonly settings: Settings
  /** Tells Meta's subscriber, when there is one. */
  readonly tell: (update: Update) => void
  /** Tells the pages that a chat changed. */
  readonly chatChanged: (phoneNumberId: string, customerKey: string) => void
  /** Where this simulator is reached, e.g. `http://127.0.0.1:7101`: media addresses begin with it. */
  readonly origin: () => string
}

/** What a tester may set. */
export interface Settings {
  faults: Faults
  subscription: WebhookSubscription | null
  /** Graph version of the app's webhooks: decides whether statuses carry a conversation. */
  webhookVersion: number
}

export interface MetaApp {
  readonly id: string
  readonly secret: string
  readonly name: string
}

export interface AccessToken {
  readonly accountIds: ReadonlySet<string>
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  readonly scopes: readonly string[]
  revoked: boolean
}

export interface SignupCode {
  readonly accountIds: readonly string[]
  readonly issuedAtMs: number
  used: boolean
}
