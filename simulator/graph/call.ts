import { opaque } from '../accounts/ids.ts'
import type { Chance } from '../random.ts'
import { errorRow } from './errors.ts'

/** One call of the Graph API, read and authorised. */
export interface GraphCall {
  readonly method: string
  /** The version that answers, e.g. 25. */
  readonly version: number
  /** Path below the version, e.g. `['106540352242922', 'messages']`. */
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
  /** JSON body or form fields; query parameters count too, as with Meta. */
  readonly input: Readonly<Record<string, unknown>>
  readonly file: UploadedFile | null
  readonly bytes: Buffer
  readonly authorization: string | null
}
export interface UploadedFile {
  readonly filename: string
  readonly mime: string
  readonly bytes: Buffer
}

/** What a call gives: a JSON value with 200, or a failure from Meta's table. */
export type GraphAnswer = { readonly json: unknown } | GraphFailure
export interface GraphFailure {
  readonly code: number
  readonly details?: string
  /** Instead of `(#code) title`. */
  readonly message?: string
  readonly subcode?: number
  /** Instead of the table's HTTP status. */
  readonly status?: number
  readonly type?: string
}

export function success(): GraphAnswer {
  return { json: { success: true } }
}

/** The object does not exist, or this token may not see it: Meta does not tell which. */
export function noSuchObject(call: Pick<GraphCall, 'method'>, id: string): GraphFailure {
  const message = `Unsupported ${call.method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`
  return { code: 100, subcode: 33, message, type: 'GraphMethodException' }
}

/** Failures of the login itself: their message is bare, without number and details. */
const OF_THE_LOGIN = new Set([0, 190])
/** Subcodes that still come with a code: a session that expired, a number's throughput. */
const SUBCODES: Readonly<Record<number, number>> = { 190: 463, 130429: 2494055 }

/** Meta's error body. `error_data` is there whenever there are details. */
export function failureBody(failure: GraphFailure, chance: Chance): { status: number; body: unknown } {
  const row = errorRow(failure.code)
  const own = failure.message === undefined
  const bare = own && OF_THE_LOGIN.has(failure.code)
  const details = failure.details ?? (own && !bare ? row.details : undefined)
  const subcode = failure.subcode ?? (own ? SUBCODES[failure.code] : undefined)
  const error = {
    message: failure.message ?? (bare ? row.title : `(#${failure.code}) ${row.title}`),
    type: failure.type ?? 'OAuthException',
    code: failure.code,
    ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    fbtrace_id: `A${opaque(chance, 'fbtrace', 22)}`,
  }
  return { status: failure.status ?? row.status, body: { error } }
}
