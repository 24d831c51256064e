import type { NumberStateChange } from '../../../contract/number.ts'
import type { Translate } from '../../app/language.ts'

/** What showed a state, in sentences; `at` writes an instant. */
export function evidenceSentences(
  t: Translate,
  at: (ms: number) => string,
  { reason, evidence }: Pick<NumberStateChange, 'reason' | 'evidence'>,
): string[] {
  const { by, errorCode, traceId, status, notice, initiatedBy, lastSignMs, tokenExpiresAtMs } = evidence
  if (by === 'onboarding') return [t('evidence.onboarding')]
  if (by === 'import') return [t('evidence.import')]
  const said: string[] = []
  if (errorCode !== undefined) said.push(t('evidence.refused', { code: errorCode, trace: traceId ?? '–' }))
  else if (by === 'graph') said.push(t('evidence.answered', { status: isolated(status ?? '–') }))
  if (notice !== undefined) said.push(t('evidence.notice', { notice: isolated(notice) }))
  if (initiatedBy === 'USER') said.push(t('evidence.byUser'))
  if (initiatedBy === 'SYSTEM') said.push(t('evidence.bySystem'))
  if (reason !== 'token_ending' && lastSignMs !== undefined && lastSignMs !== null)
    said.push(t('evidence.lastSign', { time: at(lastSignMs) }))
  if (reason !== 'phone_silent' && tokenExpiresAtMs !== undefined && tokenExpiresAtMs !== null)
    said.push(t('evidence.tokenEnds', { time: at(tokenExpiresAtMs) }))
  return said
}

/** Meta's own word, in the direction in which it is written. */
function isolated(word: string): string {
  return `\u2066${word}\u2069`
}
