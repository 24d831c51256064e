import type { MessageRow } from '../inbox/rows.ts'
import type { Clock } from '../platform/clock.ts'
import { composeMessage } from '../whatsapp/compose.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import type { NumberWork, Waiting } from './claim-store.ts'
import { judgeSend, type SendVerdict } from './send-outcome.ts'

export interface CallDeps {
  readonly clock: Clock
  /** `POST /<PHONE_ID>/messages`. */
  readonly post: (token: string, phoneNumberId: string, body: unknown) => Promise<GraphAnswer<{ wamid: string }>>
  /** Opens the sealed token of a number. */
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

/** A message that is marked as being sent, and whose call is to be made. */
export interface ClaimedSend {
  readonly row: MessageRow
  readonly waiting: Waiting
  /** Meta's id of its file; `null`: it has none. */
  readonly mediaId: string | null
  readonly number: NumberWork
}

/** Makes the call for a message, and judges what came of it. */
export async function sendClaimed(deps: CallDeps, workspaceId: string, send: ClaimedSend): Promise<SendVerdict> {
  const { row, waiting, number, mediaId } = send
  if (number.sealedToken === null) return refuse('The number has no access token')
  const composed = composeMessage({
    recipient: { phone: waiting.contact.phone, userId: waiting.contact.userId },
    content: row.content,
    mediaId,
    quote: row.quote,
    callbackData: row.id,
  })
  if (!composed.ok) {
    return refuse(composed.reason === 'no_recipient' ? 'The customer has no address' : 'This type cannot be sent')
  }
  const token = deps.openToken(workspaceId, row.numberId, number.sealedToken)
  const answer = await deps.post(token, number.phoneNumberId, composed.body)
  const nowMs = deps.clock.nowMs()
  return judgeSend(answer, nowMs - (waiting.triedAtMs ?? nowMs))
}

function refuse(title: string): SendVerdict {
  return { kind: 'failed', error: { code: null, title, details: null } }
}
