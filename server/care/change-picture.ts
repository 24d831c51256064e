import { readWorkspace } from '../platform/db.ts'
import { pictureChange } from '../whatsapp/account-requests.ts'
import type { Graph } from '../whatsapp/client.ts'
import { type AskMetaDeps, askMeta } from './ask-meta.ts'
import { type Change, refusalOf } from './change-outcome.ts'
import { readNumberAccess } from './number-read-store.ts'
import { writeSquare } from './write-square.ts'

/** Pixels on each side of what customers see; Meta asks for a square of at least 192. Constructed: its page names no more. */
const SIDE_PX = 640

export type ChangePictureDeps = AskMetaDeps & {
  readonly graph: Pick<Graph, 'openUpload' | 'sendUpload'>
}

/**
 * Changes the picture of the profile. Not for a number that is on a phone. The picture goes up by Meta's Resumable Upload in one
 * piece, and its handle is set; what Meta shows then is asked for, and kept.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-profiles
 */
export async function changePicture(
  deps: ChangePictureDeps,
  workspaceId: string,
  numberId: string,
  bytes: Buffer,
): Promise<Change> {
  const access = await readWorkspace(deps.database, workspaceId, (sql) => readNumberAccess(sql, workspaceId, numberId))
  if (access?.sealedToken == null) return { ok: false, code: 'not_found' }
  if (access.mode !== 'api_only') return { ok: false, code: 'edited_on_phone' }
  const jpeg = await writeSquare(bytes, SIDE_PX, 'jpeg')
  if (jpeg === null) return { ok: false, code: 'file_damaged' }
  const token = deps.openToken(workspaceId, numberId, access.sealedToken)
  const file = { name: 'profile.jpg', mimeType: 'image/jpeg', length: jpeg.length }
  const opened = await deps.graph.openUpload(token, deps.app.appId, file)
  if (opened.kind !== 'ok') return refusalOf(opened)
  const sent = await deps.graph.sendUpload(token, opened.value.id, 0, jpeg)
  if (sent.kind !== 'ok') return refusalOf(sent)
  if (sent.value.handle === null) return { ok: false, code: 'graph_unreachable' }
  const answer = await deps.graph.ask(token, pictureChange(access.phoneNumberId, sent.value.handle))
  await askMeta(deps, workspaceId, numberId, ['profile'])
  return answer.kind === 'ok' ? { ok: true } : refusalOf(answer)
}
