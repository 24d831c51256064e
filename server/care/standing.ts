import type { HealthError } from '../../contract/api/care.ts'
import type { MetaAnswers } from '../../contract/meta-answer.ts'
import type { NumberMode, NumberState, SyncError, SyncKind, SyncState } from '../../contract/number.ts'
import type { AccountUsage } from '../whatsapp/usage-book.ts'

export interface NumberAccess {
  readonly phoneNumberId: string
  readonly wabaId: string
  /** Digits only. */
  readonly phone: string
  readonly mode: NumberMode
  readonly state: NumberState
  readonly stateSinceMs: number
  /** The last onboarding. */
  readonly connectedAtMs: number
  /** `null`: there is no token. */
  readonly sealedToken: Buffer | null
  /** When some question was asked last; `null`: never. */
  readonly askedAtMs: number | null
}

export interface SyncStanding {
  readonly kind: SyncKind
  readonly state: SyncState
  readonly requestId: string | null
  readonly askedAtMs: number | null
  readonly deadlineMs: number | null
  readonly alarmedAtMs: number | null
  readonly updatedAtMs: number | null
  readonly received: number
  readonly error: SyncError | null
  readonly phases: readonly { readonly phase: number; readonly chunks: number; readonly messages: number }[]
}

/** Messages of the last minute that Meta counts: what customers wrote and what went out through the API. */
export interface Throughput {
  readonly minuteIn: number
  readonly minuteOut: number
  readonly secondIn: number
  readonly secondOut: number
  /** The fullest second of the minute, both ways together. */
  readonly peak: number
}

export interface WebhookStanding {
  readonly lastAtMs: number | null
  /** How long the last one waited to be read. */
  readonly lagMs: number | null
  /** Since when the oldest one waits that is not read yet, of this whole server; `null`: none waits. */
  readonly oldestWaitingMs: number | null
  /** Why nothing comes in now, by the register of gaps, and since when; `null`: nothing says so. */
  readonly down: { readonly reason: 'unreachable' | 'elsewhere' | 'no_reports'; readonly sinceMs: number } | null
}

/** All that a health page is derived from. */
export interface HealthInput {
  readonly mode: NumberMode
  readonly state: NumberState
  readonly stateSinceMs: number
  readonly wabaId: string
  readonly appId: string
  readonly hasToken: boolean
  readonly answers: MetaAnswers
  readonly syncs: readonly Pick<SyncStanding, 'kind' | 'state' | 'alarmedAtMs' | 'updatedAtMs' | 'received'>[]
  readonly throughput: Throughput
  /** `null`: no answer of Meta's has told within the hour. */
  readonly usage: AccountUsage | null
  readonly webhook: WebhookStanding
  readonly errors: readonly HealthError[]
  readonly nowMs: number
}

export interface StateTime {
  readonly state: NumberState
  readonly reason: string | null
  readonly atMs: number
}

/** A number with everything known about it at one instant. */
export interface NumberStanding {
  readonly access: NumberAccess
  readonly syncs: readonly SyncStanding[]
  readonly states: readonly StateTime[]
  readonly input: HealthInput
}
