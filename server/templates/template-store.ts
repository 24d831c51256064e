import type { MetaTemplate, TemplateEvent } from '../../contract/api/templates.ts'
import type { TemplateWording } from '../../contract/template.ts'
import {
  GRACE_DAYS_DEFAULT,
  REVIEW_DAYS_DEFAULT,
  type ReviewState,
  type ReviewTerms,
} from '../../contract/template-standing.ts'
import type { Sql } from '../platform/db.ts'
import type { TemplateRow } from './template-rows.ts'

const COLUMNS = `t.id, t.waba_id as "wabaId", t.name, t.language, t.removed_at is not null as removed,
  t.put_away_at is not null as "putAway", t.version, v.wording, v.member_id as "authorId", v.library_name as "libraryName",
  t.review, (extract(epoch from t.approved_at) * 1000)::float8 as "approvedAtMs",
  t.submitted_version as "submittedVersion", s.wording as "submittedWording",
  (extract(epoch from t.reviewed_at) * 1000)::float8 as "reviewedAtMs",
  array(select (extract(epoch from e) * 1000)::float8 from unnest(t.edits) e) as "editsMs", t.drifted,
  case when t.meta_id is null then null else jsonb_build_object('id', t.meta_id, 'status', t.meta_status,
    'category', t.meta_category, 'quality', t.meta_quality, 'reason', t.meta_reason, 'wording', t.meta_wording,
    'note', t.meta_note, 'syncedAtMs', (extract(epoch from t.synced_at) * 1000)::float8,
    'nextCategory', case when t.next_category is null then null else jsonb_build_object('category', t.next_category,
      'atMs', (extract(epoch from t.next_category_at) * 1000)::float8) end,
    'archive', case when t.meta_status <> 'ARCHIVED' then null else jsonb_build_object('fromStatus', t.archived_from,
      'atMs', (extract(epoch from t.archived_at) * 1000)::float8) end) end as meta`
const JOINED = `template t
  join template_version v on v.workspace_id = t.workspace_id and v.template_id = t.id and v.version = t.version
  left join template_version s on s.workspace_id = t.workspace_id and s.template_id = t.id and s.version = t.submitted_version`

/** Every template that was not removed, by name. */
export async function readTemplates(sql: Sql, workspaceId: string): Promise<TemplateRow[]> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from ${JOINED} where t.workspace_id = $1 and t.removed_at is null order by t.name, t.language, t.id`,
    [workspaceId],
  )
  return rows
}

/** All of an account, removed ones too, locked: what a sync compares with Meta's listing. */
export async function lockTemplates(sql: Sql, workspaceId: string, wabaId: string): Promise<TemplateRow[]> {
  await sql.query('select from template where workspace_id = $1 and waba_id = $2 order by id for update', [
    workspaceId,
    wabaId,
  ])
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from ${JOINED} where t.workspace_id = $1 and t.waba_id = $2 order by t.id`,
    [workspaceId, wabaId],
  )
  return rows
}

/** One template, locked; `null` when the workspace has none of this id. */
export async function lockTemplate(sql: Sql, workspaceId: string, id: string): Promise<TemplateRow | null> {
  // Locked before it is read: a join that waits for the lock would look for the version that was the newest before.
  await sql.query('select from template where workspace_id = $1 and id = $2 for update', [workspaceId, id])
  return readTemplate(sql, workspaceId, id)
}

/** One template that was not removed. */
export async function readTemplate(sql: Sql, workspaceId: string, id: string): Promise<TemplateRow | null> {
  const { rows } = await sql.query<TemplateRow>(
    `select ${COLUMNS} from ${JOINED} where t.workspace_id = $1 and t.id = $2 and t.removed_at is null`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

export interface NewTemplate {
  readonly id: string
  readonly wabaId: string
  readonly name: string
  readonly language: string
}

/**
 * Makes room for a template with its first writing to come. A name that was removed is taken up again, its history with it.
 * Gives id and version of that writing; `null` when the account has a template of this name and language.
 */
export async function openTemplate(
  sql: Sql,
  workspaceId: string,
  { id, wabaId, name, language }: NewTemplate,
  now: Date,
): Promise<{ id: string; version: number } | null> {
  const { rows } = await sql.query<{ id: string; version: number }>(
    `insert into template as t (workspace_id, id, waba_id, name, language, created_at, version, review)
     values ($1, $2, $3, $4, $5, $6, 1, 'draft')
     on conflict (workspace_id, waba_id, name, language) do update set version = t.version + 1, review = 'draft',
       removed_at = null, put_away_at = null, approved_at = null, submitted_version = null, reviewed_at = null,
       edits = '{}', drifted = false, meta_id = null, meta_status = null, next_category = null, next_category_at = null
       where t.removed_at is not null
     returning t.id, t.version`,
    [workspaceId, id, wabaId, name, language, now],
  )
  return rows[0] ?? null
}

export interface Writing {
  readonly templateId: string
  readonly version: number
  readonly wording: TemplateWording
  readonly libraryName: string | null
  readonly memberId: string | null
}

/** Keeps a writing and makes it the newest. */
export async function putVersion(
  sql: Sql,
  workspaceId: string,
  { templateId, version, wording, libraryName, memberId }: Writing,
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into template_version (workspace_id, template_id, version, wording, library_name, member_id, written_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [workspaceId, templateId, version, JSON.stringify(wording), libraryName, memberId, now],
  )
  await sql.query('update template set version = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    templateId,
    version,
  ])
}

export async function putEvent(
  sql: Sql,
  workspaceId: string,
  templateId: string,
  event: Omit<TemplateEvent, 'atMs'>,
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into template_event (workspace_id, template_id, version, kind, member_id, note, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [workspaceId, templateId, event.version, event.kind, event.memberId, event.note, now],
  )
}

/** How far the newest writing has come; `approvedAt` is when another person approved it. */
export async function setReview(
  sql: Sql,
  workspaceId: string,
  id: string,
  { review, approvedAt }: { readonly review: ReviewState; readonly approvedAt: Date | null },
): Promise<void> {
  await sql.query('update template set review = $3, approved_at = $4 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    review,
    approvedAt,
  ])
}

/** Meta was given this writing, which was approved here at `reviewedAt`; a newer one may have been begun meanwhile. */
export async function setSubmitted(
  sql: Sql,
  workspaceId: string,
  id: string,
  given: { readonly version: number; readonly reviewedAt: Date; readonly edits: readonly Date[] },
): Promise<void> {
  await sql.query(
    `update template set review = case when version = $3 then 'submitted' else review end, submitted_version = $3,
       reviewed_at = $4, edits = $5
      where workspace_id = $1 and id = $2`,
    [workspaceId, id, given.version, given.reviewedAt, given.edits],
  )
}

/** The review of what Meta has was done again. */
export async function setReviewedAt(sql: Sql, workspaceId: string, id: string, at: Date): Promise<void> {
  await sql.query('update template set reviewed_at = $3 where workspace_id = $1 and id = $2', [workspaceId, id, at])
}

export async function setPutAway(sql: Sql, workspaceId: string, id: string, at: Date | null): Promise<void> {
  await sql.query('update template set put_away_at = $3 where workspace_id = $1 and id = $2', [workspaceId, id, at])
}

/** The name is free again; its history stays. */
export async function setRemoved(sql: Sql, workspaceId: string, id: string, at: Date): Promise<void> {
  await sql.query('update template set removed_at = $3 where workspace_id = $1 and id = $2', [workspaceId, id, at])
}

/** What Meta has; a template that it no longer lists has lost nothing but its status. */
export async function putMeta(
  sql: Sql,
  workspaceId: string,
  id: string,
  { meta, drifted }: { readonly meta: MetaTemplate; readonly drifted: boolean },
): Promise<void> {
  const { nextCategory, archive } = meta
  await sql.query(
    `update template set meta_id = $3, meta_status = $4, meta_category = $5, meta_quality = $6, meta_reason = $7,
       meta_wording = $8, meta_note = $9, next_category = $10, next_category_at = $11, drifted = $12, synced_at = $13,
       archived_at = $14, archived_from = $15
      where workspace_id = $1 and id = $2`,
    [
      workspaceId,
      id,
      meta.id,
      meta.status,
      meta.category,
      meta.quality,
      meta.reason,
      JSON.stringify(meta.wording),
      meta.note === null ? null : JSON.stringify(meta.note),
      nextCategory?.category ?? null,
      nextCategory === null || nextCategory.atMs === null ? null : new Date(nextCategory.atMs),
      drifted,
      new Date(meta.syncedAtMs),
      archive === null || archive.atMs === null ? null : new Date(archive.atMs),
      archive?.fromStatus ?? null,
    ],
  )
}

export async function readTerms(sql: Sql, workspaceId: string): Promise<ReviewTerms> {
  const { rows } = await sql.query<ReviewTerms>(
    'select review_days as "reviewDays", grace_days as "graceDays" from template_settings where workspace_id = $1',
    [workspaceId],
  )
  return rows[0] ?? { reviewDays: REVIEW_DAYS_DEFAULT, graceDays: GRACE_DAYS_DEFAULT }
}

export async function putTerms(
  sql: Sql,
  workspaceId: string,
  terms: ReviewTerms,
  by: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into template_settings (workspace_id, review_days, grace_days, member_id, saved_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id) do update set review_days = excluded.review_days, grace_days = excluded.grace_days,
       member_id = excluded.member_id, saved_at = excluded.saved_at`,
    [workspaceId, terms.reviewDays, terms.graceDays, by.memberId, by.now],
  )
}
