import type { Sql } from '../platform/db.ts'
import type { TemplateRow } from './template-rows.ts'
import { lockTemplate, putEvent, putMeta, setSubmitted } from './template-store.ts'
import type { Actor } from './write-draft.ts'

/** Keeps that Meta was given the newest writing of a template, and what it said to it. */
export async function keepSubmitted(
  sql: Sql,
  { workspaceId, memberId }: Actor,
  row: TemplateRow,
  answer: { readonly id: string; readonly status: string; readonly category: string },
  { givenMs, nowMs }: { readonly givenMs: number; readonly nowMs: number },
): Promise<void> {
  const { id, version } = row
  await lockTemplate(sql, workspaceId, id)
  const edits = row.meta !== null && isLive(row.meta.status) ? [...row.editsMs, givenMs] : []
  await setSubmitted(sql, workspaceId, id, {
    version,
    reviewedAt: new Date(row.approvedAtMs ?? givenMs),
    edits: edits.map((ms) => new Date(ms)),
  })
  const { components, parameterFormat } = row.wording
  const meta = {
    ...{ quality: null, reason: null, note: null, nextCategory: null, archive: null, ...row.meta, ...answer },
    wording: { components, parameterFormat },
    syncedAtMs: nowMs,
  }
  await putMeta(sql, workspaceId, id, { meta, drifted: false })
  await putEvent(sql, workspaceId, id, { kind: 'submitted', version, memberId, note: meta.status }, new Date(nowMs))
}

/** Whether Meta has it as something that can be edited or deleted. */
export function isLive(status: string): boolean {
  return status !== 'DELETED' && status !== 'PENDING_DELETION'
}
