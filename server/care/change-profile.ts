import type { ProfileBody } from '../../contract/api/care.ts'
import { readWorkspace } from '../platform/db.ts'
import { profileChange } from '../whatsapp/account-requests.ts'
import { type AskMetaDeps, askMeta } from './ask-meta.ts'
import { type Change, refusalOf } from './change-outcome.ts'
import { readNumberAccess } from './number-read-store.ts'

/**
 * Changes what customers see of the business. Not for a number that is on a phone: there the app owns the profile.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 */
export async function changeProfile(
  deps: AskMetaDeps,
  workspaceId: string,
  numberId: string,
  profile: ProfileBody,
): Promise<Change> {
  const access = await readWorkspace(deps.database, workspaceId, (sql) => readNumberAccess(sql, workspaceId, numberId))
  if (access?.sealedToken == null) return { ok: false, code: 'not_found' }
  if (access.mode !== 'api_only') return { ok: false, code: 'edited_on_phone' }
  const token = deps.openToken(workspaceId, numberId, access.sealedToken)
  const answer = await deps.graph.ask(token, profileChange(access.phoneNumberId, profile))
  // Also after a refusal or no answer at all: whatever became of it is shown.
  await askMeta(deps, workspaceId, numberId, ['profile'])
  return answer.kind === 'ok' ? { ok: true } : refusalOf(answer)
}
