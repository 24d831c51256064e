import type { MetaAnswer, MetaAnswers, MetaFailure, MetaQuestion } from '../../contract/meta-answer.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'

const NONE: MetaAnswer<never> = { value: null, answeredAtMs: null, askedAtMs: null, failure: null }

/** Before anybody has asked. */
export const NO_ANSWERS: MetaAnswers = {
  number: NONE,
  account: NONE,
  funding: NONE,
  token: NONE,
  subscription: NONE,
  fields: NONE,
  profile: NONE,
  username: NONE,
}

export const QUESTIONS = Object.keys(NO_ANSWERS) as readonly MetaQuestion[]

/** Permissions that the token must have, whatever else it has. */
export const SCOPES_NEEDED = ['whatsapp_business_management', 'whatsapp_business_messaging'] as const

/** What to write down instead of an answer. Meta's titles name no customer and no text: they are of its own table. */
export function failureOf(answer: Exclude<GraphAnswer<unknown>, { kind: 'ok' }>): MetaFailure {
  if (answer.kind === 'error') {
    const { code, title, traceId } = answer.error
    return { code, title, traceId }
  }
  return { code: null, title: answer.kind === 'unreachable' ? 'unreachable' : answer.why, traceId: null }
}
