import type { ModeNotReady } from '../../contract/api/connecting.ts'
import { graphErrorRule } from '../../contract/graph-errors.ts'
import type { GraphAnswer, GraphNumber } from '../whatsapp/graph-answer.ts'

/** What a person may move a number to; back to the phone and the API together leads only a new onboarding. */
export type ModeTarget = 'api_only' | 'app_only'

/**
 * Why a number cannot be moved yet, by what Graph answers about it now and how many messages wait to be sent; `null`: it
 * has moved. Nothing is moved here: the owner does that on the phone and at Meta, and this only believes what is seen.
 */
export function moveRefusal(
  target: ModeTarget,
  seen: { readonly answer: GraphAnswer<GraphNumber> | null; readonly waiting: number },
): ModeNotReady | null {
  const { answer, waiting } = seen
  const refuse = (why: ModeNotReady['why']): ModeNotReady => ({ why, waiting })
  if (target === 'app_only') {
    // From the phone alone nobody could send what waits here.
    if (waiting > 0) return refuse('messages_waiting')
    if (answer === null || isGone(answer)) return null
    if (answer.kind !== 'ok') return refuse('unknown')
    return answer.value.platformType === 'CLOUD_API' ? refuse('still_in_api') : null
  }
  if (answer?.kind !== 'ok') return refuse(answer === null || isGone(answer) ? 'not_in_api' : 'unknown')
  if (answer.value.platformType !== 'CLOUD_API') return refuse('not_in_api')
  return answer.value.isOnBizApp ? refuse('still_on_phone') : null
}

/** The owner has disconnected: Meta refuses access to what it still shows to others. */
function isGone(answer: GraphAnswer<GraphNumber>): boolean {
  if (answer.kind !== 'error') return false
  const { code } = answer.error
  return graphErrorRule(code).action === 'reconnect' || (code >= 200 && code <= 299)
}
