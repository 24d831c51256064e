import { graphErrorRule } from '../../contract/graph-errors.ts'
import type { DeliveryError } from '../../contract/message.ts'
import { REPLY_WINDOW_MS } from '../../contract/reply-window.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'

/** How long a message whose sending surely did not happen is tried again, from the first call for it. */
export const SEND_RETRY_FOR_MS = 10 * 60 * 1000
const BACK_OFF_MS_MIN = 1_000
const BACK_OFF_MS_MAX = 60_000

/**
 * What becomes of a message after a call. `again`: the call surely did not happen, and may later; `doubtful` when Meta
 * refused the access itself, so that the number may have been disconnected. `not_called`: there was none, so that the message
 * waits on. `unconfirmed`: it may have happened; Meta has no idempotency key, so it is never made again blindly.
 */
export type SendVerdict =
  | { readonly kind: 'accepted'; readonly wamid: string }
  | { readonly kind: 'failed'; readonly error: DeliveryError }
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'not_called' }
  | { readonly kind: 'again'; readonly afterMs: number; readonly doubtful: boolean; readonly code: number | null }

/** Judges the answer of a send by the milliseconds since the first call for the message. */
export function judgeSend(answer: GraphAnswer<{ wamid: string }>, ageMs: number): SendVerdict {
  if (answer.kind === 'ok') return { kind: 'accepted', wamid: answer.value.wamid }
  return answer.kind === 'unclear' ? { kind: 'unconfirmed' } : judgeFailure(answer, ageMs)
}

/** What becomes of a message after its file was to be given to Meta. */
export type UploadVerdict =
  | { readonly kind: 'uploaded'; readonly mediaId: string }
  | Extract<SendVerdict, { readonly kind: 'failed' | 'again' }>

/**
 * Judges the answer of an upload by how old the message is, in milliseconds. One that may have happened is simply made again:
 * nobody sees a file without a message. `null`: the file is not kept here any more.
 */
export function judgeUpload(answer: GraphAnswer<{ mediaId: string }> | null, ageMs: number): UploadVerdict {
  if (answer === null) return { kind: 'failed', error: { code: null, title: 'media_unavailable', details: null } }
  if (answer.kind === 'ok') return { kind: 'uploaded', mediaId: answer.value.mediaId }
  if (answer.kind === 'unclear') return againOr({ code: null, title: 'graph_unreachable', details: null }, ageMs)
  return judgeFailure(answer, ageMs)
}

type Failure = Exclude<GraphAnswer<unknown>, { readonly kind: 'ok' | 'unclear' }>

function judgeFailure(answer: Failure, ageMs: number): Extract<SendVerdict, { readonly kind: 'failed' | 'again' }> {
  if (answer.kind === 'unreachable') {
    return againOr({ code: null, title: 'Meta could not be reached', details: answer.detail }, ageMs)
  }
  const { code, title, details, traceId } = answer.error
  const error = { code, title, details, ...(traceId === null ? {} : { traceId }) }
  const { action } = graphErrorRule(code)
  // A limit passes: it is waited out for as long as an answer may be given at all.
  if (action === 'wait') return againOr(error, ageMs, { forMs: REPLY_WINDOW_MS })
  if (action === 'retry') return againOr(error, ageMs)
  // If the connection has ended, the message waits for its return; if not, it fails when its time is over.
  return action === 'reconnect' ? againOr(error, ageMs, { doubtful: true }) : { kind: 'failed', error }
}

/** Waits as long again as the message has waited already: 1 s, 2 s, 4 s … 1 min. */
function againOr(
  error: DeliveryError,
  ageMs: number,
  { doubtful = false, forMs = SEND_RETRY_FOR_MS }: { readonly doubtful?: boolean; readonly forMs?: number } = {},
): Extract<SendVerdict, { readonly kind: 'failed' | 'again' }> {
  if (ageMs >= forMs) return { kind: 'failed', error }
  const afterMs = Math.min(Math.max(ageMs, BACK_OFF_MS_MIN), BACK_OFF_MS_MAX)
  return { kind: 'again', afterMs, doubtful, code: error.code }
}
