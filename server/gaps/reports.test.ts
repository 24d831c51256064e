import { expect, test } from 'vitest'
import type { ReportedEvent } from '../whatsapp/graph-answer.ts'
import { missedReports, REPORT_LOST_AFTER_MS, senderOf } from './reports.ts'

const report = (more: Partial<ReportedEvent>): ReportedEvent => ({
  ...{ wamid: 'wamid.1', status: 'sent', atMs: 0, appId: 'ours', webhookState: 'DELIVERED', failure: null },
  ...more,
})

test('who sent a message', () => {
  expect(senderOf([report({ appId: null }), report({})], 'ours')).toBe('own')
  expect(senderOf([report({ appId: 'another' })], 'ours')).toBe('other')
  expect(senderOf([report({ appId: null })], 'ours')).toBeNull()
  expect(senderOf([], 'ours')).toBeNull()
})

test.each([
  [{}, false],
  [{ webhookState: null }, false],
  [{ webhookState: 'FAILED' }, true],
  [{ webhookState: 'NOT_SENT' }, true],
  [{ failure: 'timeout' }, true],
  [{ webhookState: 'FAILED', appId: 'another' }, false],
  [{ webhookState: 'FAILED', appId: null }, true],
  [{ webhookState: 'FAILED', atMs: 1 }, false],
] as const)('a report with %j was missed: %s', (more, missed) => {
  expect(missedReports([report(more)], 'ours', REPORT_LOST_AFTER_MS)).toHaveLength(missed ? 1 : 0)
})
