import { type GapEvidence, type GapKind, STANDING_KINDS, type StandingKind } from '../../contract/api/gaps.ts'
import type { SyncState } from '../../contract/number.ts'
import { SYNC_WINDOW_MS } from '../sync/sync-window.ts'
import { deriveAbsences } from './derive-absences.ts'
import type { DerivedGap, GapFacts, NamedTally, SyncFact, Tally } from './gap-facts.ts'

/** History covers this long before the onboarding. */
const HISTORY_MS = 180 * 24 * 60 * 60 * 1000

/**
 * Every gap of a number, from what is kept elsewhere; sorted by key. Nothing but the facts and the time goes in, so that
 * deriving again gives the same, whatever order the facts have.
 */
export function deriveGaps(facts: GapFacts): DerivedGap[] {
  const gaps = [
    ...facts.syncs.flatMap((sync) => syncGap(sync, facts)),
    ...ofTally('media_old', facts.oldMedia),
    ...ofTally('media_not_come', facts.recentMedia),
    ...ofTally('unavailable', facts.unavailable),
    ...ofTally('missed_report', facts.missedReports),
    ...ofNames('stray_status', facts.strays),
    ...ofTally('other_partner', facts.standby),
    ...ofNames('file_missing', facts.missingFiles),
    ...ofNames('unsupported', facts.unsupported),
    ...deriveAbsences(facts),
    ...webhookDown(facts),
    ...standing(facts),
  ]
  return gaps.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

const HISTORY: Partial<Record<SyncState, GapKind>> = {
  declined: 'history_declined',
  silent: 'history_silent',
  partial: 'history_partial',
  too_late: 'history_too_late',
  used_up: 'history_used_up',
}

/** States of the contacts' sync after which names of the address book stay away. */
const NO_CONTACTS: ReadonlySet<SyncState> = new Set<SyncState>(['silent', 'partial', 'too_late', 'used_up'])

function syncGap(sync: SyncFact, facts: GapFacts): DerivedGap[] {
  const sinceMs = sync.updatedAtMs ?? facts.connectedAtMs
  if (sync.kind === 'contacts') {
    if (!NO_CONTACTS.has(sync.state)) return []
    return [gap('contacts', 'contacts_missing', sinceMs, null, { reason: sync.state })]
  }
  const kind = HISTORY[sync.state]
  if (kind === undefined) return []
  const onboardedMs = sync.deadlineMs === null ? facts.connectedAtMs : sync.deadlineMs - SYNC_WINDOW_MS
  const parts = sync.state === 'partial' ? { parts: phaseParts(sync) } : {}
  return [gap('history', kind, sinceMs, null, { fromMs: onboardedMs - HISTORY_MS, toMs: onboardedMs, ...parts })]
}

/** Messages that came of each phase; none came of a phase that says 0. */
function phaseParts(sync: SyncFact): Record<string, number> {
  const came = (phase: number) => sync.phases.find((one) => one.phase === phase)?.messages ?? 0
  return { phase0: came(0), phase1: came(1), phase2: came(2) }
}

function ofTally(kind: GapKind, tally: Tally | null): DerivedGap[] {
  if (tally === null || tally.count === 0) return []
  return [gap(kind, kind, tally.firstMs, tally.count, { fromMs: tally.firstMs, toMs: tally.lastMs })]
}

/** One gap for all names together; each is a part of it. */
function ofNames(kind: GapKind, tallies: readonly NamedTally[]): DerivedGap[] {
  const named = tallies.filter(({ count }) => count > 0).sort((a, b) => (a.name < b.name ? -1 : 1))
  if (named.length === 0) return []
  const firstMs = Math.min(...named.map((one) => one.firstMs))
  const toMs = Math.max(...named.map((one) => one.lastMs))
  const parts = Object.fromEntries(named.map(({ name, count }) => [name, count]))
  const count = named.reduce((sum, one) => sum + one.count, 0)
  return [gap(kind, kind, firstMs, count, { fromMs: firstMs, toMs, parts })]
}

/** Open while its cause is there; when it is gone, the register ends it. */
function webhookDown({ webhookDown: down, mode }: GapFacts): DerivedGap[] {
  if (down === null || mode === 'app_only') return []
  return [gap(`webhook:${down.reason}:${down.sinceMs}`, 'webhook_down', down.sinceMs, null, { reason: down.reason })]
}

/** Notices that tell of a kind which by nature stays on the phone. */
const TOLD_BY: Partial<Record<StandingKind, string>> = { groups: 'group', calls: 'call' }

/** Where there is a phone, some things stay on it; a number of the API alone has none of them. */
function standing({ mode, connectedAtMs, notices }: GapFacts): DerivedGap[] {
  if (mode === 'api_only') return []
  if (mode === 'app_only') return [gap('app_only', 'app_only', connectedAtMs, null, {})]
  return STANDING_KINDS.map((kind) => {
    const told = notices.find(({ name }) => name === TOLD_BY[kind])
    return gap(kind, kind, connectedAtMs, told === undefined ? null : told.count, {})
  })
}

function gap(key: string, kind: GapKind, sinceMs: number, count: number | null, evidence: GapEvidence): DerivedGap {
  return { key, kind, sinceMs, untilMs: null, count, evidence }
}
