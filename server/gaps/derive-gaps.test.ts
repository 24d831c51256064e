import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STANDING_KINDS } from '../../contract/api/gaps.ts'
import type { SyncState } from '../../contract/number.ts'
import { OUTAGE_MS_MIN } from './derive-absences.ts'
import { deriveGaps } from './derive-gaps.ts'
import type { GapFacts, SyncFact } from './gap-facts.ts'
import { reconcileGaps } from './reconcile-gaps.ts'

const DAY_MS = 86_400_000
const CONNECTED_MS = Date.UTC(2026, 10, 1)

const NOTHING: GapFacts = {
  mode: 'api_only',
  connectedAtMs: CONNECTED_MS,
  syncs: [],
  oldMedia: null,
  recentMedia: null,
  missingFiles: [],
  unavailable: null,
  unsupported: [],
  notices: [],
  strays: [],
  missedReports: null,
  standby: null,
  states: [],
  runs: [],
  webhookDown: null,
}

const history = (state: SyncState): SyncFact => ({
  kind: 'history',
  state,
  updatedAtMs: CONNECTED_MS + 60_000,
  deadlineMs: CONNECTED_MS + DAY_MS,
  lastChunkAtMs: null,
  phases: [{ phase: 0, messages: 12 }],
})
const derive = (facts: Partial<GapFacts>) => deriveGaps({ ...NOTHING, ...facts })

describe('what is derived', () => {
  test('nothing from nothing, for a number of the API alone', () => {
    expect(derive({})).toEqual([])
  })

  test.each([
    ['declined', 'history_declined'],
    ['silent', 'history_silent'],
    ['too_late', 'history_too_late'],
    ['used_up', 'history_used_up'],
    ['not_asked', null],
    ['asked', null],
    ['receiving', null],
    ['complete', null],
  ] as const)('history that is %s: %s, for the half year before connecting', (state, kind) => {
    const gaps = derive({ syncs: [history(state)] })
    if (kind === null) return expect(gaps).toEqual([])
    expect(gaps).toEqual([
      {
        ...{ key: 'history', kind, sinceMs: CONNECTED_MS + 60_000, untilMs: null, count: null },
        evidence: { fromMs: CONNECTED_MS - 180 * DAY_MS, toMs: CONNECTED_MS },
      },
    ])
  })

  test('a partial history names the phases and what came of each', () => {
    const [gap] = derive({ syncs: [history('partial')] })
    expect(gap).toMatchObject({ kind: 'history_partial', evidence: { parts: { phase0: 12, phase1: 0, phase2: 0 } } })
  })

  test('contacts that never came, whatever became of history', () => {
    const contacts = { ...history('silent'), kind: 'contacts' as const, phases: [] }
    expect(derive({ syncs: [contacts, history('complete')] })).toMatchObject([
      { key: 'contacts', kind: 'contacts_missing' },
    ])
    expect(derive({ syncs: [{ ...contacts, state: 'declined' }] })).toEqual([])
  })

  test('counts with the time of the first and the last; none of nothing', () => {
    const tally = { count: 3, firstMs: 10, lastMs: 30 }
    const kinds = ['media_not_come', 'media_old', 'missed_report', 'other_partner', 'unavailable'] as const
    const gaps = derive({
      oldMedia: tally,
      recentMedia: tally,
      unavailable: tally,
      missedReports: tally,
      standby: tally,
    })
    expect(gaps).toEqual(
      kinds.map((kind) => ({
        ...{ key: kind, kind, sinceMs: 10, untilMs: null, count: 3 },
        evidence: { fromMs: 10, toMs: 30 },
      })),
    )
    expect(derive({ missedReports: { ...tally, count: 0 } })).toEqual([])
  })

  test('one gap for all reasons of files, each a part', () => {
    const missingFiles = [
      { name: 'too_large', count: 2, firstMs: 20, lastMs: 25 },
      { name: 'expired', count: 1, firstMs: 10, lastMs: 10 },
    ]
    expect(derive({ missingFiles })).toMatchObject([
      { kind: 'file_missing', count: 3, sinceMs: 10, evidence: { toMs: 25, parts: { expired: 1, too_large: 2 } } },
    ])
  })

  test('what stays on the phone, where there is one; counted where Meta tells of it', () => {
    const call = { name: 'call', count: 4, firstMs: 1, lastMs: 2 }
    const gaps = derive({ mode: 'coexistence', notices: [call] })
    expect(gaps.map(({ kind }) => kind)).toEqual([...STANDING_KINDS].sort())
    expect(gaps.filter(({ count }) => count !== null)).toMatchObject([{ kind: 'calls', count: 4 }])
    expect(derive({ mode: 'app_only' }).map(({ kind }) => kind)).toEqual(['app_only'])
  })
})

describe('times in which nothing could come', () => {
  const at = (state: GapFacts['states'][number]['state'], atMs: number, reason: string | null = null) => ({
    ...{ state, atMs, reason },
  })

  test('from offboarded to the next state of being there, the reason with it', () => {
    const gone = [at('offboarded', 5, 'ACCOUNT_OFFBOARDED'), at('removed', 7), at('connecting', 8)]
    const states = [at('live', 1), ...gone, at('syncing', 9)]
    expect(derive({ states })).toEqual([
      {
        ...{ key: 'disconnected:5', kind: 'disconnected', sinceMs: 5, untilMs: 9, count: null },
        evidence: { state: 'offboarded', reason: 'ACCOUNT_OFFBOARDED' },
      },
    ])
  })

  test('open while it lasts; at risk and restricted numbers still hear everything', () => {
    expect(derive({ states: [at('removed', 5)] })).toMatchObject([{ untilMs: null, evidence: { state: 'removed' } }])
    expect(derive({ states: [at('at_risk', 5), at('restricted', 6)] })).toEqual([])
  })

  test('between two runs of ours, unless it was only a restart or another process ran', () => {
    const start = CONNECTED_MS + DAY_MS
    const end = start + OUTAGE_MS_MIN
    const runs = [
      { fromMs: end, untilMs: end + 10 },
      { fromMs: CONNECTED_MS - DAY_MS, untilMs: start },
    ]
    expect(derive({ runs })).toMatchObject([{ key: `outage:${start}`, kind: 'outage', sinceMs: start, untilMs: end }])
    expect(derive({ runs: [...runs, { fromMs: start - 5, untilMs: end }] })).toEqual([])
    expect(derive({ runs: [{ fromMs: end - 1, untilMs: end + 10 }, ...runs.slice(1)] })).toEqual([])
    // Before the number was here nothing of it was missed.
    expect(derive({ runs, connectedAtMs: end })).toEqual([])
  })
})

const ms = fc.integer({ min: 0, max: 40 }).map((minutes) => CONNECTED_MS + minutes * 60_000)
const state = fc.record({
  state: fc.constantFrom('live', 'offboarded', 'removed', 'connecting', 'syncing', 'at_risk', 'disabled'),
  reason: fc.constantFrom(null, 'CHANGE_NUMBER'),
  atMs: ms,
})
const run = fc.tuple(ms, ms).map(([a, b]) => ({ fromMs: Math.min(a, b), untilMs: Math.max(a, b) }))
const named = fc.record({ name: fc.constantFrom('a', 'b', 'c'), count: fc.nat(5), firstMs: ms, lastMs: ms })
const unique = fc.uniqueArray(named, { selector: ({ name }) => name })
const facts: fc.Arbitrary<GapFacts> = fc.record({
  mode: fc.constantFrom('coexistence', 'api_only', 'app_only'),
  connectedAtMs: fc.constant(CONNECTED_MS),
  syncs: fc.uniqueArray(fc.constantFrom(history('declined'), history('partial')), { selector: ({ kind }) => kind }),
  oldMedia: fc.option(named),
  recentMedia: fc.option(named),
  missingFiles: unique,
  unavailable: fc.option(named),
  unsupported: unique,
  notices: unique,
  strays: unique,
  missedReports: fc.option(named),
  standby: fc.option(named),
  states: fc.array(state, { maxLength: 8 }),
  runs: fc.array(run, { maxLength: 6 }),
  webhookDown: fc.option(
    fc.record({
      reason: fc.constantFrom('unreachable', 'elsewhere', 'no_reports'),
      sinceMs: fc.constant(CONNECTED_MS),
    }),
  ),
})

test('the order of the facts makes no difference, and no key stands twice', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const turned = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, Array.isArray(value) ? value.toReversed() : value]),
      ) as unknown as GapFacts
      const gaps = deriveGaps(given)
      expect(deriveGaps(turned)).toEqual(gaps)
      expect(new Set(gaps.map(({ key }) => key)).size).toBe(gaps.length)
      for (const { sinceMs, untilMs } of gaps) if (untilMs !== null) expect(untilMs).toBeGreaterThanOrEqual(sinceMs)
    }),
  )
})

test('deriving again changes nothing, and closes only what is open and no longer derived', () => {
  fc.assert(
    fc.property(facts, facts, (before, after) => {
      const kept = deriveGaps(before)
      expect(reconcileGaps(kept, deriveGaps(before)).close).toEqual([])
      const derived = deriveGaps(after)
      const { put, close } = reconcileGaps(kept, derived)
      expect(put).toEqual(derived)
      for (const key of close) expect(derived.some((gap) => gap.key === key)).toBe(false)
      for (const { key, untilMs } of kept) if (untilMs !== null) expect(close).not.toContain(key)
    }),
  )
})
