import type { MetaArchive, MetaNote, MetaTemplate, TemplateEvent } from '../../contract/api/templates.ts'
import { TEMPLATE_CATEGORIES, type TemplateCategory, type TemplateWording } from '../../contract/template.ts'
import type { CategoryChange } from '../../contract/template-standing.ts'
import type { GraphTemplate } from '../whatsapp/graph-template.ts'
import { isSameWording } from './same-wording.ts'
import type { TemplateNotice, TemplateRow } from './template-rows.ts'

/** What is to be written about a template after Meta was asked. */
export interface Merged {
  readonly meta: MetaTemplate
  readonly drifted: boolean
  /** The newest writing is what Meta has: it was given to Meta, though the answer may have been lost. */
  readonly arrived: boolean
  readonly events: readonly Pick<TemplateEvent, 'kind' | 'note'>[]
}

/**
 * Takes a template as it stands here, what Graph says, and what Meta told about it before; gives what changes. Graph has the
 * last word; notices only add what it does not say: why, until when, and which category comes.
 */
export function mergeMeta(
  row: TemplateRow,
  graph: GraphTemplate,
  notices: readonly TemplateNotice[],
  nowMs: number,
): Merged {
  const meta: MetaTemplate = {
    id: graph.id,
    status: graph.status,
    category: graph.category,
    quality: graph.quality,
    reason: graph.reason,
    wording: { components: graph.components, parameterFormat: graph.parameterFormat },
    note: noteOf(graph, notices),
    nextCategory: nextCategoryOf(graph.category, notices, nowMs),
    archive: archiveOf(row.meta, graph, notices),
    syncedAtMs: nowMs,
  }
  const arrived = row.review === 'reviewed' && isSameWording(row.wording, meta.wording)
  const approved = arrived ? row.wording : row.submittedWording
  const drifted = approved === null || !isSameWording(approved, meta.wording)
  return { meta, drifted, arrived, events: eventsOf(row, meta, drifted) }
}

/** A template that Meta has and nobody here wrote: it counts as approved as it was found, until its review is due. */
export function foundWording(graph: GraphTemplate): TemplateWording {
  const { components, parameterFormat } = graph
  return { components, parameterFormat, category: knownCategory(graph.category) ?? 'MARKETING' }
}

function eventsOf(row: TemplateRow, meta: MetaTemplate, drifted: boolean): Merged['events'] {
  const events: Pick<TemplateEvent, 'kind' | 'note'>[] = []
  const before = row.meta
  if (before !== null && before.status !== meta.status) events.push({ kind: 'meta_status', note: meta.status })
  if (before !== null && before.category !== meta.category) events.push({ kind: 'meta_category', note: meta.category })
  if (before !== null && before.quality !== meta.quality) events.push({ kind: 'meta_quality', note: meta.quality })
  if (drifted !== row.drifted && before !== null) events.push({ kind: drifted ? 'drifted' : 'in_step', note: null })
  return events
}

/** What Meta said with the status that it still has. */
function noteOf(graph: GraphTemplate, notices: readonly TemplateNotice[]): MetaNote | null {
  const told = notices.find(({ field, event }) => field === 'message_template_status_update' && event === graph.status)
  if (told === undefined || graph.status === 'APPROVED' || graph.status === 'ARCHIVED') return null
  const other = record(told.data.other_info)
  const rejection = record(told.data.rejection_info)
  const disabling = record(told.data.disable_info)
  const advice = [rejection.reason, rejection.recommendation].filter((words) => typeof words === 'string').join(' ')
  return {
    title: text(other.title),
    words: text(other.description) ?? (advice === '' ? null : advice),
    atMs: seconds(disabling.disable_date) ?? told.atMs,
  }
}

/**
 * Since when Meta keeps it in its archive: as a notice says, or at the earliest since it was last seen outside. What was
 * found archived may have been so for any time.
 */
function archiveOf(
  before: MetaTemplate | null,
  graph: GraphTemplate,
  notices: readonly TemplateNotice[],
): MetaArchive | null {
  if (graph.status !== 'ARCHIVED') return null
  const told = notices.find(
    ({ field, event }) =>
      field === 'message_template_status_update' && (event === 'ARCHIVED' || event === 'UNARCHIVED'),
  )
  const seenMs = before?.status === 'ARCHIVED' ? before.archive?.atMs : before?.syncedAtMs
  const known = [told?.event === 'ARCHIVED' ? told.atMs : null, seenMs].filter((ms) => typeof ms === 'number')
  const fromStatus = before?.status === 'ARCHIVED' ? before.archive?.fromStatus : before?.status
  return { atMs: known.length === 0 ? null : Math.max(...known), fromStatus: fromStatus ?? null }
}

/**
 * Ahead of a change `new_category` is what the template still is, and `correct_category` what it becomes.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_category_update
 */
function nextCategoryOf(now: string, notices: readonly TemplateNotice[], nowMs: number): CategoryChange | null {
  const told = notices.find(({ field }) => field === 'template_category_update')
  const next = knownCategory(told?.data.correct_category)
  if (told === undefined || next === null || next === now) return null
  const atMs = seconds(told.data.category_update_timestamp)
  return atMs !== null && atMs + LATE_MS < nowMs ? null : { category: next, atMs }
}

/** A change that was announced and has not come by then was called off. */
const LATE_MS = 7 * 24 * 60 * 60 * 1000

function knownCategory(word: unknown): TemplateCategory | null {
  return TEMPLATE_CATEGORIES.find((category) => category === word) ?? null
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Unix seconds, as a number or in digits, in milliseconds. */
function seconds(value: unknown): number | null {
  const number = Number(value)
  return value !== null && value !== undefined && Number.isFinite(number) && number > 0 ? number * 1000 : null
}
