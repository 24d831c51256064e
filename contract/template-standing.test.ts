import { describe, expect, test } from 'vitest'
import {
  isSendable,
  mayReview,
  nextEditMs,
  type StandingFacts,
  standingFault,
  TEMPLATE_STANDINGS,
  templateStanding,
} from './template-standing.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const NOW_MS = Date.UTC(2026, 10, 23, 9)
const TERMS = { reviewDays: 180, graceDays: 30 }
const GOOD: StandingFacts = { putAway: false, metaStatus: 'APPROVED', drifted: false, reviewedAtMs: NOW_MS }

describe('the standing of a template', () => {
  test.each<[string, Partial<StandingFacts>, string]>([
    ['approved here and at Meta', {}, 'approved'],
    ['the last day before its review is due', { reviewedAtMs: NOW_MS - 180 * DAY_MS + 1 }, 'approved'],
    ['due after 180 days', { reviewedAtMs: NOW_MS - 180 * DAY_MS }, 'due'],
    ['still sent on the last day of grace', { reviewedAtMs: NOW_MS - 210 * DAY_MS + 1 }, 'due'],
    ['expired after that', { reviewedAtMs: NOW_MS - 210 * DAY_MS }, 'expired'],
    ['another wording at Meta', { drifted: true }, 'suspended'],
    ['approved at Meta, never here', { reviewedAtMs: null }, 'suspended'],
    ['not at Meta', { metaStatus: null }, 'unsubmitted'],
    ['in review at Meta', { metaStatus: 'PENDING' }, 'pending'],
    ['appealed', { metaStatus: 'IN_APPEAL' }, 'pending'],
    ['a word that Meta adds later', { metaStatus: 'DREAMING' }, 'pending'],
    ['rejected', { metaStatus: 'REJECTED' }, 'rejected'],
    ['paused', { metaStatus: 'PAUSED' }, 'paused'],
    ['paused and drifted: the pause is told', { metaStatus: 'PAUSED', drifted: true }, 'paused'],
    ['disabled', { metaStatus: 'DISABLED' }, 'disabled'],
    ['being deleted', { metaStatus: 'PENDING_DELETION' }, 'deleted'],
    ['put away here', { putAway: true }, 'put_away'],
    ['archived at Meta', { metaStatus: 'ARCHIVED' }, 'archived'],
    ['archived at Meta and drifted: the archive is told', { metaStatus: 'ARCHIVED', drifted: true }, 'archived'],
  ])('%s', (_name, facts, standing) => {
    expect(templateStanding({ ...GOOD, ...facts }, TERMS, NOW_MS)).toBe(standing)
  })

  test('only what is approved, or due and not overdue, is sent; the rest has an error of its own', () => {
    expect(TEMPLATE_STANDINGS.filter(isSendable)).toEqual(['due', 'approved'])
    expect(standingFault('suspended')).toBe('template_suspended')
    expect(standingFault('expired')).toBe('template_expired')
    expect(standingFault('disabled')).toBe('template_paused')
    expect(standingFault('pending')).toBe('template_not_approved')
  })
})

test.each([
  ['the author', 'a', 'a', 2, false],
  ['another person', 'a', 'b', 2, true],
  ['the author, who is the whole team', 'a', 'a', 1, true],
  ['anybody, for what was found at Meta', null, 'a', 2, true],
])('may review: %s', (_name, author, member, members, may) => {
  expect(mayReview(author, member, members)).toBe(may)
})

describe('the next edit that Meta takes', () => {
  test.each([
    ['none yet', 'APPROVED', [], null],
    ['one an hour ago', 'APPROVED', [1 / 24], 23 / 24],
    ['one two days ago', 'APPROVED', [2], null],
    ['ten in thirty days', 'APPROVED', [2, 4, 6, 8, 10, 12, 14, 16, 18, 20], 10],
    ['a rejected one may be edited at once', 'REJECTED', [0], null],
  ])('%s', (_name, status, daysAgo, inDays) => {
    const edits = daysAgo.map((days) => NOW_MS - days * DAY_MS)
    expect(nextEditMs(status, edits, NOW_MS)).toBe(inDays === null ? null : NOW_MS + inDays * DAY_MS)
  })
})
