import type { Template } from '../../contract/api/templates.ts'
import { nextEditMs, type ReviewTerms, reviewDates, templateStanding } from '../../contract/template-standing.ts'
import type { TemplateRow } from './template-rows.ts'

/** A row as readers see it now. */
export function templateView(row: TemplateRow, terms: ReviewTerms, nowMs: number): Template {
  const {
    removed: _removed,
    putAway,
    approvedAtMs: _approved,
    submittedWording: _given,
    editsMs,
    reviewedAtMs,
    ...rest
  } = row
  const metaStatus = row.meta?.status ?? null
  const dates = reviewedAtMs === null || row.meta === null ? null : reviewDates(reviewedAtMs, terms)
  return {
    ...rest,
    standing: templateStanding({ putAway, metaStatus, drifted: row.drifted, reviewedAtMs }, terms, nowMs),
    dueMs: dates?.dueMs ?? null,
    endMs: dates?.endMs ?? null,
    nextEditMs: nextEditMs(metaStatus, editsMs, nowMs),
  }
}
