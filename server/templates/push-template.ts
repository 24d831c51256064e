import { keptSampleOf, SAMPLE_PREFIX, type TemplateComponent } from '../../contract/template.ts'
import { nextEditMs } from '../../contract/template-standing.ts'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import { readAccountAccess } from './account-store.ts'
import { isLive, keepSubmitted } from './keep-submitted.ts'
import { pushCodes } from './push-codes.ts'
import { type Refusal, refused, refusedByMeta } from './refusals.ts'
import { queueSync } from './sync-templates.ts'
import type { TemplateRow } from './template-rows.ts'
import { putEvent, putMeta, readTemplate, setRemoved } from './template-store.ts'
import { type UploadSampleDeps, uploadSample } from './upload-sample.ts'
import { type Actor, brokenRules, type DraftOutcome, type WriteDraftDeps } from './write-draft.ts'

export interface SubmitTemplateDeps extends WriteDraftDeps, UploadSampleDeps {
  readonly graph: UploadSampleDeps['graph'] &
    Pick<
      Graph,
      'createTemplate' | 'editTemplate' | 'deleteTemplate' | 'unpauseTemplate' | 'archiveTemplate' | 'upsertCodes'
    >
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

/**
 * Gives Meta what another person has approved: a new template, or an edit of one that it has. When the answer is lost,
 * the next sync finds what became of it, since Meta then has the approved wording.
 */
export async function submitTemplate(
  deps: SubmitTemplateDeps,
  { workspaceId, memberId }: Actor,
  id: string,
  version: number,
): Promise<DraftOutcome> {
  const { row, token } = await readWithToken(deps, workspaceId, id)
  if (row === null || token === null) return refused('not_found')
  if (row.version !== version) return refused('changed_meanwhile')
  if (row.review !== 'reviewed' || row.meta?.status === 'ARCHIVED') return refused('template_step')
  const broken = brokenRules(row)
  if (broken !== null) return { ok: false, code: 'template_invalid', details: broken }
  const nowMs = deps.clock.nowMs()
  const waitMs = nextEditMs(row.meta?.status ?? null, row.editsMs, nowMs)
  if (waitMs !== null) return { ok: false, code: 'template_step', details: { nextEditMs: waitMs } }
  if (row.wording.category === 'AUTHENTICATION' && row.libraryName === null) {
    const together = await pushCodes(deps, { workspaceId, memberId }, row, token)
    if (together !== null) return together
  }
  const handed = await handOver(deps, workspaceId, token, row.wording.components)
  if (!handed.ok) return handed
  const answer = await give(deps, token, row, handed.components)
  if (answer.kind !== 'ok') {
    // It may have arrived all the same, now or at an earlier try: Meta's listing tells.
    await inWorkspace(deps.database, workspaceId, (sql) => queueSync(sql, workspaceId, row.wabaId))
    return refusedByMeta(answer)
  }
  await inWorkspace(deps.database, workspaceId, (sql) =>
    keepSubmitted(sql, { workspaceId, memberId }, row, answer.value, { givenMs: nowMs, nowMs: deps.clock.nowMs() }),
  )
  return { ok: true, id }
}

/** Asks Meta to send a paused template again. */
export async function unpauseTemplate(
  deps: SubmitTemplateDeps,
  { workspaceId, memberId }: Actor,
  id: string,
): Promise<DraftOutcome> {
  const { row, token } = await readWithToken(deps, workspaceId, id)
  if (row === null || token === null) return refused('not_found')
  const { meta } = row
  if (meta?.status !== 'PAUSED') return refused('template_step')
  const answer = await deps.graph.unpauseTemplate(token, meta.id)
  if (answer.kind !== 'ok') return refusedByMeta(answer)
  const now = new Date(deps.clock.nowMs())
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    await putMeta(sql, workspaceId, id, { meta: { ...meta, status: 'APPROVED', note: null }, drifted: row.drifted })
    await putEvent(sql, workspaceId, id, { kind: 'unpaused', version: row.version, memberId, note: null }, now)
  })
  return { ok: true, id }
}

/** Takes a template away, at Meta too. Meta keeps the name of an approved one blocked for 30 days. */
export async function deleteTemplate(
  deps: SubmitTemplateDeps,
  { workspaceId, memberId }: Actor,
  id: string,
): Promise<DraftOutcome> {
  const { row, token } = await readWithToken(deps, workspaceId, id)
  if (row === null) return refused('not_found')
  if (row.meta !== null && isLive(row.meta.status)) {
    if (token === null) return refused('not_found')
    const { name, wabaId, meta } = row
    const answer = await deps.graph.deleteTemplate(token, wabaId, { name, id: meta.id })
    if (answer.kind !== 'ok') return refusedByMeta(answer)
  }
  const now = new Date(deps.clock.nowMs())
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    await setRemoved(sql, workspaceId, id, now)
    await putEvent(sql, workspaceId, id, { kind: 'removed', version: row.version, memberId, note: null }, now)
  })
  return { ok: true, id }
}

/** A template, and the token of its account; either `null` where there is none. */
export function readWithToken(deps: SubmitTemplateDeps, workspaceId: string, id: string) {
  return readWorkspace(deps.database, workspaceId, async (sql) => {
    const row = await readTemplate(sql, workspaceId, id)
    const access = row === null ? null : await readAccountAccess(sql, workspaceId, row.wabaId)
    const token = access === null ? null : deps.openToken(workspaceId, access.numberId, access.sealedToken)
    return { row, token }
  })
}

async function give(
  { graph }: SubmitTemplateDeps,
  token: string,
  row: TemplateRow,
  components: readonly TemplateComponent[],
): Promise<GraphAnswer<{ id: string; status: string; category: string }>> {
  const { category, parameterFormat } = row.wording
  const { meta } = row
  if (meta !== null && isLive(meta.status)) {
    const change = { components, ...(meta.status === 'APPROVED' ? {} : { category }) }
    const answer = await graph.editTemplate(token, meta.id, change)
    return answer.kind === 'ok'
      ? { kind: 'ok', value: { id: meta.id, status: 'PENDING', category: meta.category } }
      : answer
  }
  return graph.createTemplate(token, row.wabaId, {
    name: row.name,
    language: row.language,
    category,
    parameter_format: parameterFormat === 'NAMED' ? 'named' : 'positional',
    ...(row.libraryName === null ? { components } : { library_template_name: row.libraryName }),
  })
}

/** The components with Meta's handles in place of the files that Wasl keeps. */
async function handOver(
  deps: SubmitTemplateDeps,
  workspaceId: string,
  token: string,
  components: readonly TemplateComponent[],
): Promise<Refusal | { readonly ok: true; readonly components: readonly TemplateComponent[] }> {
  const ids = new Set(
    components
      .flatMap((one) => [one, ...(one.cards ?? []).flatMap((card) => card.components)])
      .flatMap((one) => keptSampleOf(one) ?? []),
  )
  let text = JSON.stringify(components)
  for (const id of ids) {
    const uploaded = await uploadSample(deps, workspaceId, token, id)
    if (uploaded === null) return refused('not_found')
    if (uploaded.kind !== 'ok') return refusedByMeta(uploaded)
    text = text.replaceAll(JSON.stringify(SAMPLE_PREFIX + id), JSON.stringify(uploaded.value))
  }
  return { ok: true, components: JSON.parse(text) as readonly TemplateComponent[] }
}
