import { z } from 'zod'
import { type Clock, systemClock } from '../platform/clock.ts'
import {
  type GraphAnswer,
  type GraphNumber,
  type ReportedEvent,
  readAnswer,
  readFailure,
  readRefusal,
} from './graph-answer.ts'
import type { GraphRequest } from './graph-request.ts'
import type { MediaFile } from './media-file.ts'
import { fetchPicture } from './picture-client.ts'
import { archiveAddress, type RawRequest, type TemplateGraph, templateCalls } from './template-client.ts'
import { postMedia } from './upload-client.ts'
import { USAGE_HEADER } from './usage.ts'
import { createUsageBook, type UsageBook } from './usage-book.ts'

/** The version of every path. Ends 2028-07-29. Source: https://developers.facebook.com/docs/graph-api/changelog */
export const GRAPH_VERSION = 'v25.0'
/** How long Meta may take to answer a call; a send that takes longer is `unclear`, not repeated. */
const CALL_TIMEOUT_MS = 20_000
/** How long the headers of a file may take; the bytes themselves come as fast as they come. */
const STREAM_HEADERS_TIMEOUT_MS = 20_000

export interface AppCredentials {
  readonly appId: string
  readonly appSecret: string
}

export interface TokenFacts {
  readonly isValid: boolean
  /** `null`: never. */
  readonly expiresAtMs: number | null
  /** Accounts that the token may manage; empty when it is not bound to any. */
  readonly wabaIds: readonly string[]
  readonly scopes: readonly string[]
}

/** What a WhatsApp account says of itself. */
export interface AccountFacts {
  readonly name: string
  /** Meta's word, e.g. `verified`; `null`: not told. */
  readonly verification: string | null
}

/** Where the app's webhooks go, and which fields are sent. */
export interface AppSubscription {
  readonly callbackUrl: string
  readonly fields: readonly string[]
}

export interface MediaFacts {
  /** Valid for five minutes, and only with the bearer token. */
  readonly url: string
  readonly mimeType: string | null
  readonly sizeBytes: number | null
  /** As Meta gives it: hex here, Base64 in webhooks. */
  readonly sha256: string | null
}

export interface GraphStream {
  readonly status: number
  readonly contentType: string | null
  readonly contentLength: number | null
  readonly contentRange: string | null
  readonly body: ReadableStream<Uint8Array>
}

export type SyncType = 'smb_app_state_sync' | 'history'

/** All that Wasl asks of Meta; every answer is a value, nothing is retried in here. */
export interface Graph extends TemplateGraph {
  /** What the answers so far say of Meta's limits by the hour. */
  readonly usage: Pick<UsageBook, 'of' | 'restMs'>
  exchangeCode(app: AppCredentials, code: string): Promise<GraphAnswer<{ accessToken: string }>>
  debugToken(app: AppCredentials, token: string): Promise<GraphAnswer<TokenFacts>>
  subscribeApp(token: string, wabaId: string): Promise<GraphAnswer<{ success: boolean }>>
  /** The app's subscription to WhatsApp, as set in the App Dashboard; `null`: there is none. */
  readSubscription(app: AppCredentials): Promise<GraphAnswer<AppSubscription | null>>
  readAccount(token: string, wabaId: string): Promise<GraphAnswer<AccountFacts>>
  listNumbers(token: string, wabaId: string): Promise<GraphAnswer<readonly GraphNumber[]>>
  readNumber(token: string, phoneNumberId: string): Promise<GraphAnswer<GraphNumber>>
  requestSync(token: string, phoneNumberId: string, type: SyncType): Promise<GraphAnswer<{ requestId: string }>>
  /** A time-out does not tell whether Meta sent: there is no idempotency key. */
  sendMessage(token: string, phoneNumberId: string, body: unknown): Promise<GraphAnswer<{ wamid: string }>>
  /** The last reports, or those about one message. Not every number may ask. */
  listReports(
    token: string,
    phoneNumberId: string,
    query: { readonly wamid?: string; readonly limit: number },
  ): Promise<GraphAnswer<readonly ReportedEvent[]>>
  findMedia(token: string, phoneNumberId: string, mediaId: string): Promise<GraphAnswer<MediaFacts>>
  /** The bytes behind `MediaFacts.url`; `range` is an HTTP Range header passed on as it is. */
  fetchMedia(token: string, url: string, range: string | null): Promise<GraphAnswer<GraphStream>>
  /** The bytes of a profile's picture, from the address that its profile names; `null`: it could not be had. */
  fetchPicture(address: string): Promise<Buffer | null>
  /** Gives Meta a file to be sent; a repetition makes another one and does no harm. */
  uploadMedia(token: string, phoneNumberId: string, file: MediaFile): Promise<GraphAnswer<{ mediaId: string }>>
  /** Any other call, written down as a request (`account-requests.ts`). */
  ask<T>(token: string, request: GraphRequest<T>): Promise<GraphAnswer<T>>
}

/** The token of the app itself, for what is asked about tokens and the app. */
export function appToken(app: AppCredentials): string {
  return `${app.appId}|${app.appSecret}`
}

/** Talks to the Graph API at `baseUrl` (Meta's, or the simulator's). The only place of the server that does. */
export function openGraph(options: { baseUrl: string; clock?: Clock }): Graph {
  const clock = options.clock ?? systemClock
  const usage = createUsageBook(() => clock.nowMs())
  const call: Call = (url, request, shape) => graphRequest(url, request, shape, usage)
  const at = (path: string, query: Readonly<Record<string, string>> = {}) => {
    const url = new URL(`${options.baseUrl.replace(/\/$/, '')}/${GRAPH_VERSION}/${path}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }
  const id = encodeURIComponent
  return {
    usage,
    exchangeCode: (app, code) =>
      call(at('oauth/access_token', { client_id: app.appId, client_secret: app.appSecret, code }), {}, accessToken),
    debugToken: (app, token) => call(at('debug_token', { input_token: token }), { token: appToken(app) }, tokenFacts),
    subscribeApp: (token, wabaId) => call(at(`${id(wabaId)}/subscribed_apps`), { token, body: {} }, success),
    readSubscription: (app) =>
      call(at(`${id(app.appId)}/subscriptions`), { token: `${app.appId}|${app.appSecret}` }, subscription),
    readAccount: (token, wabaId) =>
      call(at(id(wabaId), { fields: 'name,business_verification_status' }), { token }, account),
    listNumbers: (token, wabaId) =>
      call(at(`${id(wabaId)}/phone_numbers`, { fields: NUMBER_FIELDS }), { token }, numberList),
    readNumber: (token, phoneNumberId) => call(at(id(phoneNumberId), { fields: NUMBER_FIELDS }), { token }, number),
    requestSync: (token, phoneNumberId, type) =>
      call(
        at(`${id(phoneNumberId)}/smb_app_data`),
        { token, body: { messaging_product: 'whatsapp', sync_type: type } },
        syncRequest,
      ),
    sendMessage: (token, phoneNumberId, body) => call(at(`${id(phoneNumberId)}/messages`), { token, body }, sent),
    listReports: (token, phoneNumberId, { wamid, limit }) =>
      call(
        at(`${id(phoneNumberId)}/message_history`, {
          ...(wamid === undefined ? {} : { message_id: wamid }),
          ...{ limit: String(limit), fields: REPORT_FIELDS },
        }),
        { token },
        reports,
      ),
    findMedia: (token, phoneNumberId, mediaId) =>
      call(at(id(mediaId), { phone_number_id: phoneNumberId }), { token }, media),
    fetchMedia: (token, url, range) => openStream(new URL(url, options.baseUrl), { token, range }),
    fetchPicture: (address) => fetchPicture(address, options.baseUrl),
    uploadMedia: (token, phoneNumberId, file) => postMedia(at(`${id(phoneNumberId)}/media`), token, file, usage),
    ask: (token, { method, path, query, body, shape }) => call(at(path, query), { token, method, body }, shape),
    ...templateCalls(call, at, (path) => archiveAddress(options.baseUrl, path)),
  }
}

type Call = <S extends z.ZodType>(url: URL, request: Partial<RawRequest>, shape: S) => Promise<GraphAnswer<z.output<S>>>

/** Calls Graph: GET, or POST when something is sent; `shape` reads the answer. Gives a value in every case. */
async function graphRequest<S extends z.ZodType>(
  url: URL,
  options: Partial<RawRequest>,
  shape: S,
  usage: UsageBook,
): Promise<GraphAnswer<z.output<S>>> {
  let status: number
  let text: string
  let header: string | null
  try {
    const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
    const response = await fetch(url, {
      method: options.method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body,
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      redirect: 'error',
    })
    status = response.status
    header = response.headers.get(USAGE_HEADER)
    text = await response.text()
  } catch (error) {
    return readFailure(error)
  }
  const answer = readAnswer(status, text, shape)
  usage.note({ url, header, code: answer.kind === 'error' ? answer.error.code : null })
  return answer
}

/** Opens a file at Meta; the caller reads or cancels `body`. */
async function openStream(
  url: URL,
  options: { readonly token: string; readonly range: string | null },
): Promise<GraphAnswer<GraphStream>> {
  const abort = new AbortController()
  const timer = setTimeout(
    () => abort.abort(new DOMException('no headers in time', 'TimeoutError')),
    STREAM_HEADERS_TIMEOUT_MS,
  )
  try {
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${options.token}`,
        // Otherwise the length in the header would be that of the compressed bytes.
        'accept-encoding': 'identity',
        ...(options.range === null ? {} : { range: options.range }),
      },
      signal: abort.signal,
    })
    if (!response.ok || response.body === null) return readRefusal(response.status, await response.text())
    return {
      kind: 'ok',
      value: {
        status: response.status,
        contentType: response.headers.get('content-type'),
        contentLength: wholeNumber(response.headers.get('content-length')),
        contentRange: response.headers.get('content-range'),
        body: response.body,
      },
    }
  } catch (error) {
    return readFailure(error)
  } finally {
    clearTimeout(timer)
  }
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}

const NUMBER_FIELDS = 'id,display_phone_number,verified_name,is_on_biz_app,platform_type,status,health_status'
/**
 * "There is an error with the payment method" among the errors of a health status.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status
 */
const PAYMENT_METHOD_ERROR = 141006

const accessToken = z
  .object({ access_token: z.string().min(1) })
  .transform((answer) => ({ accessToken: answer.access_token }))

const success = z.object({ success: z.boolean() })

const tokenFacts = z
  .object({
    data: z.object({
      is_valid: z.boolean(),
      expires_at: z.number().optional(),
      scopes: z.array(z.string()).optional(),
      granular_scopes: z.array(z.object({ scope: z.string(), target_ids: z.array(z.string()).optional() })).optional(),
    }),
  })
  .transform(({ data }) => ({
    isValid: data.is_valid,
    expiresAtMs: data.expires_at === undefined || data.expires_at === 0 ? null : data.expires_at * 1000,
    // Other scopes aim at other things: that of business_management at businesses.
    wabaIds: [
      ...new Set(
        (data.granular_scopes ?? [])
          .filter(({ scope }) => scope.startsWith('whatsapp_business'))
          .flatMap((scope) => scope.target_ids ?? []),
      ),
    ],
    scopes: data.scopes ?? (data.granular_scopes ?? []).map((scope) => scope.scope),
  }))

const account = z
  .object({ name: z.string().optional(), business_verification_status: z.string().optional() })
  .transform((answer) => ({ name: answer.name ?? '', verification: answer.business_verification_status ?? null }))

// A field is a name, or an object with its name and version.
const subscription = z
  .object({
    data: z.array(
      z.object({
        object: z.string(),
        callback_url: z.string().optional(),
        fields: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
      }),
    ),
  })
  .transform(({ data }) => {
    const own = data.find((row) => row.object === 'whatsapp_business_account')
    if (own === undefined) return null
    const fields = (own.fields ?? []).map((field) => (typeof field === 'string' ? field : field.name))
    return { callbackUrl: own.callback_url ?? '', fields }
  })
/** Read leniently: health is a word more about a number, and must not make the number unreadable. */
const healthEntity = z
  .object({ errors: z.array(z.object({ error_code: z.number() })).catch([]) })
  .transform(({ errors }) => ({ errors: errors.map((error) => error.error_code) }))

const number = z
  .object({
    id: z.string(),
    display_phone_number: z.string().optional(),
    verified_name: z.string().optional(),
    is_on_biz_app: z.boolean().optional(),
    platform_type: z.string().optional(),
    status: z.string().optional(),
    health_status: z
      .object({ entities: z.array(healthEntity).catch([]) })
      .optional()
      .catch(undefined),
  })
  .transform((answer) => ({
    phoneNumberId: answer.id,
    displayPhone: answer.display_phone_number ?? '',
    verifiedName: answer.verified_name ?? '',
    isOnBizApp: answer.is_on_biz_app ?? false,
    platformType: answer.platform_type ?? null,
    status: answer.status ?? null,
    paymentFails: (answer.health_status?.entities ?? []).some(({ errors }) => errors.includes(PAYMENT_METHOD_ERROR)),
  }))

const numberList = z.object({ data: z.array(number) }).transform((answer) => answer.data)

const REPORT_FIELDS = 'message_id,events{delivery_status,webhook_update_state,timestamp,application,error_description}'

const report = z.object({
  delivery_status: z.string(),
  // Seconds in Meta's sample; an ISO date elsewhere in Graph.
  timestamp: z.union([z.coerce.number(), z.iso.datetime({ offset: true }).transform((at) => Date.parse(at) / 1000)]),
  webhook_update_state: z.string().optional(),
  application: z.object({ id: z.string().optional() }).optional(),
  error_description: z.string().optional(),
})

const reports = z
  .object({
    data: z.array(z.object({ message_id: z.string(), events: z.object({ data: z.array(report) }).optional() })),
  })
  .transform(({ data }) =>
    data.flatMap(({ message_id: wamid, events }) =>
      (events?.data ?? []).map((event) => ({
        wamid,
        status: event.delivery_status.toLowerCase(),
        atMs: event.timestamp * 1000,
        appId: event.application?.id ?? null,
        webhookState: event.webhook_update_state ?? null,
        failure: event.error_description ?? null,
      })),
    ),
  )

const syncRequest = z.object({ request_id: z.string() }).transform((answer) => ({ requestId: answer.request_id }))

const sent = z
  .object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) })
  .transform((answer) => ({ wamid: answer.messages[0]?.id ?? '' }))

const media = z
  .object({
    url: z.string(),
    mime_type: z.string().optional(),
    sha256: z.string().optional(),
    // Meta's sample has the size as a string, its schema as a number.
    file_size: z.coerce.number().optional(),
  })
  .transform((answer) => ({
    url: answer.url,
    mimeType: answer.mime_type ?? null,
    sizeBytes: answer.file_size ?? null,
    sha256: answer.sha256 ?? null,
  }))
