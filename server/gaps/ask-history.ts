import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import { STRAY_AFTER_MS } from './gap-facts-store.ts'
import { missedReports, senderOf } from './reports.ts'
import {
  type HistoryQuestion,
  putHistoryAsked,
  putMissedReports,
  putSender,
  readHistoryQuestion,
} from './stray-store.ts'

/** How often the last reports of a number are looked through, and how soon a number that may not ask asks again. */
const REPORTS_EVERY_MS = 60 * 60 * 1000
const REFUSED_FOR_MS = 24 * 60 * 60 * 1000
/** Meta gives at most this many at once. */
const REPORTS_MAX = 100
/** Messages that are asked for in one run. */
const STRAYS_MAX = 20

export interface AskHistoryDeps {
  readonly database: Database
  readonly clock: Clock
  readonly graph: Pick<Graph, 'listReports' | 'usage'>
  /** Our app at Meta: what it sent, we sent. */
  readonly appId: string
  readonly openAccess: (
    workspaceId: string,
    numberId: string,
  ) => Promise<{ readonly phoneNumberId: string; readonly wabaId: string; readonly token: string } | null>
}

/**
 * Asks Meta's own history of reports, where the number may, who sent the messages that nobody here has seen, and which
 * reports did not reach us. It holds no contents: nothing that was missed comes by it, but it is known to be missing.
 */
export async function askHistory(deps: AskHistoryDeps, workspaceId: string, numberId: string): Promise<void> {
  const nowMs = deps.clock.nowMs()
  const strays = { seenBefore: new Date(nowMs - STRAY_AFTER_MS), max: STRAYS_MAX }
  const question = await readWorkspace(deps.database, workspaceId, (sql) =>
    readHistoryQuestion(sql, workspaceId, numberId, strays),
  )
  const general = isDue(question, nowMs)
  if (!general && (question.available !== true || question.wamids.length === 0)) return
  const access = await deps.openAccess(workspaceId, numberId)
  // The register is derived every five minutes, and each time this is asked for anew.
  if (access === null || deps.graph.usage.restMs([access.wabaId, access.phoneNumberId]) > 0) return
  if (general && !(await askLastReports(deps, workspaceId, numberId, access))) return
  for (const wamid of question.wamids) {
    if (!(await askSender(deps, workspaceId, numberId, { ...access, wamid }))) return
  }
}

function isDue({ available, askedAtMs }: HistoryQuestion, nowMs: number): boolean {
  return askedAtMs === null || nowMs - askedAtMs >= (available === false ? REFUSED_FOR_MS : REPORTS_EVERY_MS)
}

interface Access {
  readonly phoneNumberId: string
  readonly token: string
}

/** `false`: this number may not ask, or Meta was not reached; both are looked at again later. */
async function askLastReports(deps: AskHistoryDeps, workspaceId: string, numberId: string, access: Access) {
  const answer = await deps.graph.listReports(access.token, access.phoneNumberId, { limit: REPORTS_MAX })
  if (answer.kind === 'unreachable' || answer.kind === 'unclear') return false
  const nowMs = deps.clock.nowMs()
  const missed = answer.kind === 'ok' ? missedReports(answer.value, deps.appId, nowMs) : []
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    await putHistoryAsked(sql, workspaceId, numberId, { available: answer.kind === 'ok', now: new Date(nowMs) })
    await putMissedReports(sql, workspaceId, numberId, missed)
  })
  return answer.kind === 'ok'
}

async function askSender(
  deps: AskHistoryDeps,
  workspaceId: string,
  numberId: string,
  { token, phoneNumberId, wamid }: Access & { readonly wamid: string },
): Promise<boolean> {
  const answer = await deps.graph.listReports(token, phoneNumberId, { wamid, limit: REPORTS_MAX })
  if (answer.kind !== 'ok') return false
  const about = answer.value.filter((one) => one.wamid === wamid)
  const sender = senderOf(about, deps.appId)
  await inWorkspace(deps.database, workspaceId, (sql) =>
    putSender(sql, workspaceId, numberId, { wamid, sender, now: new Date(deps.clock.nowMs()) }),
  )
  return true
}
