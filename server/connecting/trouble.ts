import type { ConnectStep, ConnectWay, SignupBody, StepError, StepTrouble } from '../../contract/api/connecting.ts'
import { graphErrorRule } from '../../contract/graph-errors.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'

/** Needed to read an account and to send and receive for it. */
const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'] as const

/** A trouble that Meta did not put in words. */
export function trouble(why: StepTrouble, title = ''): StepError {
  return { why, code: null, title, details: null, traceId: null }
}

/** What an answer other than "done" means for a step. */
export function troubleOf(step: ConnectStep, answer: Exclude<GraphAnswer<unknown>, { kind: 'ok' }>): StepError {
  if (answer.kind === 'unreachable') return trouble('meta_away', answer.detail)
  // Whether the code was taken is not known, and it may not be tried again.
  if (answer.kind === 'unclear') return trouble(step === 'exchange' ? 'code_unclear' : 'meta_away', answer.detail)
  const { code, title, details, traceId } = answer.error
  return { why: whyOf(step, code), code, title, details, traceId }
}

function whyOf(step: ConnectStep, code: number): StepTrouble {
  const { action } = graphErrorRule(code)
  if (action === 'wait') return 'rate_limited'
  if (action === 'retry') return 'meta_away'
  // Expired after 30 seconds, used before, or never given: the same is to be done.
  if (step === 'exchange') return 'code_refused'
  return action === 'reconnect' || isPermission(code) ? 'access_lost' : 'refused'
}

function isPermission(code: number): boolean {
  return code === 10 || (code >= 200 && code <= 299)
}

/** What is missing of a token; `null`: nothing. `wabaId` is the account that the signup named. */
export function tokenTrouble(
  facts: { readonly isValid: boolean; readonly scopes: readonly string[]; readonly wabaIds: readonly string[] },
  wabaId: string | null,
): StepError | null {
  if (!facts.isValid) return trouble('token_invalid')
  const missing = facts.scopes.length === 0 ? [] : SCOPES.filter((scope) => !facts.scopes.includes(scope))
  if (missing.length > 0) return trouble('scope_missing', missing.join(', '))
  if (wabaId !== null && facts.wabaIds.length > 0 && !facts.wabaIds.includes(wabaId)) {
    return trouble('account_not_in_token', wabaId)
  }
  return null
}

/**
 * How the popup ended: `null` when the owner finished it, in whichever of its ways. A number of the app on a phone is not
 * connected by an access to its account alone: that it will never be shown is said at once.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation
 */
export function signupTrouble(said: Pick<SignupBody, 'event' | keyof Said>, way: ConnectWay): StepError | null {
  if (said.event === 'FINISH_ONLY_WABA') return trouble('no_number_chosen')
  if (said.event === 'FINISH_GRANT_ONLY_API_ACCESS' && way === 'coexistence') return trouble('access_only')
  if (said.event.startsWith('FINISH')) return null
  const failed = said.errorMessage !== null || said.errorCode !== null || said.event === 'ERROR'
  const code = Number(said.errorCode ?? Number.NaN)
  return {
    why: failed ? 'popup_error' : 'cancelled',
    code: Number.isInteger(code) ? code : null,
    title: said.errorMessage ?? '',
    details: said.currentStep,
    traceId: said.sessionId,
  }
}

type Said = Pick<SignupBody, 'errorCode' | 'errorMessage' | 'currentStep' | 'sessionId'>
