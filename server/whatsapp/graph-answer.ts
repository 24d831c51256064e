import type { z } from 'zod'

/** Characters of an unreadable answer that are kept for the log. */
const EXCERPT_MAX = 300

/** Meta's own error. Build on `code` and `details`: titles change. */
export interface GraphError {
  readonly code: number
  readonly title: string
  readonly details: string | null
  readonly traceId: string | null
}

/**
 * What became of a call. `error`: Meta refused it. `unreachable`: no connection was made, so it surely did not happen.
 * `unclear`: it was on its way and no readable answer came; whether it happened is not known.
 */
export type GraphAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'error'; readonly status: number; readonly error: GraphError }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'unclear'; readonly why: 'timeout' | 'connection_lost' | 'unreadable'; readonly detail: string }

/** A phone number as Graph shows it. */
export interface GraphNumber {
  readonly phoneNumberId: string
  readonly displayPhone: string
  readonly verifiedName: string
  readonly isOnBizApp: boolean
  readonly platformType: string | null
  /** Meta's `status`, e.g. CONNECTED, DISCONNECTED, BANNED. */
  readonly status: string | null
  /** Its health names the payment method as what is wrong. */
  readonly paymentFails: boolean
}

/** A report about a message sent by API, and what became of its webhook. Contents are not in it. */
export interface ReportedEvent {
  readonly wamid: string
  /** In lower case, as webhooks have it. */
  readonly status: string
  readonly atMs: number
  /** The app that the webhook went to. */
  readonly appId: string | null
  /** Meta's word for how the webhook fared, e.g. DELIVERED. */
  readonly webhookState: string | null
  readonly failure: string | null
}

/** Reads an answer by `shape`. A body with Meta's error is an error whatever the status. */
export function readAnswer<S extends z.ZodType>(status: number, text: string, shape: S): GraphAnswer<z.output<S>> {
  const read = status >= 200 && status < 300 ? shape.safeParse(parseJson(text)) : null
  return read?.success ? { kind: 'ok', value: read.data } : readRefusal(status, text)
}

/** Reads an answer that is not what was asked for. */
export function readRefusal(status: number, text: string): GraphAnswer<never> {
  const error = readGraphError(parseJson(text))
  if (error !== null) return { kind: 'error', status, error }
  return { kind: 'unclear', why: 'unreadable', detail: `HTTP ${status}: ${text.slice(0, EXCERPT_MAX)}` }
}

function readGraphError(body: unknown): GraphError | null {
  if (!isRecord(body) || !isRecord(body.error) || typeof body.error.code !== 'number') return null
  const { code, message, error_data: data, error_user_msg: userMessage, fbtrace_id: traceId } = body.error
  const details = isRecord(data) && typeof data.details === 'string' ? data.details : userMessage
  return {
    code,
    title: typeof message === 'string' ? message : '',
    details: typeof details === 'string' ? details : null,
    traceId: typeof traceId === 'string' ? traceId : null,
  }
}

/** Failures before a connection stood. Everything else may have reached Meta. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Reads what `fetch` threw: whether the request can have reached Meta. */
export function readFailure(error: unknown): GraphAnswer<never> {
  const detail = error instanceof Error ? describe(error) : String(error)
  if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'unclear', why: 'timeout', detail }
  const codes = error instanceof Error ? errorCodes(error) : []
  if (codes.length > 0 && codes.every((code) => NEVER_CONNECTED.has(code))) return { kind: 'unreachable', detail }
  return { kind: 'unclear', why: 'connection_lost', detail }
}

/** The system's codes behind a failed fetch; several when more than one address was tried. */
function errorCodes(error: Error): string[] {
  const cause = error.cause
  if (cause instanceof AggregateError)
    return cause.errors.flatMap((inner) => (inner instanceof Error ? ownCode(inner) : []))
  return cause instanceof Error ? ownCode(cause) : ownCode(error)
}

function ownCode(error: Error): string[] {
  const code = (error as Error & { code?: unknown }).code
  return typeof code === 'string' ? [code] : []
}

function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is an answer too: a proxy's page, an empty body. The caller keeps an excerpt.
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
