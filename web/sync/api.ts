import type { ApiError, ErrorCode } from '../../contract/error-codes.ts'

/** A request that has not answered by then counts as unreachable. Milliseconds. */
const REQUEST_TIMEOUT_MS = 20_000
/** A piece of a file may take longer, and with the last one the file is converted. Milliseconds. */
const UPLOAD_TIMEOUT_MS = 120_000

/** Why a request brought nothing: the server was not reached, or it refused and said why. */
export type Failure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly status: number; readonly details?: unknown }

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** Asks the API for `path` (from `/api/v1`); expected failures come back as values. */
export function get<T>(path: string): Promise<Result<T>> {
  return request<T>('GET', path)
}

export function post<T>(path: string, body: unknown): Promise<Result<T>> {
  return request<T>('POST', path, body)
}

/** Sends the bytes of a file from `offset` on. */
export function patchBytes<T>(path: string, offset: number, bytes: Blob, signal: AbortSignal): Promise<Result<T>> {
  return ask<T>(path, {
    method: 'PATCH',
    body: bytes,
    headers: { 'content-type': 'application/octet-stream', 'upload-offset': String(offset) },
    signal: AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_TIMEOUT_MS)]),
  })
}

/** Sends a small file whole. */
export function postBytes<T>(path: string, bytes: Blob): Promise<Result<T>> {
  return ask<T>(path, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'application/octet-stream' },
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  })
}

export function remove<T = undefined>(path: string): Promise<Result<T>> {
  return request<T>('DELETE', path)
}

/** True when trying again later may succeed without anybody changing anything. */
export function isTemporary(failure: Failure): boolean {
  return failure.kind === 'unreachable' || failure.status >= 500
}

/** Address of a message's file; `download` asks for an attachment. */
export function mediaUrl(messageId: string, download = false): string {
  return `/api/v1/messages/${encodeURIComponent(messageId)}/media${download ? '?download=1' : ''}`
}

/** Address of the smaller picture of a file that is kept. */
export function thumbUrl(messageId: string): string {
  return `/api/v1/messages/${encodeURIComponent(messageId)}/media/thumb`
}

function request<T>(method: string, path: string, body?: unknown): Promise<Result<T>> {
  return ask<T>(path, {
    method,
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
}

async function ask<T>(path: string, asked: RequestInit): Promise<Result<T>> {
  let response: Response
  try {
    response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...asked })
  } catch {
    // fetch rejects only when no answer came: refused, cut off, timed out.
    return { ok: false, failure: { kind: 'unreachable' } }
  }
  const answer = await readJson(response)
  if (response.ok) return { ok: true, value: answer as T }
  return { ok: false, failure: failureOf(response.status, answer) }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

function failureOf(status: number, answer: unknown): Failure {
  const error = (answer as ApiError | undefined)?.error
  if (error === undefined) {
    // A proxy's page or a cut answer: not the API speaking.
    return status >= 500 ? { kind: 'unreachable' } : { kind: 'refused', code: 'internal', status }
  }
  return { kind: 'refused', code: error.code, status, details: error.details }
}
