import { readWorkspace } from '../platform/db.ts'
import { usernameChange, usernameRemoval } from '../whatsapp/account-requests.ts'
import { type AskMetaDeps, askMeta } from './ask-meta.ts'
import { type Change, refusalOf } from './change-outcome.ts'
import { readNumberAccess } from './number-read-store.ts'

/** A username to reserve or adopt, taken from another number of the business if need be; `null` gives it up. */
export type UsernameWish = { readonly username: string; readonly move: boolean } | null

/**
 * Has Meta reserve, change or give up the business username. Meta tells by itself when a reserved one is seen.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-usernames
 */
export async function changeUsername(
  deps: AskMetaDeps,
  workspaceId: string,
  numberId: string,
  wish: UsernameWish,
): Promise<Change> {
  const access = await readWorkspace(deps.database, workspaceId, (sql) => readNumberAccess(sql, workspaceId, numberId))
  if (access?.sealedToken == null) return { ok: false, code: 'not_found' }
  const token = deps.openToken(workspaceId, numberId, access.sealedToken)
  const { phoneNumberId } = access
  const answer =
    wish === null
      ? await deps.graph.ask(token, usernameRemoval(phoneNumberId))
      : await deps.graph.ask(token, usernameChange(phoneNumberId, wish.username, wish.move))
  await askMeta(deps, workspaceId, numberId, ['username'])
  return answer.kind === 'ok' ? { ok: true } : refusalOf(answer)
}
