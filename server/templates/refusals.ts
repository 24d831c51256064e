import type { ErrorCode } from '../../contract/error-codes.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'

export interface Refusal {
  readonly ok: false
  readonly code: ErrorCode
  readonly details?: unknown
}

export function refused(code: ErrorCode): Refusal {
  return { ok: false, code }
}

/** What Meta said, or that it said nothing. */
export function refusedByMeta(answer: Exclude<GraphAnswer<unknown>, { kind: 'ok' }>): Refusal {
  if (answer.kind !== 'error') return refused('graph_unreachable')
  const { code, title, details } = answer.error
  return { ok: false, code: 'template_refused', details: { code, words: details ?? title } }
}
