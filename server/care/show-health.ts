import type { HealthAnswer } from '../../contract/api/care.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import { fieldList, healthLines } from './health-lines.ts'
import { readAnswers } from './meta-answer-store.ts'
import {
  readErrors,
  readNumberAccess,
  readStateTimes,
  readSyncStandings,
  readThroughput,
  readWebhookStanding,
} from './number-read-store.ts'
import type { HealthInput, NumberStanding } from './standing.ts'

/** Errors are counted over this time. */
const ERRORS_MS = 7 * 86_400_000

export interface ShowHealthDeps {
  readonly database: Database
  readonly clock: Clock
  readonly app: { readonly appId: string }
  readonly graph: Pick<Graph, 'usage'>
}

/** How a number stands by what is known now, without asking Meta; `null` when the workspace has no such number. */
export async function showHealth(
  deps: ShowHealthDeps,
  workspaceId: string,
  numberId: string,
): Promise<HealthAnswer | null> {
  const standing = await findStanding(deps, workspaceId, numberId)
  if (standing === null) return null
  return { lines: healthLines(standing.input), errors: standing.input.errors, fields: fieldList(standing.input) }
}

/** All that is known of a number, read in one snapshot. */
export async function findStanding(
  { database, clock, app, graph }: ShowHealthDeps,
  workspaceId: string,
  numberId: string,
): Promise<NumberStanding | null> {
  const nowMs = clock.nowMs()
  return readWorkspace(database, workspaceId, async (sql) => {
    const access = await readNumberAccess(sql, workspaceId, numberId)
    if (access === null) return null
    const answers = await readAnswers(sql, workspaceId, numberId)
    const syncs = await readSyncStandings(sql, workspaceId, numberId)
    const since = new Date(nowMs - ERRORS_MS)
    const errors = await readErrors(sql, workspaceId, { id: numberId, wabaId: access.wabaId }, since)
    const states = await readStateTimes(sql, workspaceId, numberId)
    const { mode, state, stateSinceMs, wabaId } = access
    const input: HealthInput = {
      ...{ mode, state, stateSinceMs, wabaId, answers, syncs, errors, nowMs },
      appId: app.appId,
      hasToken: access.sealedToken !== null,
      throughput: await readThroughput(sql, workspaceId, numberId, nowMs),
      usage: graph.usage.of([wabaId, access.phoneNumberId]),
      webhook: await readWebhookStanding(sql, workspaceId, numberId),
    }
    return { access, syncs, states, input }
  })
}
