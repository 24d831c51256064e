import type { ModeNotReady } from '../../contract/api/connecting.ts'
import type { BusinessNumber } from '../../contract/number.ts'
import { appendEvents, holdFeed, type PublishRows } from '../inbox/append.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import { type ModeTarget, moveRefusal } from './mode-move.ts'
import { countWaiting, putMode } from './mode-store.ts'
import { readAccess, readNumber } from './number-store.ts'
import { changeState } from './state-store.ts'
import type { TokenSeal } from './token-seal.ts'

export interface ChangeModeDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
  readonly graph: Pick<Graph, 'readNumber'>
  readonly tokens: TokenSeal
}

export type ModeOutcome =
  | { readonly ok: true; readonly number: BusinessNumber }
  | { readonly ok: false; readonly code: 'not_found' }
  | { readonly ok: false; readonly code: 'mode_not_ready'; readonly details: ModeNotReady }

/**
 * Writes down that a number is held otherwise now, after Graph has shown it. The number keeps its id: threads stay, and
 * nothing that waits to be sent is lost. Moving to the phone alone waits until nothing is left to be sent.
 */
export async function changeMode(
  deps: ChangeModeDeps,
  workspaceId: string,
  numberId: string,
  target: ModeTarget,
): Promise<ModeOutcome> {
  const before = await readWorkspace(deps.database, workspaceId, async (sql) => ({
    number: await readNumber(sql, workspaceId, numberId),
    access: await readAccess(sql, workspaceId, numberId),
  }))
  if (before.number === null) return { ok: false, code: 'not_found' }
  const { access } = before
  const answer =
    access === null
      ? null
      : await deps.graph.readNumber(deps.tokens.open(workspaceId, numberId, access.sealedToken), access.phoneNumberId)
  const now = new Date(deps.clock.nowMs())
  const moved = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const waiting = await countWaiting(sql, workspaceId, numberId)
    const refusal = moveRefusal(target, { answer, waiting })
    if (refusal !== null) return { refusal }
    await putMode(sql, workspaceId, numberId, target)
    await changeState(
      sql,
      workspaceId,
      numberId,
      target === 'api_only'
        ? { state: 'live', reason: 'confirmed', evidence: { by: 'graph' } }
        : { state: 'removed', reason: 'account_disconnected', evidence: { by: 'graph' } },
      now,
    )
    await holdFeed(sql, workspaceId)
    const number = await readNumber(sql, workspaceId, numberId)
    if (number === null) throw new Error(`Number ${numberId} is gone within its own transaction`)
    const rows = await appendEvents(sql, workspaceId, now.getTime(), [{ type: 'number.changed', number }])
    return { refusal, number, rows }
  })
  if (moved.refusal !== null) return { ok: false, code: 'mode_not_ready', details: moved.refusal }
  deps.publish(workspaceId, moved.rows)
  return { ok: true, number: moved.number }
}
