import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NumberMode, NumberState } from '../../contract/number.ts'
import { REMOVAL_REASONS, type StateReason } from '../../contract/state-reason.ts'
import type { GraphAnswer, GraphNumber } from '../whatsapp/graph-answer.ts'
import { settleStanding } from './number-checks.ts'
import {
  type Connection,
  connectionOf,
  type Hint,
  isThere,
  LAG_AFTER_SIGNUP_MS,
  type NumberFacts,
  standingByTime,
  standingOf,
  TOKEN_ENDS_SOON_MS,
} from './number-standing.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const NOW_MS = Date.UTC(2026, 10, 23, 9)
const STATES: readonly NumberState[] = [
  'preparing',
  'connecting',
  'syncing',
  'live',
  'at_risk',
  'offboarded',
  'removed',
  'restricted',
  'disabled',
]

const FACTS: NumberFacts = {
  mode: 'coexistence',
  state: 'live',
  reason: 'history_ended',
  connectedAtMs: NOW_MS - 30 * DAY_MS,
  lastSignMs: NOW_MS - DAY_MS,
  tokenExpiresAtMs: null,
  importing: false,
}
const WELL: GraphNumber = {
  phoneNumberId: '1',
  displayPhone: '+1',
  verifiedName: 'Shop',
  isOnBizApp: true,
  platformType: 'CLOUD_API',
  status: 'CONNECTED',
  paymentFails: false,
}
const says = (fields: Partial<GraphNumber>): GraphAnswer<GraphNumber> => ({ kind: 'ok', value: { ...WELL, ...fields } })
const refuses = (code: number): GraphAnswer<GraphNumber> => ({
  kind: 'error',
  status: 400,
  error: { code, title: '', details: null, traceId: 'T' },
})
const hint = (event: string, given: Partial<Hint> = {}): Hint => ({
  event,
  reason: null,
  initiatedBy: null,
  atMs: NOW_MS - 1,
  receivedAtMs: NOW_MS - 1,
  ...given,
})

/** State and reason; `unanswered` and `lagging` as they are. */
function judge(
  answer: GraphAnswer<GraphNumber>,
  facts: Partial<NumberFacts> = {},
  hints: readonly Hint[] = [],
): string {
  const all = { ...FACTS, ...facts }
  const connection = connectionOf(answer, all, hints, NOW_MS)
  if (connection.kind === 'unanswered' || connection.kind === 'lagging') return connection.kind
  const { state, reason } = standingOf(connection, all, NOW_MS)
  return `${state} ${reason}`
}

describe('what Graph answers', () => {
  test.each<[string, string]>([
    [judge(says({})), 'live history_ended'],
    [judge(says({}), { state: 'offboarded', reason: 'suspended' }), 'live confirmed'],
    [judge(says({}), { importing: true, state: 'removed', reason: 'change_number' }), 'syncing confirmed'],
    [judge(says({ isOnBizApp: false })), 'offboarded not_on_phone'],
    [judge(says({ isOnBizApp: false }), { mode: 'api_only' }), 'live history_ended'],
    [judge(says({ platformType: 'NOT_APPLICABLE' }), { mode: 'api_only' }), 'offboarded not_in_api'],
    [judge(says({ status: 'MIGRATED' })), 'offboarded not_in_api'],
    [judge(says({ status: 'DISCONNECTED' })), 'offboarded suspended'],
    [judge(says({ status: 'BANNED', isOnBizApp: false })), 'disabled banned'],
    [judge(says({ status: 'DELETED' })), 'disabled deleted'],
    [judge(says({ status: 'RESTRICTED' })), 'restricted restricted_by_meta'],
    [judge(says({ status: 'FLAGGED' })), 'at_risk flagged'],
    [judge(says({ paymentFails: true })), 'at_risk payment_failing'],
    [judge(says({ platformType: null })), 'lagging'],
    [judge(refuses(190)), 'removed access_lost'],
    [judge(refuses(190), { tokenExpiresAtMs: NOW_MS }), 'offboarded token_expired'],
    [judge(refuses(131031)), 'disabled banned'],
    [judge(refuses(100)), 'unanswered'],
    [judge(refuses(100), {}, [hint('PARTNER_REMOVED', { reason: 'CHANGE_NUMBER' })]), 'removed change_number'],
    [judge(refuses(131016)), 'unanswered'],
    [judge({ kind: 'unreachable', detail: '' }), 'unanswered'],
    [judge({ kind: 'unclear', why: 'timeout', detail: '' }), 'unanswered'],
  ])('is %s', (found, wanted) => {
    expect(found).toBe(wanted)
  })

  test.each(REMOVAL_REASONS)('is a removal whose reason the notice gives: %s', (reason) => {
    const removal = hint('PARTNER_REMOVED', { reason: reason.toUpperCase() })
    expect(judge(refuses(200), {}, [removal])).toBe(`removed ${reason}`)
  })

  test('with a notice that gives no reason, or one nobody knows, is a removal all the same', () => {
    expect(judge(refuses(200), {}, [hint('PARTNER_REMOVED')])).toBe('removed access_lost')
    expect(judge(refuses(200), {}, [hint('PARTNER_REMOVED', { reason: 'NEW_WORD' })])).toBe('removed access_lost')
  })

  test('is explained by the notice that came last, whatever time it carries', () => {
    const off = hint('ACCOUNT_OFFBOARDED', { receivedAtMs: NOW_MS - 10, atMs: NOW_MS - 10 })
    // Meta stamps a reconnection before the offboarding that it ends.
    const back = hint('ACCOUNT_RECONNECTED', { receivedAtMs: NOW_MS - 5, atMs: NOW_MS - 1_010 })
    expect(judge(says({ status: 'DISCONNECTED' }), {}, [back, off])).toBe('offboarded device_changed')
    expect(judge(says({}), {}, [off, back])).toBe('live history_ended')
  })

  test('so soon after the signup that it may be old is no offboarding, unless a notice says so', () => {
    const connectedAtMs = NOW_MS - LAG_AFTER_SIGNUP_MS + 1
    const gone = says({ status: 'DISCONNECTED', isOnBizApp: false })
    expect(judge(gone, { connectedAtMs })).toBe('lagging')
    expect(judge(gone, { connectedAtMs: connectedAtMs - 1 })).toBe('offboarded not_on_phone')
    expect(judge(gone, { connectedAtMs }, [hint('ACCOUNT_OFFBOARDED')])).toBe('offboarded device_changed')
    expect(judge(refuses(200), { connectedAtMs })).toBe('removed access_lost')
  })

  test('keeps a reason that says more than the new one', () => {
    expect(judge(refuses(200), { state: 'removed', reason: 'change_number' })).toBe('removed change_number')
    expect(judge(says({ status: 'DISCONNECTED' }), { state: 'offboarded', reason: 'device_changed' })).toBe(
      'offboarded device_changed',
    )
  })
})

describe('time', () => {
  const byTime = (facts: Partial<NumberFacts>) => {
    const { state, reason } = standingByTime({ ...FACTS, ...facts }, NOW_MS)
    return `${state} ${reason}`
  }
  test.each<[string, string]>([
    [byTime({ lastSignMs: NOW_MS - 10 * DAY_MS + 1 }), 'live history_ended'],
    [byTime({ lastSignMs: NOW_MS - 10 * DAY_MS }), 'at_risk phone_silent'],
    [byTime({ lastSignMs: NOW_MS - 10 * DAY_MS, mode: 'api_only' }), 'live history_ended'],
    [byTime({ lastSignMs: null }), 'live history_ended'],
    [byTime({ tokenExpiresAtMs: NOW_MS + TOKEN_ENDS_SOON_MS + 1 }), 'live history_ended'],
    [byTime({ tokenExpiresAtMs: NOW_MS + TOKEN_ENDS_SOON_MS }), 'at_risk token_ending'],
    // Of two risks the one that comes true first.
    [byTime({ lastSignMs: NOW_MS - 11 * DAY_MS, tokenExpiresAtMs: NOW_MS + 2 * DAY_MS }), 'at_risk token_ending'],
    [byTime({ lastSignMs: NOW_MS - 13 * DAY_MS, tokenExpiresAtMs: NOW_MS + 2 * DAY_MS }), 'at_risk phone_silent'],
    [byTime({ state: 'at_risk', reason: 'phone_silent' }), 'live risk_over'],
    [byTime({ state: 'at_risk', reason: 'payment_failing' }), 'at_risk payment_failing'],
    [byTime({ state: 'removed', reason: 'change_number', lastSignMs: 0 }), 'removed change_number'],
  ])('makes of it: %s', (found, wanted) => {
    expect(found).toBe(wanted)
  })
})

const aState = fc.constantFrom(...STATES)
const aReason = fc.option(fc.constantFrom<StateReason>('confirmed', 'phone_silent', 'suspended', ...REMOVAL_REASONS))
const aTime = fc.integer({ min: NOW_MS - 400 * DAY_MS, max: NOW_MS + 100 * DAY_MS })
const someFacts = fc.record({
  mode: fc.constantFrom<NumberMode>('coexistence', 'api_only', 'app_only'),
  state: aState,
  reason: aReason,
  connectedAtMs: fc.integer({ min: NOW_MS - 400 * DAY_MS, max: NOW_MS }),
  lastSignMs: fc.option(aTime),
  tokenExpiresAtMs: fc.option(aTime),
  importing: fc.boolean(),
})
const someHints = fc.array(
  fc.record({
    event: fc.constantFrom('PARTNER_REMOVED', 'ACCOUNT_OFFBOARDED', 'ACCOUNT_RECONNECTED'),
    reason: fc.option(fc.constantFrom(...REMOVAL_REASONS.map((word) => word.toUpperCase()), 'NEW_WORD')),
    initiatedBy: fc.option(fc.constantFrom('USER', 'SYSTEM')),
    atMs: fc.option(aTime),
    receivedAtMs: aTime,
  }),
  { maxLength: 4 },
)
const someAnswer: fc.Arbitrary<GraphAnswer<GraphNumber>> = fc.oneof(
  fc
    .record({
      isOnBizApp: fc.boolean(),
      platformType: fc.option(fc.constantFrom('CLOUD_API', 'NOT_APPLICABLE', 'ON_PREMISE')),
      status: fc.option(
        fc.constantFrom('CONNECTED', 'DISCONNECTED', 'BANNED', 'DELETED', 'RESTRICTED', 'FLAGGED', 'PENDING', 'WORD'),
      ),
      paymentFails: fc.boolean(),
    })
    .map(says),
  fc.constantFrom(0, 10, 33, 100, 131031, 190, 200, 299, 4, 131016, 12345).map(refuses),
  fc.constant<GraphAnswer<GraphNumber>>({ kind: 'unreachable', detail: '' }),
)
const tells = (connection: Connection) => connection.kind === 'there' || connection.kind === 'gone'

describe('whatever is known and answered', () => {
  test('there is one verdict, the same each time, whose state and reason agree', () => {
    fc.assert(
      fc.property(someAnswer, someFacts, someHints, (answer, facts, hints) => {
        const connection = connectionOf(answer, facts, hints, NOW_MS)
        expect(connectionOf(answer, facts, hints, NOW_MS)).toEqual(connection)
        if (connection.kind !== 'there' && connection.kind !== 'gone') return
        const standing = standingOf(connection, facts, NOW_MS)
        expect(standingOf(connection, facts, NOW_MS)).toEqual(standing)
        expect(isThere(standing.state)).toBe(connection.kind === 'there')
        if (standing.state !== facts.state) expect(standing.reason).not.toBeNull()
      }),
    )
  })

  test('a notice alone never ends a connection that Graph says stands', () => {
    fc.assert(
      fc.property(someFacts, someHints, (facts, hints) => {
        const connection = connectionOf(says({}), facts, hints, NOW_MS)
        expect(connection.kind).toBe('there')
      }),
    )
  })

  test('a notice from before the connection changes nothing at all', () => {
    fc.assert(
      fc.property(someAnswer, someFacts, someHints, (answer, facts, hints) => {
        const stale = hints.map((one) => ({ ...one, receivedAtMs: facts.connectedAtMs - 1 }))
        expect(connectionOf(answer, facts, stale, NOW_MS)).toEqual(connectionOf(answer, facts, [], NOW_MS))
      }),
    )
  })

  test('an answer that was given twice is the state, and then it is the same', () => {
    fc.assert(
      fc.property(someAnswer, someFacts, someHints, (answer, facts, hints) => {
        fc.pre(tells(connectionOf(answer, facts, hints, NOW_MS)))
        const read = (before: NumberFacts, nowMs: number) =>
          standingOf(connectionOf(answer, before, hints, nowMs) as Parameters<typeof standingOf>[0], before, nowMs)
        const found = read(facts, NOW_MS)
        const first = settleStanding({ ...facts, suspicion: null }, found, NOW_MS)
        if (first.kind === 'suspect') {
          const again = settleStanding({ ...facts, suspicion: first.suspicion }, found, NOW_MS + first.againInMs)
          expect(again.kind).toBe('change')
          expect(
            settleStanding({ ...facts, suspicion: first.suspicion }, found, NOW_MS + first.againInMs - 1).kind,
          ).toBe('wait')
        }
        const after = { ...facts, state: found.state, reason: found.reason }
        expect(settleStanding({ ...after, suspicion: null }, read(after, NOW_MS), NOW_MS).kind).toBe('same')
      }),
    )
  })
})
