import { mayArchive } from '../../contract/template-standing.ts'
import { inWorkspace } from '../platform/db.ts'
import { readWithToken, type SubmitTemplateDeps } from './push-template.ts'
import { refused, refusedByMeta } from './refusals.ts'
import { queueSync } from './sync-templates.ts'
import { putEvent, putMeta } from './template-store.ts'
import type { Actor, DraftOutcome } from './write-draft.ts'

/**
 * Puts a template into Meta's archive, or takes it out again, which Meta allows for 28 days. What Meta made of it is read
 * with the next listing: the status that it has now is the one it had before, and APPROVED where none is known.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival
 */
export async function moveToArchive(
  deps: SubmitTemplateDeps,
  { workspaceId, memberId }: Actor,
  id: string,
  { version, away }: { readonly version: number; readonly away: boolean },
): Promise<DraftOutcome> {
  const { row, token } = await readWithToken(deps, workspaceId, id)
  if (row === null || token === null) return refused('not_found')
  if (row.version !== version) return refused('changed_meanwhile')
  const { meta, wabaId } = row
  if (meta === null || !(away ? mayArchive(meta.status) : meta.status === 'ARCHIVED')) return refused('template_step')
  const answer = await deps.graph.archiveTemplate(token, wabaId, { id: meta.id, away })
  const refusal = answer.kind === 'ok' ? answer.value.refusal : null
  if (answer.kind !== 'ok' || refusal !== null) {
    // It may be done all the same, or be so already: Meta's listing tells.
    await inWorkspace(deps.database, workspaceId, (sql) => queueSync(sql, workspaceId, wabaId))
    return answer.kind === 'ok'
      ? { ...refused('template_refused'), details: { words: refusal } }
      : refusedByMeta(answer)
  }
  const now = new Date(deps.clock.nowMs())
  const status = away ? 'ARCHIVED' : (meta.archive?.fromStatus ?? 'APPROVED')
  const archive = away ? { atMs: now.getTime(), fromStatus: meta.status } : null
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    await putMeta(sql, workspaceId, id, { meta: { ...meta, status, archive }, drifted: row.drifted })
    const kind = away ? 'archived' : 'unarchived'
    await putEvent(sql, workspaceId, id, { kind, version: row.version, memberId, note: null }, now)
    if (!away) await queueSync(sql, workspaceId, wabaId)
  })
  return { ok: true, id }
}
