import type { MetaTemplate } from '../../contract/api/templates.ts'
import type { TemplateWording } from '../../contract/template.ts'
import type { ReviewState } from '../../contract/template-standing.ts'

/** A template as the tables have it. */
export interface TemplateRow {
  readonly id: string
  readonly wabaId: string
  readonly name: string
  readonly language: string
  readonly removed: boolean
  readonly putAway: boolean
  readonly version: number
  readonly wording: TemplateWording
  readonly authorId: string | null
  readonly libraryName: string | null
  readonly review: ReviewState
  readonly approvedAtMs: number | null
  readonly submittedVersion: number | null
  /** The wording that Meta was given; `null` while it was given none. */
  readonly submittedWording: TemplateWording | null
  readonly reviewedAtMs: number | null
  readonly editsMs: readonly number[]
  readonly meta: MetaTemplate | null
  readonly drifted: boolean
}

/** A notice of Meta's about one template. */
export interface TemplateNotice {
  readonly field: string
  readonly event: string | null
  readonly atMs: number
  readonly data: Readonly<Record<string, unknown>>
}
