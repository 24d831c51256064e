import type { MetaRefusedDetails } from '../../contract/api/care.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'

/** What became of a change that Meta was asked for. */
export type Change =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }

/** What the API answers when Meta refused, or when nobody knows what Meta did. */
export function refusalOf(answer: Exclude<GraphAnswer<unknown>, { kind: 'ok' }>): Change {
  if (answer.kind !== 'error') return { ok: false, code: 'graph_unreachable' }
  const details: MetaRefusedDetails = answer.error
  return { ok: false, code: 'meta_refused', details }
}
