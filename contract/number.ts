import type { MemberId, NumberId, UnixMs } from './ids.ts'
import type { SignKind, StateEvidence, StateReason } from './state-reason.ts'

export interface Member {
  readonly id: MemberId
  readonly name: string
  readonly role: 'owner' | 'agent'
}

export type NumberMode = 'coexistence' | 'api_only' | 'app_only'

/**
 * `at_risk`: it works, and will not for long unless somebody acts. `offboarded`: Meta has suspended sending, the number
 * may come back by itself. `removed`: the connection was ended, and has to be made anew.
 */
export type NumberState =
  | 'preparing'
  | 'connecting'
  | 'syncing'
  | 'live'
  | 'at_risk'
  | 'offboarded'
  | 'removed'
  | 'restricted'
  | 'disabled'

/**
 * Only a number in one of these states sends. WhatsApp restricts what a business begins, and lets it answer: what it does
 * refuse to a restricted number, it refuses message by message.
 */
export const SENDING_STATES = ['syncing', 'live', 'at_risk', 'restricted'] as const satisfies readonly NumberState[]

export function canSend(state: NumberState): boolean {
  return SENDING_STATES.some((sending) => sending === state)
}

/** A WhatsApp number of the business. */
export interface BusinessNumber {
  readonly id: NumberId
  /** Meta's ids; `null`: it is held on the phone alone and was never connected. */
  readonly phoneNumberId: string | null
  readonly wabaId: string | null
  /** As Meta displays it, e.g. `+966 55 123 4567`. */
  readonly displayPhone: string
  readonly verifiedName: string
  readonly mode: NumberMode
  readonly state: NumberState
  readonly stateSinceMs: UnixMs
  readonly stateReason: StateReason | null
  /** The phone was last seen to be alive; exact to the hour. `null`: never, or there is no phone. */
  readonly lastSignMs: UnixMs | null
  readonly lastSignKind: SignKind | null
  /** Graph last told how the number stands. */
  readonly checkedAtMs: UnixMs | null
  /** `null`: never, or not known. */
  readonly tokenExpiresAtMs: UnixMs | null
  readonly syncs: readonly Sync[]
}

/** Whether a number is held on the phone alone by choice: nothing comes in, and that is no trouble. */
export function isAppOnly({ mode }: Pick<BusinessNumber, 'mode'>): boolean {
  return mode === 'app_only'
}

/** Written down, never connected, and taken off the list again: shown nowhere, and still there for an undo. */
export function isTakenOff({ phoneNumberId, state }: Pick<BusinessNumber, 'phoneNumberId' | 'state'>): boolean {
  return phoneNumberId === null && state === 'removed'
}

/** One step in the life of a number. */
export interface NumberStateChange {
  readonly state: NumberState
  readonly reason: StateReason | null
  readonly evidence: StateEvidence
  readonly atMs: UnixMs
}

export type SyncKind = 'contacts' | 'history'

/**
 * `silent`: Meta accepted the request and nothing came for a while. `partial`: chunks came and then no more, before the
 * end; it goes on by itself when another one comes. `too_late` and `used_up`: Meta takes the request no more.
 */
export type SyncState =
  | 'not_asked'
  | 'asked'
  | 'silent'
  | 'receiving'
  | 'declined'
  | 'complete'
  | 'partial'
  | 'too_late'
  | 'used_up'

/**
 * Phases of history: 0 = the last day, 1 = days 1–90, 2 = days 90–180. Meta sends nothing for an empty phase and says of
 * none that it is done: `complete` and `empty` are known when all of history is in. `stopped`: the import has stopped
 * in the middle, and what is here may not be all.
 */
export interface SyncPhase {
  readonly phase: number
  readonly chunks: number
  readonly messages: number
  readonly state: 'waiting' | 'receiving' | 'complete' | 'empty' | 'stopped'
}

/** What Meta answered instead of taking the request. */
export interface SyncError {
  /** `null`: no answer of Meta's came. */
  readonly code: number | null
  readonly title: string
  readonly traceId: string | null
}

export interface Sync {
  readonly kind: SyncKind
  readonly state: SyncState
  readonly requestId: string | null
  readonly askedAtMs: UnixMs | null
  /** Until then it may be asked for: 24 hours after the onboarding. */
  readonly deadlineMs: UnixMs | null
  /** It was not asked for and the deadline is near: since when somebody is told so. */
  readonly alarmedAtMs: UnixMs | null
  readonly error: SyncError | null
  readonly updatedAtMs: UnixMs | null
  /** History: when its first and its last chunk came. */
  readonly firstChunkAtMs: UnixMs | null
  readonly lastChunkAtMs: UnixMs | null
  /** History: files of messages since then may come with it; older ones stay on the phone. */
  readonly filesFromMs: UnixMs | null
  /** Meta's own figure for the whole of history, 0–100; `null` before the first chunk and for contacts. */
  readonly progressPercent: number | null
  /** Contacts: how many came. History: how many messages came. */
  readonly received: number
  readonly phases: readonly SyncPhase[]
}
