/** A message template of an account. */
export interface Template {
  readonly id: string
  readonly name: string
  readonly language: string
  category: TemplateCategory
  status: TemplateStatus
  readonly parameterFormat: 'POSITIONAL' | 'NAMED'
  components: readonly TemplateComponent[]
  rejectedReason: string
  qualityScore: 'UNKNOWN' | 'GREEN' | 'YELLOW' | 'RED'
  /** Unix ms of each edit since approval. */
  readonly editsMs: number[]
  /** Unix ms of what was last done with it. */
  activeMs?: number
  /** While it is archived: since when, and the status that it had. */
  archive?: { readonly atMs: number; readonly from: TemplateStatus }
}
export type TemplateCategory = 'AUTHENTICATION' | 'MARKETING' | 'UTILITY'
export type TemplateStatus =
  | 'PENDING'
  | 'APPROVED'
  | 'REJECTED'
  | 'PAUSED'
  | 'DISABLED'
  | 'PENDING_DELETION'
  | 'ARCHIVED'

export interface TemplateComponent {
  readonly type: string
  readonly format?: string
  readonly text?: string
  readonly buttons?: readonly TemplateButton[]
  readonly cards?: readonly { readonly components: readonly TemplateComponent[] }[]
  readonly [key: string]: unknown
}
export interface TemplateButton {
  readonly type: string
  readonly text?: string
  readonly url?: string
  readonly [key: string]: unknown
}

/** The names or positions of the variables of a text, in order, each once: `{{1}} {{name}}` → `['1', 'name']`. */
export function variables(text: string | undefined): string[] {
  return [...new Set([...(text ?? '').matchAll(/\{\{\s*([\w]+)\s*\}\}/g)].map((match) => match[1] ?? ''))]
}
