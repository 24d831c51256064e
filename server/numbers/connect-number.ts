import type { ErrorCode } from '../../contract/error-codes.ts'
import type { BusinessNumber } from '../../contract/number.ts'
import { type Database, readWorkspace } from '../platform/db.ts'
import type { AppCredentials, Graph } from '../whatsapp/client.ts'
import type { GraphAnswer, GraphNumber } from '../whatsapp/graph-answer.ts'
import { type KeepNumberDeps, keepNumber } from './keep-number.ts'
import { COMES_BACK } from './number-return.ts'
import { findNumberByMetaId } from './number-store.ts'

export interface ConnectDeps extends KeepNumberDeps {
  readonly graph: Pick<Graph, 'exchangeCode' | 'debugToken' | 'subscribeApp' | 'listNumbers' | 'readNumber'>
  readonly app: AppCredentials
}

/** What Embedded Signup gives to the page. Only the account is certain to be named. */
export interface Signup {
  /** To be exchanged within 30 seconds, once. */
  readonly code: string
  readonly wabaId: string
  readonly phoneNumberId: string | null
}

export type ConnectOutcome =
  | { readonly ok: true; readonly number: BusinessNumber }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }

/**
 * Takes what a finished signup gave, through every step that Meta wants from the server, to a number that receives and
 * sends. The number is not registered: the app on the phone has done that. Its two syncs are asked for by jobs.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export async function connectNumber(deps: ConnectDeps, workspaceId: string, signup: Signup): Promise<ConnectOutcome> {
  const exchanged = await deps.graph.exchangeCode(deps.app, signup.code)
  if (exchanged.kind !== 'ok') return failed('exchange_code', exchanged)
  const token = exchanged.value.accessToken

  const facts = await deps.graph.debugToken(deps.app, token)
  if (facts.kind !== 'ok') return failed('debug_token', facts)
  if (!facts.value.isValid) return refused('debug_token', 'The token is not valid')
  if (facts.value.wabaIds.length > 0 && !facts.value.wabaIds.includes(signup.wabaId)) {
    return refused('debug_token', 'The token is not for this account')
  }

  const subscribed = await deps.graph.subscribeApp(token, signup.wabaId)
  if (subscribed.kind !== 'ok') return failed('subscribe_app', subscribed)

  const found = await findNumber(deps, token, signup)
  if (found.kind !== 'ok') return failed('read_number', found)
  if (found.value === null)
    return refused('read_number', 'The account has no number that is on the phone and in the API')
  return keepNumber(deps, workspaceId, {
    wabaId: signup.wabaId,
    token,
    tokenExpiresAtMs: facts.value.expiresAtMs,
    number: found.value,
    mode: 'coexistence',
    imports: true,
    onboardedAtMs: deps.clock.nowMs(),
    numberId: null,
  })
}

/** Whether the workspace has this number connected; a removed one may come back. */
export async function isConnected(database: Database, workspaceId: string, phoneNumberId: string): Promise<boolean> {
  const known = await readWorkspace(database, workspaceId, (sql) => findNumberByMetaId(sql, workspaceId, phoneNumberId))
  return known !== null && !COMES_BACK.has(known.state)
}

/** The number that is in coexistence: on the phone's app and in the Cloud API. */
async function findNumber(deps: ConnectDeps, token: string, signup: Signup): Promise<GraphAnswer<GraphNumber | null>> {
  if (signup.phoneNumberId !== null) {
    const answer = await deps.graph.readNumber(token, signup.phoneNumberId)
    return answer.kind === 'ok' ? { kind: 'ok', value: coexists(answer.value) ? answer.value : null } : answer
  }
  const answer = await deps.graph.listNumbers(token, signup.wabaId)
  return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.find(coexists) ?? null } : answer
}

function coexists(number: GraphNumber): boolean {
  return number.isOnBizApp && number.platformType === 'CLOUD_API'
}

function failed(step: string, answer: Exclude<GraphAnswer<unknown>, { kind: 'ok' }>): ConnectOutcome {
  if (answer.kind === 'error') {
    const { code, title, details } = answer.error
    return { ok: false, code: 'connect_failed', details: { step, code, title, details } }
  }
  return { ok: false, code: 'graph_unreachable', details: { step } }
}

function refused(step: string, title: string): ConnectOutcome {
  return { ok: false, code: 'connect_failed', details: { step, code: null, title, details: null } }
}
