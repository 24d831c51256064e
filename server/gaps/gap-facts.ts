import type { CaptureGap } from '../../contract/api/gaps.ts'
import type { NumberMode, NumberState, SyncKind, SyncState } from '../../contract/number.ts'

/** A gap as its cause makes it, before anybody has kept it. */
export type DerivedGap = Omit<CaptureGap, 'firstSeenAtMs' | 'lastSeenAtMs'>

/** How many of something there are, and when the first and the last came (Unix milliseconds). */
export interface Tally {
  readonly count: number
  readonly firstMs: number
  readonly lastMs: number
}

/** The same, for each name of a kind. */
export type NamedTally = Tally & { readonly name: string }

export interface SyncFact {
  readonly kind: SyncKind
  readonly state: SyncState
  /** When the state became what it is. */
  readonly updatedAtMs: number | null
  readonly deadlineMs: number | null
  readonly lastChunkAtMs: number | null
  readonly phases: readonly { readonly phase: number; readonly messages: number }[]
}

/** Everything that other slices keep and that tells what a number has missed. */
export interface GapFacts {
  readonly mode: NumberMode
  readonly connectedAtMs: number
  readonly syncs: readonly SyncFact[]
  /** Imported media whose file never came, with messages older and younger than the files that may come. */
  readonly oldMedia: Tally | null
  readonly recentMedia: Tally | null
  /** Files that were announced and are not here, by reason. */
  readonly missingFiles: readonly NamedTally[]
  /** 131060: only that something was sent; those that the message itself has not followed. */
  readonly unavailable: Tally | null
  /** Types that Meta names and does not pass on. */
  readonly unsupported: readonly NamedTally[]
  /** Notices of calls and groups: `call`, `group`. */
  readonly notices: readonly NamedTally[]
  /** Statuses of messages that nobody here has seen, by who sent them: `own`, `other_program`, `not_known`. */
  readonly strays: readonly NamedTally[]
  /** Reports of which Meta says that they did not reach us. */
  readonly missedReports: Tally | null
  /** Messages of threads that another partner owned. */
  readonly standby: Tally | null
  readonly states: readonly StateFact[]
  readonly runs: readonly Run[]
  /** Meta's deliveries do not come in now, though we run; `null`: nothing says so. */
  readonly webhookDown: WebhookDown | null
}

export interface WebhookDown {
  /** Our webhook does not answer; Meta delivers elsewhere; what we sent is never reported on. */
  readonly reason: 'unreachable' | 'elsewhere' | 'no_reports'
  readonly sinceMs: number
}

export interface StateFact {
  readonly state: NumberState
  readonly reason: string | null
  readonly atMs: number
}

/** From when to when a process of ours took deliveries. */
export interface Run {
  readonly fromMs: number
  readonly untilMs: number
}
