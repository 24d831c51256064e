import { graphErrorRule } from '../../contract/graph-errors.ts'
import type { NumberMode, NumberState } from '../../contract/number.ts'
import { ENDS_AFTER_MS, REMIND_AFTER_MS } from '../../contract/phone-due.ts'
import {
  REMOVAL_REASONS,
  type RemovalReason,
  type StateEvidence,
  type StateReason,
} from '../../contract/state-reason.ts'
import type { GraphAnswer, GraphError, GraphNumber } from '../whatsapp/graph-answer.ts'

/** A token that ends sooner than this puts the number at risk. */
export const TOKEN_ENDS_SOON_MS = 7 * 24 * 60 * 60 * 1000
/** What Graph says of a number's health lags this long behind a good signup. */
export const LAG_AFTER_SIGNUP_MS = 30 * 60 * 1000
/** A notice older than this explains nothing that happens now: Meta delivers one for seven days. */
const HINT_EXPLAINS_MS = 7 * 24 * 60 * 60 * 1000
/** How far Meta's clock and the order of its notices may be off. */
const NOTICE_CLOCK_MS = 60 * 60 * 1000
const INVALID_PARAMETER = 100
const ACCOUNT_LOCKED = 131031

/** What is known about a number beside Graph's answer. */
export interface NumberFacts {
  readonly mode: NumberMode
  readonly state: NumberState
  readonly reason: StateReason | null
  readonly connectedAtMs: number
  readonly lastSignMs: number | null
  readonly tokenExpiresAtMs: number | null
  /** History is still waited for. */
  readonly importing: boolean
}

/** A notice about the account, by when it came: the time it carries may be inverted. Newest first. */
export interface Hint {
  readonly event: string
  /** Meta's words, e.g. `PRIMARY_INACTIVITY` and `SYSTEM`. */
  readonly reason: string | null
  readonly initiatedBy: string | null
  readonly atMs: number | null
  readonly receivedAtMs: number
}

/** How a number stands: its state, why, and what showed it. */
export interface Standing {
  readonly state: NumberState
  readonly reason: StateReason | null
  readonly evidence: StateEvidence
}

type Warning = 'payment_failing' | 'flagged'

/**
 * What Graph's answer says of the connection. `unanswered`: nothing, it has to be asked again. `lagging`: that it does
 * not stand, so soon after the signup that it may be old. `there`: it stands, perhaps with a warning. `gone`: it
 * does not, or Meta holds it back.
 */
export type Connection =
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'lagging' }
  | { readonly kind: 'there'; readonly warning: Warning | null; readonly evidence: StateEvidence }
  | { readonly kind: 'gone'; readonly standing: Standing }

/**
 * Reads Graph's answer. Notices are hints: they give the reason of what Graph says, never the state.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export function connectionOf(
  answer: GraphAnswer<GraphNumber>,
  facts: NumberFacts,
  hints: readonly Hint[],
  nowMs: number,
): Connection {
  const own = hints.filter((hint) => isOfThisConnection(hint, facts.connectedAtMs))
  if (answer.kind === 'error') return refused(answer.error, facts, own, nowMs)
  if (answer.kind !== 'ok') return { kind: 'unanswered' }
  const { isOnBizApp, platformType, status, paymentFails } = answer.value
  const evidence: StateEvidence = { by: 'graph', isOnBizApp, platformType, status }
  const gone = (state: NumberState, reason: StateReason): Connection => ({
    kind: 'gone',
    standing: { state, reason, evidence },
  })
  if (status === 'BANNED') return gone('disabled', 'banned')
  if (status === 'DELETED') return gone('disabled', 'deleted')
  if (platformType === null) return { kind: 'lagging' }
  const away = awayReason(answer.value, facts.mode)
  if (away !== null) {
    const hint = own.find((one) => ENDINGS.has(one.event) && nowMs - one.receivedAtMs < HINT_EXPLAINS_MS)
    if (hint !== undefined) return ended(hint, evidence)
    return nowMs - facts.connectedAtMs < LAG_AFTER_SIGNUP_MS ? { kind: 'lagging' } : gone('offboarded', away)
  }
  if (status === 'RESTRICTED') return gone('restricted', 'restricted_by_meta')
  return {
    kind: 'there',
    warning: paymentFails ? 'payment_failing' : status === 'FLAGGED' ? 'flagged' : null,
    evidence,
  }
}

/** How the number stands by what Graph has said of its connection and what is known beside it. */
export function standingOf(
  connection: Extract<Connection, { kind: 'there' | 'gone' }>,
  facts: NumberFacts,
  nowMs: number,
): Standing {
  if (connection.kind === 'gone') return keepReason(connection.standing, facts)
  const { warning, evidence } = connection
  if (warning !== null) return { state: 'at_risk', reason: warning, evidence }
  const times = { ...evidence, lastSignMs: facts.lastSignMs, tokenExpiresAtMs: facts.tokenExpiresAtMs }
  const risk = riskByTime(facts, nowMs)
  if (risk !== null) return { state: 'at_risk', reason: risk, evidence: times }
  const state = facts.importing ? 'syncing' : 'live'
  const news = facts.state === 'at_risk' ? 'risk_over' : 'confirmed'
  return { state, reason: facts.state === state ? facts.reason : news, evidence: times }
}

/**
 * How a connected number stands as time passes, without asking Graph: what Graph warned of last still holds. A number
 * that is not connected stays as it is.
 */
export function standingByTime(facts: NumberFacts, nowMs: number): Standing {
  const evidence: StateEvidence = { by: 'time' }
  if (!isThere(facts.state)) return { state: facts.state, reason: facts.reason, evidence }
  const warned = facts.state === 'at_risk' && (facts.reason === 'payment_failing' || facts.reason === 'flagged')
  const warning = warned ? (facts.reason as Warning) : null
  return standingOf({ kind: 'there', warning, evidence }, facts, nowMs)
}

/** Whether a state says that the connection stands. */
export function isThere(state: NumberState): boolean {
  return state === 'syncing' || state === 'live' || state === 'at_risk'
}

/** Notices that say a connection ended. */
const ENDINGS: ReadonlySet<string> = new Set(['PARTNER_REMOVED', 'ACCOUNT_OFFBOARDED'])

/** A notice that is delivered late may speak of the connection before this one. */
function isOfThisConnection({ receivedAtMs, atMs }: Hint, connectedAtMs: number): boolean {
  return receivedAtMs >= connectedAtMs && (atMs === null || atMs >= connectedAtMs - NOTICE_CLOCK_MS)
}

/** Graph says that the connection does not stand, and a notice says why. */
function ended({ event: notice, reason, initiatedBy }: Hint, graph: StateEvidence): Connection {
  if (notice === 'ACCOUNT_OFFBOARDED') {
    return { kind: 'gone', standing: { state: 'offboarded', reason: 'device_changed', evidence: { ...graph, notice } } }
  }
  const evidence = { ...graph, notice, initiatedBy }
  return { kind: 'gone', standing: { state: 'removed', reason: removalReason(reason) ?? 'access_lost', evidence } }
}

function refused(error: GraphError, facts: NumberFacts, own: readonly Hint[], nowMs: number): Connection {
  const evidence: StateEvidence = { by: 'graph', errorCode: error.code, traceId: error.traceId }
  if (error.code === ACCOUNT_LOCKED)
    return { kind: 'gone', standing: { state: 'disabled', reason: 'banned', evidence } }
  const removal = own.find((hint) => hint.event === 'PARTNER_REMOVED')
  // Graph calls an object that one may not see any more one that does not exist: an invalid parameter.
  const unseen = removal !== undefined && error.code === INVALID_PARAMETER
  if (!unseen && graphErrorRule(error.code).action !== 'reconnect') return { kind: 'unanswered' }
  if (removal !== undefined) return ended(removal, evidence)
  const { tokenExpiresAtMs } = facts
  if (tokenExpiresAtMs !== null && tokenExpiresAtMs <= nowMs) {
    const standing = {
      state: 'offboarded',
      reason: 'token_expired',
      evidence: { ...evidence, tokenExpiresAtMs },
    } as const
    return { kind: 'gone', standing }
  }
  return { kind: 'gone', standing: { state: 'removed', reason: 'access_lost', evidence } }
}

function removalReason(word: string | null): RemovalReason | null {
  return REMOVAL_REASONS.find((reason) => reason.toUpperCase() === word) ?? null
}

/** Why Graph's fields do not describe a connected number. Only in coexistence is it expected on the phone too. */
function awayReason({ isOnBizApp, platformType, status }: GraphNumber, mode: NumberMode): StateReason | null {
  if (platformType !== 'CLOUD_API' || status === 'MIGRATED') return 'not_in_api'
  if (mode === 'coexistence' && !isOnBizApp) return 'not_on_phone'
  return status === 'DISCONNECTED' ? 'suspended' : null
}

/** Reasons that say no more than the state does: one that says more is not given up for them. */
const BARE: ReadonlySet<StateReason> = new Set(['access_lost', 'suspended'])

function keepReason(standing: Standing, facts: NumberFacts): Standing {
  const known = facts.state === standing.state && facts.reason !== null
  return known && standing.reason !== null && BARE.has(standing.reason)
    ? { ...standing, reason: facts.reason }
    : standing
}

/** The risk that comes true first. */
function riskByTime({ mode, lastSignMs, tokenExpiresAtMs }: NumberFacts, nowMs: number): StateReason | null {
  const silent = mode === 'coexistence' && lastSignMs !== null && nowMs >= lastSignMs + REMIND_AFTER_MS
  const ending = tokenExpiresAtMs !== null && nowMs >= tokenExpiresAtMs - TOKEN_ENDS_SOON_MS
  if (silent && ending) return lastSignMs + ENDS_AFTER_MS <= tokenExpiresAtMs ? 'phone_silent' : 'token_ending'
  if (silent) return 'phone_silent'
  return ending ? 'token_ending' : null
}
