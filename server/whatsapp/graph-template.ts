import type { TemplateComponent } from '../../contract/template.ts'

/** A template as Graph gives it. */
export interface GraphTemplate {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly status: string
  readonly category: string
  readonly parameterFormat: 'POSITIONAL' | 'NAMED'
  readonly components: TemplateComponent[]
  readonly quality: string | null
  readonly reason: string | null
}

export interface NewGraphTemplate {
  readonly name: string
  readonly language: string
  readonly category: string
  readonly parameter_format: 'positional' | 'named'
  readonly components?: unknown
  readonly library_template_name?: string
}

export interface UploadedPart {
  /** The whole file is there. */
  readonly handle: string | null
  /** Bytes that Meta has. */
  readonly offset: number
}

/** How Meta shall word a one-time password. */
export interface CodeWording {
  readonly languages: readonly string[]
  readonly security: boolean
  readonly minutes?: number | undefined
}

/** A ready-made text of Meta's library. */
export interface LibraryRow {
  readonly name: string
  readonly language: string
  readonly category: string
  readonly topic?: string | null
  readonly header?: string | null
  readonly body: string
  /** Samples of the body's variables, in order. */
  readonly body_params?: readonly string[] | null
  readonly footer?: string | null
  readonly buttons?: readonly { readonly type: string; readonly text?: string; readonly url?: string }[] | null
}
