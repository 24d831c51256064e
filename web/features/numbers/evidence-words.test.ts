import { expect, test } from 'vitest'
import type { StateEvidence } from '../../../contract/state-reason.ts'
import { evidenceSentences } from './evidence-words.ts'

const words = (evidence: StateEvidence, reason: Parameters<typeof evidenceSentences>[2]['reason'] = null) =>
  evidenceSentences(
    (key) => key,
    () => 'then',
    { reason, evidence },
  )

test.each<[string[], StateEvidence]>([
  [['evidence.onboarding'], { by: 'onboarding' }],
  [['evidence.import'], { by: 'import' }],
  [['evidence.answered'], { by: 'graph', status: 'DISCONNECTED', isOnBizApp: true }],
  [
    ['evidence.refused', 'evidence.notice', 'evidence.bySystem'],
    { by: 'graph', errorCode: 200, traceId: 'T', notice: 'PARTNER_REMOVED', initiatedBy: 'SYSTEM' },
  ],
  [['evidence.lastSign', 'evidence.tokenEnds'], { by: 'time', lastSignMs: 1, tokenExpiresAtMs: 2 }],
  [[], { by: 'time', lastSignMs: null }],
])('says %j', (sentences, evidence) => {
  expect(words(evidence)).toEqual(sentences)
})

test('of a risk, what it hangs on', () => {
  const both: StateEvidence = { by: 'time', lastSignMs: 1, tokenExpiresAtMs: 2 }
  expect(words(both, 'phone_silent')).toEqual(['evidence.lastSign'])
  expect(words(both, 'token_ending')).toEqual(['evidence.tokenEnds'])
})
