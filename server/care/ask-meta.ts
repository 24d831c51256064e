import type { MetaQuestion, ProfileFacts } from '../../contract/meta-answer.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import {
  accountRequest,
  fieldsRequest,
  fundingRequest,
  numberRequest,
  profileRequest,
  subscriptionRequest,
  suggestionsRequest,
  tokenRequest,
  usernameRequest,
} from '../whatsapp/account-requests.ts'
import { type AppCredentials, appToken, type Graph } from '../whatsapp/client.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import { keepPicture } from './keep-picture.ts'
import { type Outcome, putOutcome } from './meta-answer-store.ts'
import { failureOf, QUESTIONS } from './meta-questions.ts'
import { readNumberAccess } from './number-read-store.ts'
import type { NumberAccess } from './standing.ts'

/** Whoever presses the button again within this time gets the answers that are there: Meta limits calls by the hour. */
const ASKED_JUST_NOW_MS = 5_000

export interface AskMetaDeps {
  readonly database: Database
  readonly clock: Clock
  readonly graph: Pick<Graph, 'ask' | 'fetchPicture' | 'usage'>
  readonly app: AppCredentials
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

/**
 * Asks Meta everything there is to know about a number and writes the answers down, each with its time. `not_found`: no
 * such number, or one without a token, which nobody can ask about.
 */
export async function askMeta(
  deps: AskMetaDeps,
  workspaceId: string,
  numberId: string,
  questions: readonly MetaQuestion[] = QUESTIONS,
): Promise<'asked' | 'just_now' | 'not_found'> {
  const { database, clock } = deps
  const access = await readWorkspace(database, workspaceId, (sql) => readNumberAccess(sql, workspaceId, numberId))
  if (access?.sealedToken == null) return 'not_found'
  if (questions === QUESTIONS && clock.nowMs() - (access.askedAtMs ?? 0) < ASKED_JUST_NOW_MS) return 'just_now'
  const token = deps.openToken(workspaceId, numberId, access.sealedToken)
  const outcomes = await Promise.all(
    questions.map(async (question): Promise<Outcome> => {
      const answer = await askOne(deps, token, access, question)
      return answer.kind === 'ok' ? { question, value: answer.value } : { question, failure: failureOf(answer) }
    }),
  )
  const now = new Date(clock.nowMs())
  await inWorkspace(database, workspaceId, async (sql) => {
    for (const outcome of outcomes) await putOutcome(sql, workspaceId, numberId, outcome, now)
  })
  for (const outcome of outcomes) {
    if (outcome.question !== 'profile' || !('value' in outcome)) continue
    await keepPicture(deps, workspaceId, numberId, (outcome.value as ProfileFacts).pictureUrl)
  }
  return 'asked'
}

function askOne(
  { graph, app }: AskMetaDeps,
  token: string,
  { phoneNumberId, wabaId }: NumberAccess,
  question: MetaQuestion,
): Promise<GraphAnswer<unknown>> {
  switch (question) {
    case 'number':
      return graph.ask(token, numberRequest(phoneNumberId))
    case 'account':
      return graph.ask(token, accountRequest(wabaId))
    case 'funding':
      return graph.ask(token, fundingRequest(wabaId))
    case 'token':
      return graph.ask(appToken(app), tokenRequest(token))
    case 'subscription':
      return graph.ask(token, subscriptionRequest(wabaId))
    case 'fields':
      return graph.ask(appToken(app), fieldsRequest(app.appId))
    case 'profile':
      return graph.ask(token, profileRequest(phoneNumberId))
    case 'username':
      return askUsername(graph, token, phoneNumberId)
    default:
      return question satisfies never
  }
}

/** Suggestions are a courtesy: without them the username is known all the same. */
async function askUsername(
  graph: AskMetaDeps['graph'],
  token: string,
  phoneNumberId: string,
): Promise<GraphAnswer<unknown>> {
  const answer = await graph.ask(token, usernameRequest(phoneNumberId))
  if (answer.kind !== 'ok') return answer
  const suggested = await graph.ask(token, suggestionsRequest(phoneNumberId))
  return { kind: 'ok', value: { ...answer.value, suggestions: suggested.kind === 'ok' ? suggested.value : [] } }
}
