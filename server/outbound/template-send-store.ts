import type { TemplateWording } from '../../contract/template.ts'
import { GRACE_DAYS_DEFAULT, REVIEW_DAYS_DEFAULT } from '../../contract/template-standing.ts'
import type { Sql } from '../platform/db.ts'
import type { SendableTemplate } from './template-content.ts'

/** The template of this name and language that the account of a number has; `null` when Wasl knows none. */
export async function findTemplate(
  sql: Sql,
  workspaceId: string,
  which: { readonly numberId: string; readonly name: string; readonly language: string },
): Promise<SendableTemplate | null> {
  const { rows } = await sql.query<{
    putAway: boolean
    metaStatus: string | null
    drifted: boolean
    reviewedAtMs: number | null
    category: TemplateWording['category']
    wording: Omit<TemplateWording, 'category'> | null
    approved: TemplateWording | null
    reviewDays: number | null
    graceDays: number | null
  }>(
    `select t.put_away_at is not null as "putAway", t.meta_status as "metaStatus", t.drifted,
            (extract(epoch from t.reviewed_at) * 1000)::float8 as "reviewedAtMs", t.meta_category as category,
            t.meta_wording as wording, v.wording as approved, s.review_days as "reviewDays", s.grace_days as "graceDays"
       from business_number n
       join template t on t.workspace_id = n.workspace_id and t.waba_id = n.waba_id and t.removed_at is null
       left join template_version v on v.workspace_id = t.workspace_id and v.template_id = t.id
                                   and v.version = t.submitted_version
       left join template_settings s on s.workspace_id = n.workspace_id
      where n.workspace_id = $1 and n.id = $2 and t.name = $3 and t.language = $4`,
    [workspaceId, which.numberId, which.name, which.language],
  )
  const row = rows[0]
  if (row === undefined || row.wording === null) return null
  const { putAway, metaStatus, drifted, reviewedAtMs, category, wording, approved } = row
  return {
    facts: { putAway, metaStatus, drifted, reviewedAtMs },
    terms: { reviewDays: row.reviewDays ?? REVIEW_DAYS_DEFAULT, graceDays: row.graceDays ?? GRACE_DAYS_DEFAULT },
    wording: { ...wording, category },
    approved,
  }
}
