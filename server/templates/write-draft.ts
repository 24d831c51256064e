import type { CreateTemplateBody, RewriteTemplateBody } from '../../contract/api/templates.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { TemplateWording } from '../../contract/template.ts'
import { checkTemplate } from '../../contract/template-rules.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { readAccountAccess } from './account-store.ts'
import { lockTemplate, openTemplate, putEvent, putVersion, setReview } from './template-store.ts'

export interface WriteDraftDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
}

/** Who does something, and where. */
export interface Actor {
  readonly workspaceId: string
  readonly memberId: string
}

export type DraftOutcome =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }

/** A new template: the first draft, which may break Meta's rules until it is given to review. */
export function writeDraft(
  { database, clock, ids }: WriteDraftDeps,
  { workspaceId, memberId }: Actor,
  { wabaId, name, language, libraryName = null, ...wording }: CreateTemplateBody,
): Promise<DraftOutcome> {
  const now = new Date(clock.nowMs())
  return inWorkspace(database, workspaceId, async (sql): Promise<DraftOutcome> => {
    if ((await readAccountAccess(sql, workspaceId, wabaId)) === null) return { ok: false, code: 'not_found' }
    const opened = await openTemplate(sql, workspaceId, { id: ids.next(), wabaId, name, language }, now)
    if (opened === null) return { ok: false, code: 'template_exists' }
    const { id, version } = opened
    await keep(
      sql,
      workspaceId,
      { templateId: id, version, wording: wording as TemplateWording, libraryName, memberId },
      now,
    )
    return { ok: true, id }
  })
}

/** The next writing. What was approved stays what Meta has until this one has gone the same way. */
export function rewriteDraft(
  { database, clock }: WriteDraftDeps,
  { workspaceId, memberId }: Actor,
  id: string,
  { version, ...wording }: RewriteTemplateBody,
): Promise<DraftOutcome> {
  const now = new Date(clock.nowMs())
  return inWorkspace(database, workspaceId, async (sql): Promise<DraftOutcome> => {
    const row = await lockTemplate(sql, workspaceId, id)
    if (row === null) return { ok: false, code: 'not_found' }
    if (row.version !== version) return { ok: false, code: 'changed_meanwhile' }
    // Meta never changes the category of an approved template at our wish.
    if (row.meta?.status === 'APPROVED' && wording.category !== row.wording.category)
      return { ok: false, code: 'template_step' }
    const next = {
      templateId: id,
      version: version + 1,
      wording: wording as TemplateWording,
      libraryName: null,
      memberId,
    }
    await keep(sql, workspaceId, next, now)
    return { ok: true, id }
  })
}

/** Meta's rules for what is to be reviewed or submitted; `null` when it keeps them. */
export function brokenRules(row: { name: string; language: string; wording: TemplateWording }): unknown[] | null {
  const faults = checkTemplate({ ...row.wording, name: row.name, language: row.language })
  return faults.length === 0 ? null : [...faults]
}

async function keep(
  sql: Sql,
  workspaceId: string,
  writing: Parameters<typeof putVersion>[2],
  now: Date,
): Promise<void> {
  const { templateId, version, memberId } = writing
  await putVersion(sql, workspaceId, writing, now)
  await setReview(sql, workspaceId, templateId, { review: 'draft', approvedAt: null })
  await putEvent(sql, workspaceId, templateId, { kind: 'written', version, memberId, note: null }, now)
}
