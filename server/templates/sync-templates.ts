import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { addJob, type JobPlace } from '../platform/jobs.ts'
import type { Graph } from '../whatsapp/client.ts'
import type { GraphTemplate } from '../whatsapp/graph-template.ts'
import { putSync, readAccountAccess, readTemplateNotices } from './account-store.ts'
import { foundWording, mergeMeta } from './merge-meta.ts'
import type { TemplateNotice, TemplateRow } from './template-rows.ts'
import { lockTemplates, openTemplate, putEvent, putMeta, putVersion, setSubmitted } from './template-store.ts'

/** The queue's name of the job that asks Meta for the templates of an account. */
export const TEMPLATES_JOB = 'sync_templates'

export interface SyncTemplatesDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly graph: Pick<Graph, 'listTemplates' | 'usage'>
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

/**
 * Asks Meta for all templates of an account and brings ours in step. Gives `false` when Meta did not tell and has to be asked
 * again; what it refused is kept as the account's problem.
 */
export async function syncTemplates(deps: SyncTemplatesDeps, workspaceId: string, wabaId: string): Promise<boolean> {
  const { database, clock } = deps
  const access = await readWorkspace(database, workspaceId, (sql) => readAccountAccess(sql, workspaceId, wabaId))
  if (access === null) return true
  const token = deps.openToken(workspaceId, access.numberId, access.sealedToken)
  const answer = await deps.graph.listTemplates(token, wabaId)
  const now = new Date(clock.nowMs())
  await inWorkspace(database, workspaceId, async (sql) => {
    if (answer.kind === 'ok') await keepListing(deps, sql, { workspaceId, wabaId, now }, answer.value)
    const problem = answer.kind === 'ok' ? null : answer.kind === 'error' ? answer.error.title : answer.kind
    await putSync(sql, workspaceId, wabaId, { at: now, problem })
  })
  return answer.kind === 'ok' || answer.kind === 'error'
}

/** Queues the asking; of several askings for one account one remains. */
export async function queueSync(
  sql: Sql,
  workspaceId: string,
  wabaId: string,
  place: Pick<JobPlace, 'delayMs'> = {},
): Promise<void> {
  const key = `${TEMPLATES_JOB}:${workspaceId}:${wabaId}`
  await addJob(sql, TEMPLATES_JOB, { workspaceId, wabaId }, { key, queue: key, keyMode: 'preserve', ...place })
}

interface Place {
  readonly workspaceId: string
  readonly wabaId: string
  readonly now: Date
}

async function keepListing(deps: SyncTemplatesDeps, sql: Sql, place: Place, listed: readonly GraphTemplate[]) {
  const { workspaceId, wabaId } = place
  const rows = await lockTemplates(sql, workspaceId, wabaId)
  const notices = await readTemplateNotices(sql, workspaceId, wabaId)
  const key = ({ name, language }: { name: string; language: string }) => `${name} ${language}`
  const known = new Map(rows.map((row) => [key(row), row]))
  for (const graph of listed) {
    const row = known.get(key(graph))
    const isGone = graph.status === 'PENDING_DELETION' || graph.status === 'DELETED'
    if (row !== undefined && !row.removed) await keepKnown(sql, place, row, graph, notices.get(graph.id) ?? [])
    else if (!isGone) await keepFound(deps, sql, place, graph, notices.get(graph.id) ?? [])
  }
  const names = new Set(listed.map(key))
  for (const row of rows) if (!row.removed && !names.has(key(row))) await keepGone(sql, place, row)
}

async function keepKnown(
  sql: Sql,
  { workspaceId, now }: Place,
  row: TemplateRow,
  graph: GraphTemplate,
  notices: readonly TemplateNotice[],
): Promise<void> {
  const { meta, drifted, arrived, events } = mergeMeta(row, graph, notices, now.getTime())
  await putMeta(sql, workspaceId, row.id, { meta, drifted })
  if (arrived) {
    const reviewedAt = new Date(row.approvedAtMs ?? now.getTime())
    await setSubmitted(sql, workspaceId, row.id, {
      version: row.version,
      reviewedAt,
      edits: row.editsMs.map((ms) => new Date(ms)),
    })
    await putEvent(
      sql,
      workspaceId,
      row.id,
      { kind: 'submitted', version: row.version, memberId: null, note: null },
      now,
    )
  }
  for (const event of events) {
    await putEvent(sql, workspaceId, row.id, { ...event, version: row.version, memberId: null }, now)
  }
}

async function keepFound(
  { ids }: SyncTemplatesDeps,
  sql: Sql,
  { workspaceId, wabaId, now }: Place,
  graph: GraphTemplate,
  notices: readonly TemplateNotice[],
): Promise<void> {
  const { name, language } = graph
  const opened = await openTemplate(sql, workspaceId, { id: ids.next(), wabaId, name, language }, now)
  if (opened === null) return
  const { id, version } = opened
  const wording = foundWording(graph)
  await putVersion(sql, workspaceId, { templateId: id, version, wording, libraryName: null, memberId: null }, now)
  await setSubmitted(sql, workspaceId, id, { version, reviewedAt: now, edits: [] })
  const row: TemplateRow = {
    ...{ id, wabaId, name, language, version, wording },
    ...{ removed: false, putAway: false, authorId: null, libraryName: null, review: 'submitted', approvedAtMs: null },
    ...{ submittedVersion: version, submittedWording: wording, reviewedAtMs: now.getTime(), editsMs: [] },
    ...{ meta: null, drifted: false },
  }
  await putMeta(sql, workspaceId, id, mergeMeta(row, graph, notices, now.getTime()))
  await putEvent(sql, workspaceId, id, { kind: 'found', version, memberId: null, note: graph.status }, now)
}

/** Meta no longer lists what it once had. */
async function keepGone(sql: Sql, { workspaceId, now }: Place, row: TemplateRow): Promise<void> {
  if (row.meta === null || row.meta.status === 'DELETED') return
  const meta = {
    ...row.meta,
    status: 'DELETED',
    note: null,
    nextCategory: null,
    archive: null,
    syncedAtMs: now.getTime(),
  }
  await putMeta(sql, workspaceId, row.id, { meta, drifted: row.drifted })
  await putEvent(
    sql,
    workspaceId,
    row.id,
    { kind: 'meta_status', version: row.version, memberId: null, note: 'DELETED' },
    now,
  )
}
