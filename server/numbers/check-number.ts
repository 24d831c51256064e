import { type AppendedRow, appendEvents, holdFeed, type PublishRows } from '../inbox/append.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import { settleStanding } from './number-checks.ts'
import { type Connection, connectionOf, standingOf } from './number-standing.ts'
import { findNumbersByAccount, readAccess, readNumber } from './number-store.ts'
import { lockWatch, putChecked, readHints } from './standing-store.ts'
import { changeState, queueCheck } from './state-store.ts'
import type { TokenSeal } from './token-seal.ts'

export interface CheckNumberDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
  readonly graph: Pick<Graph, 'readNumber' | 'usage'>
  readonly tokens: TokenSeal
}

/** Queues the question for every number of an account: a notice about it is only a hint, and names at most the account. */
export async function checkAccount(
  deps: Pick<CheckNumberDeps, 'database'>,
  workspaceId: string,
  wabaId: string,
): Promise<void> {
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    for (const numberId of await findNumbersByAccount(sql, workspaceId, wabaId)) {
      await queueCheck(sql, workspaceId, numberId)
    }
  })
}

/**
 * Asks Graph how a number stands. An answer that differs from the state is kept as a suspicion, and asked for again
 * after a minute; the second one that says the same becomes the state. `false`: Graph did not tell, ask again. Near the
 * limit of management calls the question waits: a notice may have caused it, which nobody repeats.
 */
export async function checkNumber(deps: CheckNumberDeps, workspaceId: string, numberId: string): Promise<boolean> {
  const access = await readWorkspace(deps.database, workspaceId, (sql) => readAccess(sql, workspaceId, numberId))
  if (access === null) return true
  const delayMs = deps.graph.usage.restMs([access.wabaId, access.phoneNumberId])
  if (delayMs > 0) {
    const place = { delayMs, keyMode: 'preserve' } as const
    await inWorkspace(deps.database, workspaceId, (sql) => queueCheck(sql, workspaceId, numberId, place))
    return true
  }
  const token = deps.tokens.open(workspaceId, numberId, access.sealedToken)
  const answer = await deps.graph.readNumber(token, access.phoneNumberId)
  const nowMs = deps.clock.nowMs()
  const { told, rows } = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const before = await lockWatch(sql, workspaceId, numberId)
    // Who connects a number says by itself how far that is.
    if (before === null || before.state === 'preparing' || before.state === 'connecting')
      return { told: true, rows: [] }
    const connection = connectionOf(answer, before, await readHints(sql, workspaceId, numberId), nowMs)
    if (connection.kind === 'unanswered') return { told: false, rows: [] }
    if (connection.kind === 'lagging') return { told: true, rows: [] }
    return { told: true, rows: await settle(sql, workspaceId, before, connection, nowMs) }
  })
  deps.publish(workspaceId, rows)
  return told
}

async function settle(
  sql: Sql,
  workspaceId: string,
  before: NonNullable<Awaited<ReturnType<typeof lockWatch>>>,
  connection: Extract<Connection, { kind: 'there' | 'gone' }>,
  nowMs: number,
): Promise<readonly AppendedRow[]> {
  const now = new Date(nowMs)
  const standing = standingOf(connection, before, nowMs)
  const settled = settleStanding(before, standing, nowMs)
  const doubted = settled.kind === 'suspect' || settled.kind === 'wait'
  if (settled.kind === 'change') await changeState(sql, workspaceId, before.id, standing, now)
  await putChecked(sql, workspaceId, before.id, { suspicion: doubted ? settled.suspicion : null, now })
  if (doubted) await queueCheck(sql, workspaceId, before.id, { delayMs: settled.againInMs })
  await holdFeed(sql, workspaceId)
  const number = await readNumber(sql, workspaceId, before.id)
  return number === null ? [] : appendEvents(sql, workspaceId, nowMs, [{ type: 'number.changed', number }])
}
