import type { HealthAnswer, HealthKey, HealthLine, HealthReason, HealthStatus } from '../../contract/api/care.ts'
import type { MetaAnswer } from '../../contract/meta-answer.ts'
import type { NumberState, SyncState } from '../../contract/number.ts'
import { isSubscribed, WEBHOOK_FIELDS } from '../whatsapp/webhook-fields.ts'
import { SCOPES_NEEDED } from './meta-questions.ts'
import type { HealthInput } from './standing.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A token with less than this left is to be looked at; with less than that, somebody must act. */
const TOKEN_LOOK_MS = 14 * DAY_MS
const TOKEN_ACT_MS = 3 * DAY_MS
/** Messages a second that Meta takes, in and out together: fixed while the number is on a phone. Source: throughput page. */
const PER_SECOND_ON_PHONE = 20
const PER_SECOND_API = 80
/** From this share of it the line says that it is busy. */
const BUSY_SHARE = 0.7
/** A number that is in use hears something within this time. */
const WEBHOOK_OLD_MS = 3 * DAY_MS
/** What waits longer than this to be read is late; than that, stuck. */
const LATE_MS = MINUTE_MS
const STUCK_MS = 5 * MINUTE_MS

/** Each side of a number with its status, the reason of it, and when that was known. */
export function healthLines(input: HealthInput): HealthLine[] {
  const lines = [
    connection,
    token,
    subscription,
    sending,
    quality,
    limit,
    throughput,
    management,
    payment,
    webhook,
  ].map((line) => line(input))
  const syncs = input.mode === 'coexistence' ? [syncLine(input, 'contacts'), syncLine(input, 'history')] : []
  return [...lines, ...syncs.filter((line) => line !== null), errors(input)]
}

/** Which webhook fields Wasl needs for a number of this mode, and whether Meta sends them; empty while nobody knows. */
export function fieldList({ mode, answers }: Pick<HealthInput, 'mode' | 'answers'>): HealthAnswer['fields'] {
  const { value } = answers.fields
  if (value === null) return []
  return WEBHOOK_FIELDS.filter(({ only = mode }) => only === mode).map(({ name, needed }) => ({
    name,
    needed,
    subscribed: isSubscribed(value.fields, name),
  }))
}

interface Verdict<K extends HealthKey> {
  readonly status: HealthStatus
  readonly reason: HealthReason<K>
  readonly values?: HealthLine['values']
}

function line<K extends HealthKey>(key: K, { status, reason, values }: Verdict<K>, atMs: number | null): HealthLine {
  return { key, status, reason, values: values ?? {}, atMs }
}

/** A line about an answer of Meta's; without one it says why there is none. An old answer counts until there is a new one. */
function answered<K extends HealthKey, T>(key: K, answer: MetaAnswer<T>, judge: (value: T) => Verdict<K>): HealthLine {
  const { value, failure, answeredAtMs } = answer
  if (value !== null) return line(key, judge(value), answeredAtMs)
  if (failure === null) return line(key, { status: 'look', reason: 'unasked' }, null)
  return line(key, { status: 'look', reason: 'unreadable', values: { code: failure.code ?? 0 } }, answer.askedAtMs)
}

const STATES: Readonly<Record<NumberState, HealthStatus>> = {
  preparing: 'look',
  connecting: 'look',
  syncing: 'ok',
  live: 'ok',
  at_risk: 'look',
  offboarded: 'act',
  removed: 'act',
  restricted: 'act',
  disabled: 'act',
}

function connection({ mode, state, stateSinceMs }: HealthInput): HealthLine {
  const verdict: Verdict<'connection'> =
    mode === 'app_only' ? { status: 'ok', reason: 'app_only' } : { status: STATES[state], reason: state }
  return line('connection', verdict, stateSinceMs)
}

function token({ hasToken, answers, wabaId, nowMs }: HealthInput): HealthLine {
  if (!hasToken) return line('token', { status: 'act', reason: 'none' }, nowMs)
  return answered('token', answers.token, (value) => {
    const { isValid, expiresAtMs, scopes, wabaIds } = value
    const leftMs = expiresAtMs === null ? Number.POSITIVE_INFINITY : expiresAtMs - nowMs
    if (leftMs <= 0) return { status: 'act', reason: 'over' }
    if (!isValid) return { status: 'act', reason: 'invalid' }
    const missing = SCOPES_NEEDED.filter((scope) => !scopes.includes(scope))
    if (missing.length > 0) return { status: 'act', reason: 'scopes', values: { names: missing.join(', ') } }
    if (wabaIds.length > 0 && !wabaIds.includes(wabaId)) return { status: 'act', reason: 'other_account' }
    if (expiresAtMs === null) return { status: 'ok', reason: 'for_ever' }
    const values = { days: Math.floor(leftMs / DAY_MS) }
    if (leftMs < TOKEN_ACT_MS) return { status: 'act', reason: 'ends_now', values }
    return leftMs < TOKEN_LOOK_MS
      ? { status: 'look', reason: 'ends_soon', values }
      : { status: 'ok', reason: 'valid', values }
  })
}

function subscription(input: HealthInput): HealthLine {
  const { answers, appId } = input
  const { subscription: apps } = answers
  if (apps.value !== null && !apps.value.appIds.includes(appId)) {
    return line('subscription', { status: 'act', reason: 'not_subscribed' }, apps.answeredAtMs)
  }
  if (apps.value === null) return answered('subscription', apps, () => ({ status: 'ok', reason: 'all' }))
  return answered('subscription', answers.fields, () => {
    const missing = fieldList(input).filter((field) => !field.subscribed)
    const values = { count: missing.length, names: missing.map((field) => field.name).join(', ') }
    if (missing.some((field) => field.needed)) return { status: 'act', reason: 'needed_missing', values }
    return missing.length > 0 ? { status: 'look', reason: 'some_missing', values } : { status: 'ok', reason: 'all' }
  })
}

function sending({ answers }: HealthInput): HealthLine {
  return answered('sending', answers.number, ({ sending: standing }) => {
    if (standing === null) return { status: 'ok', reason: 'not_told' }
    const codes = standing.limits.flatMap((one) => one.codes)
    const values = {
      entities: standing.limits.map((one) => one.entity).join(', '),
      codes: codes.length === 0 ? '–' : codes.join(', '),
    }
    if (standing.canSend === 'AVAILABLE') return { status: 'ok', reason: 'free' }
    return standing.canSend === 'LIMITED'
      ? { status: 'look', reason: 'limited', values }
      : { status: 'act', reason: 'blocked', values }
  })
}

function quality({ answers }: HealthInput): HealthLine {
  return answered('quality', answers.number, (value) => {
    if (value.quality === 'GREEN') return { status: 'ok', reason: 'high' }
    if (value.quality === 'YELLOW') return { status: 'look', reason: 'medium' }
    return value.quality === 'RED' ? { status: 'act', reason: 'low' } : { status: 'ok', reason: 'unrated' }
  })
}

function limit({ answers }: HealthInput): HealthLine {
  return answered('limit', answers.number, ({ messagingLimit }) => {
    if (messagingLimit === null) return { status: 'ok', reason: 'none_told' }
    const values = { tier: messagingLimit.replace('TIER_', '') }
    return messagingLimit === 'TIER_250' || messagingLimit === 'TIER_50'
      ? { status: 'look', reason: 'starter', values }
      : { status: 'ok', reason: 'standard', values }
  })
}

function throughput({ mode, throughput: seen, nowMs }: HealthInput): HealthLine {
  const { minuteIn, minuteOut, secondIn, secondOut, peak } = seen
  const max = mode === 'coexistence' ? PER_SECOND_ON_PHONE : PER_SECOND_API
  const values = { minuteIn, minuteOut, secondIn, secondOut, peak, max }
  if (peak >= max) return line('throughput', { status: 'act', reason: 'full', values }, nowMs)
  return line(
    'throughput',
    peak >= max * BUSY_SHARE ? { status: 'look', reason: 'busy', values } : { status: 'ok', reason: 'calm', values },
    nowMs,
  )
}

/** Near the limit only what nobody waits for rests: worth a look, and nothing to be done. */
function management({ usage, nowMs }: HealthInput): HealthLine {
  if (usage === null) return line('management', { status: 'ok', reason: 'untold' }, nowMs)
  const { percent, restsUntilMs, atMs } = usage
  if (restsUntilMs === null) {
    return line('management', { status: 'ok', reason: 'free', values: { percent: percent ?? 0 } }, atMs)
  }
  const verdict: Verdict<'management'> =
    percent === null
      ? { status: 'look', reason: 'refused', values: { untilMs: restsUntilMs } }
      : { status: 'look', reason: 'resting', values: { percent, untilMs: restsUntilMs } }
  return line('management', verdict, atMs)
}

/** Codes of sends that the payment stopped. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const PAYMENT_CODES = new Set<number | null>([131042, 131044])
/** "There is an error with the payment method", among the errors of a number's health. */
const PAYMENT_METHOD_ERROR = 141006

function payment({ answers, errors: known }: HealthInput): HealthLine {
  const failed = known.find((error) => PAYMENT_CODES.has(error.code))
  // Once Meta has said, after the last failure, that everything may be sent, the failure is over.
  const over = answers.number.value?.sending?.canSend === 'AVAILABLE' ? (answers.number.answeredAtMs ?? 0) : 0
  if (failed !== undefined && failed.lastAtMs > over) {
    const values = { code: failed.code ?? 0, count: failed.count }
    return line('payment', { status: 'act', reason: 'failing', values }, failed.lastAtMs)
  }
  const { value } = answers.number
  if (value?.sending?.limits.some((one) => one.codes.includes(PAYMENT_METHOD_ERROR))) {
    const values = { code: PAYMENT_METHOD_ERROR, count: 0 }
    return line('payment', { status: 'act', reason: 'failing', values }, answers.number.answeredAtMs)
  }
  return answered('payment', answers.funding, ({ hasPaymentMethod }) =>
    hasPaymentMethod ? { status: 'ok', reason: 'there' } : { status: 'look', reason: 'missing' },
  )
}

function webhook({ webhook: { lastAtMs, lagMs, oldestWaitingMs, down }, nowMs }: HealthInput): HealthLine {
  if (down !== null) {
    const values = { minutes: Math.max(0, Math.floor((nowMs - down.sinceMs) / MINUTE_MS)) }
    return line('webhook', { status: 'act', reason: down.reason, values }, nowMs)
  }
  const waitingMs = oldestWaitingMs === null ? 0 : nowMs - oldestWaitingMs
  const waiting = { seconds: Math.round(waitingMs / 1000) }
  if (waitingMs >= STUCK_MS) return line('webhook', { status: 'act', reason: 'stuck', values: waiting }, nowMs)
  if (waitingMs >= LATE_MS) return line('webhook', { status: 'look', reason: 'late', values: waiting }, nowMs)
  if (lastAtMs === null) return line('webhook', { status: 'look', reason: 'never' }, nowMs)
  if (nowMs - lastAtMs >= WEBHOOK_OLD_MS) {
    const values = { days: Math.floor((nowMs - lastAtMs) / DAY_MS) }
    return line('webhook', { status: 'look', reason: 'old', values }, lastAtMs)
  }
  return line(
    'webhook',
    { status: 'ok', reason: 'fresh', values: { lagSeconds: Math.round((lagMs ?? 0) / 100) / 10 } },
    lastAtMs,
  )
}

const SYNCS: Readonly<Record<SyncState, { status: HealthStatus; reason: HealthReason<'history'> }>> = {
  not_asked: { status: 'look', reason: 'waiting' },
  asked: { status: 'ok', reason: 'running' },
  receiving: { status: 'ok', reason: 'running' },
  silent: { status: 'look', reason: 'silent' },
  partial: { status: 'look', reason: 'partial' },
  declined: { status: 'ok', reason: 'declined' },
  complete: { status: 'ok', reason: 'complete' },
  too_late: { status: 'look', reason: 'lost' },
  used_up: { status: 'look', reason: 'lost' },
}

function syncLine({ syncs, nowMs }: HealthInput, kind: 'contacts' | 'history'): HealthLine | null {
  const sync = syncs.find((one) => one.kind === kind)
  if (sync === undefined) return null
  const near = sync.state === 'not_asked' && sync.alarmedAtMs !== null
  const verdict = near ? ({ status: 'act', reason: 'late' } as const) : SYNCS[sync.state]
  return {
    key: kind,
    ...verdict,
    values: { count: sync.received },
    atMs: sync.updatedAtMs ?? nowMs,
  }
}

function errors({ errors: known, nowMs }: HealthInput): HealthLine {
  const [last] = known
  if (last === undefined) return line('errors', { status: 'ok', reason: 'none' }, nowMs)
  const count = known.reduce((sum, error) => sum + error.count, 0)
  const values = { count, code: last.code ?? 0 }
  const lost = known.some((error) => error.code === 190 && error.from === 'question')
  return line(
    'errors',
    lost ? { status: 'act', reason: 'access', values } : { status: 'look', reason: 'some', values },
    last.lastAtMs,
  )
}
