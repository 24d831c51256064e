import type { SupportBundle } from '../../contract/api/care.ts'
import type { MetaAnswers, MetaQuestion } from '../../contract/meta-answer.ts'
import { healthLines } from './health-lines.ts'
import { QUESTIONS } from './meta-questions.ts'
import type { HealthInput, NumberStanding } from './standing.ts'

/**
 * What a support bundle says. Everything in it is chosen by name: a new fact does not get in by itself. Titles of errors
 * stay out, since a partner's may quote what was sent; wamids too, since they hold the customer's phone number.
 */
export function supportBundle(
  { access, syncs, states, input }: NumberStanding,
  notices: readonly { readonly field: string; readonly event: string | null; readonly receivedAtMs: number }[],
  program: { readonly version: string; readonly graphVersion: string },
): SupportBundle {
  const { phoneNumberId, wabaId, mode, state } = access
  const { answers, errors } = input
  return {
    form: 'wasl-support-bundle-1',
    ...program,
    writtenAt: timeOf(input.nowMs),
    number: { phoneNumberId, wabaId, mode, state },
    appId: input.appId,
    states: states.map((one) => ({ state: one.state, reason: one.reason, at: timeOf(one.atMs) })),
    syncs: syncs.map((sync) => ({
      kind: sync.kind,
      state: sync.state,
      requestId: sync.requestId,
      askedAt: timeOrNull(sync.askedAtMs),
      deadline: timeOrNull(sync.deadlineMs),
      updatedAt: timeOrNull(sync.updatedAtMs),
      received: sync.received,
      errorCode: sync.error?.code ?? null,
      traceId: sync.error?.traceId ?? null,
      phases: sync.phases,
    })),
    health: healthLines(input).map((line) => ({
      line: line.key,
      status: line.status,
      reason: line.reason,
      at: timeOrNull(line.atMs),
    })),
    meta: QUESTIONS.map((question) => metaOf(answers, question)),
    errors: errors.map((error) => ({
      from: error.from,
      code: error.code,
      traceId: error.traceId,
      count: error.count,
      lastAt: timeOf(error.lastAtMs),
    })),
    notices: notices.map(({ field, event, receivedAtMs }) => ({
      field: codeWord(field) ?? 'other',
      event: codeWord(event),
      receivedAt: timeOf(receivedAtMs),
    })),
    management: managementOf(input),
    webhook: webhookOf(input),
  }
}

function metaOf(answers: MetaAnswers, question: MetaQuestion): SupportBundle['meta'][number] {
  const { askedAtMs, answeredAtMs, failure } = answers[question]
  return {
    question,
    askedAt: timeOrNull(askedAtMs),
    answeredAt: timeOrNull(answeredAtMs),
    errorCode: failure?.code ?? null,
    traceId: failure?.traceId ?? null,
    facts: factsOf(answers, question),
  }
}

/** Nothing that a person has written: no names, no profile, no username. */
function factsOf(answers: MetaAnswers, question: MetaQuestion): Readonly<Record<string, unknown>> {
  switch (question) {
    case 'number': {
      const { displayName: _, ...facts } = answers.number.value ?? { displayName: '' }
      return facts
    }
    case 'account': {
      const { value } = answers.account
      return value === null ? {} : { review: value.review, businessVerification: value.businessVerification }
    }
    case 'token': {
      const { value } = answers.token
      if (value === null) return {}
      const { isValid, scopes, wabaIds, expiresAtMs } = value
      return { isValid, scopes, wabaIds, expiresAt: timeOrNull(expiresAtMs) }
    }
    case 'username':
      return { status: answers.username.value?.status ?? null }
    case 'profile':
      return {}
    case 'funding':
    case 'subscription':
    case 'fields':
      return { ...answers[question].value }
    default:
      return question satisfies never
  }
}

function managementOf({ usage }: HealthInput): SupportBundle['management'] {
  if (usage === null) return null
  return { percent: usage.percent, restsUntil: timeOrNull(usage.restsUntilMs), at: timeOf(usage.atMs) }
}

function webhookOf({ webhook, nowMs }: HealthInput): SupportBundle['webhook'] {
  const { lastAtMs, lagMs, oldestWaitingMs } = webhook
  return {
    lastAt: timeOrNull(lastAtMs),
    lagMs,
    oldestWaitingMs: oldestWaitingMs === null ? 0 : Math.max(0, nowMs - oldestWaitingMs),
  }
}

/** Meta's words for fields and events are names; what looks otherwise is left out. */
function codeWord(text: string | null): string | null {
  return text !== null && /^[A-Za-z][A-Za-z_]{0,60}$/.test(text) ? text : null
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : timeOf(ms)
}
