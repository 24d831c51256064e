import type { PreflightAnswer } from '../../contract/api/preflight.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, readWorkspace } from '../platform/db.ts'
import type { AppCredentials, Graph } from '../whatsapp/client.ts'
import { EXCLUDED_BY_META, excludedAt } from './countries.ts'
import { type PreflightFacts, preflightLines } from './preflight-rules.ts'
import { readAnswers } from './preflight-store.ts'
import { callWebhook } from './webhook-client.ts'

export interface ReadPreflightDeps {
  readonly database: Database
  readonly clock: Clock
  readonly graph: Pick<Graph, 'readSubscription' | 'readAccount'>
  readonly app: AppCredentials
  readonly webhookUrl: () => string
  readonly verifyToken: string
  readonly simulated: boolean
  /** Calling codes that the operator excluded by the configuration. */
  readonly excludedCountries: readonly string[]
  /** An account of the workspace that is connected, with its token; `null`: there is none. */
  readonly openAccount: (workspaceId: string) => Promise<{ readonly wabaId: string; readonly token: string } | null>
}

/** Looks at everything that can be looked at, and judges it together with what people answered. Writes nothing. */
export async function readPreflight(deps: ReadPreflightDeps, workspaceId: string): Promise<PreflightAnswer> {
  const { database, clock, graph, app, simulated, verifyToken } = deps
  const webhookUrl = deps.webhookUrl()
  const [given, webhook, subscription, verification] = await Promise.all([
    readWorkspace(database, workspaceId, (sql) => readAnswers(sql, workspaceId)),
    callWebhook(webhookUrl, verifyToken),
    graph.readSubscription(app),
    readVerification(deps, workspaceId),
  ])
  const nowMs = clock.nowMs()
  const { answers, team } = given
  const excluded = excludedAt(nowMs, { configured: deps.excludedCountries, team })
  const facts: PreflightFacts = {
    ...{ nowMs, answers, excluded, simulated, webhook, webhookUrl, verification },
    subscription: subscription.kind === 'ok' ? subscription.value : unread(subscription),
  }
  return { lines: preflightLines(facts), answers, excluded, metaLists: EXCLUDED_BY_META }
}

async function readVerification(deps: ReadPreflightDeps, workspaceId: string): Promise<string | null> {
  const account = await deps.openAccount(workspaceId)
  if (account === null) return null
  const answer = await deps.graph.readAccount(account.token, account.wabaId)
  return answer.kind === 'ok' ? answer.value.verification : null
}

function unread(answer: Exclude<Awaited<ReturnType<Graph['readSubscription']>>, { kind: 'ok' }>): string {
  return answer.kind === 'error' ? `${answer.error.code}: ${answer.error.title}` : answer.detail
}
