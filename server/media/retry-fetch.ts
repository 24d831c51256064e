import { mayFetchAgain } from '../../contract/message-file.ts'
import { queueFetches } from './media-fetch-store.ts'
import { changeFile, type SettleFileDeps } from './settle-file.ts'

/**
 * A person wants a file tried again that could not be had. Gives whether it is on its way now: what has expired, or is
 * left at Meta on purpose, is not asked for again.
 */
export async function retryFetch(deps: SettleFileDeps, workspaceId: string, messageId: string): Promise<boolean> {
  const nowMs = deps.clock.nowMs()
  let onItsWay = false
  await changeFile(deps, workspaceId, messageId, async (sql, deleted, before) => {
    if (deleted || before?.state !== 'missing' || before.untilMs === null) return undefined
    if (!mayFetchAgain(before, nowMs)) return undefined
    await queueFetches(sql, workspaceId, [messageId], { nowMs, expiresAtMs: before.untilMs })
    onItsWay = true
    return null
  })
  return onItsWay
}
