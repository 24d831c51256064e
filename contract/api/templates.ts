import { z } from 'zod'
import { type TemplateWording, templateWording } from '../template.ts'
import type { CategoryChange, ReviewState, ReviewTerms, TemplateStanding } from '../template-standing.ts'

/** Bytes of a header's file: the largest that Meta takes of a video; a document may be larger there, not here. */
export const SAMPLE_BYTES_MAX = 16 * 1024 * 1024
/** What a header may show, and the bytes of each kind that Meta takes. */
export const SAMPLE_TYPES: Readonly<
  Record<string, { readonly format: 'IMAGE' | 'VIDEO' | 'DOCUMENT'; readonly bytesMax: number }>
> = {
  'image/jpeg': { format: 'IMAGE', bytesMax: 5 * 1024 * 1024 },
  'image/png': { format: 'IMAGE', bytesMax: 5 * 1024 * 1024 },
  'video/mp4': { format: 'VIDEO', bytesMax: SAMPLE_BYTES_MAX },
  'application/pdf': { format: 'DOCUMENT', bytesMax: SAMPLE_BYTES_MAX },
}
export const NOTE_LENGTH_MAX = 1000

/** What Meta has of a template. */
export interface MetaTemplate {
  readonly id: string
  /** Meta's own word. */
  readonly status: string
  readonly category: string
  readonly quality: string | null
  /** Why it was rejected, in Meta's word. */
  readonly reason: string | null
  readonly wording: Pick<TemplateWording, 'components' | 'parameterFormat'>
  /** What Meta said with a pause, a disabling or a rejection. */
  readonly note: MetaNote | null
  readonly nextCategory: CategoryChange | null
  /** While Meta keeps it in its archive. */
  readonly archive: MetaArchive | null
  readonly syncedAtMs: number
}
export interface MetaArchive {
  /** At the earliest; `null`: it was archived before it was known here. */
  readonly atMs: number | null
  /** The status that it had; `null`: not known. */
  readonly fromStatus: string | null
}
export interface MetaNote {
  readonly title: string | null
  readonly words: string | null
  readonly atMs: number | null
}

export interface Template {
  readonly id: string
  readonly wabaId: string
  readonly name: string
  readonly language: string
  /** Of the newest writing. */
  readonly version: number
  readonly wording: TemplateWording
  readonly authorId: string | null
  readonly libraryName: string | null
  readonly review: ReviewState
  /** The writing that Meta was given. */
  readonly submittedVersion: number | null
  readonly standing: TemplateStanding
  readonly drifted: boolean
  /** When its review is due, and when it stops being sent without one. */
  readonly dueMs: number | null
  readonly endMs: number | null
  /** Meta takes no edit before; `null`: it takes one now. */
  readonly nextEditMs: number | null
  readonly meta: MetaTemplate | null
}

/** A WhatsApp account whose templates are kept in step. */
export interface TemplateAccount {
  readonly wabaId: string
  readonly numbers: readonly { readonly id: string; readonly displayPhone: string; readonly verifiedName: string }[]
  /** `null`: never. */
  readonly syncedAtMs: number | null
  readonly problem: string | null
}

/** `GET /api/v1/templates` */
export interface TemplatesAnswer {
  readonly templates: readonly Template[]
  readonly accounts: readonly TemplateAccount[]
  readonly terms: ReviewTerms
  /** Persons of the workspace: somebody alone reviews what they wrote. */
  readonly members: number
  readonly nowMs: number
}

export const TEMPLATE_EVENTS = [
  'found',
  'written',
  'asked',
  'approved',
  'returned',
  'submitted',
  'meta_status',
  'meta_category',
  'meta_quality',
  'drifted',
  'in_step',
  'adopted',
  'confirmed',
  'put_away',
  'taken_out',
  'archived',
  'unarchived',
  'unpaused',
  'removed',
] as const
export interface TemplateEvent {
  readonly kind: (typeof TEMPLATE_EVENTS)[number]
  readonly version: number
  /** `null`: Meta. */
  readonly memberId: string | null
  readonly note: string | null
  readonly atMs: number
}
export interface TemplateVersion {
  readonly version: number
  readonly wording: TemplateWording
  readonly memberId: string | null
  readonly writtenAtMs: number
}

/** `GET /api/v1/templates/{id}` */
export interface TemplateAnswer {
  readonly template: Template
  /** Newest first. */
  readonly versions: readonly TemplateVersion[]
  readonly events: readonly TemplateEvent[]
}

/** `POST /api/v1/templates`: a draft; 201. */
export const createTemplateBody = templateWording.extend({
  wabaId: z.string().min(1).max(40),
  name: z
    .string()
    .max(512)
    .regex(/^[a-z0-9_]+$/),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  libraryName: z.string().max(512).nullable().default(null),
})
export type CreateTemplateBody = z.input<typeof createTemplateBody>

/** `POST /api/v1/templates/{id}`: the next writing; `version` is the one that was read. */
export const rewriteTemplateBody = templateWording.extend({ version: z.number().int().min(1) })
export type RewriteTemplateBody = z.input<typeof rewriteTemplateBody>

/** `POST /api/v1/templates/{id}/steps` */
export const TEMPLATE_STEPS = [
  'ask',
  'approve',
  'return',
  'submit',
  'adopt',
  'confirm',
  'put_away',
  'take_out',
  'archive',
  'unarchive',
  'unpause',
  'remove',
] as const
export type TemplateStep = (typeof TEMPLATE_STEPS)[number]
export const templateStepBody = z.object({
  step: z.enum(TEMPLATE_STEPS),
  version: z.number().int().min(1),
  note: z.string().trim().max(NOTE_LENGTH_MAX).optional(),
})
export type TemplateStepBody = z.input<typeof templateStepBody>

/** `POST /api/v1/templates/sync`: asks Meta now. 204. */
export const syncTemplatesBody = z.object({ wabaId: z.string().min(1).max(40) })

/** `POST /api/v1/templates/samples?fileName=`: the body is the file. */
export const sampleQuery = z.object({ fileName: z.string().min(1).max(200) })
export interface SampleAnswer {
  readonly id: string
  readonly mimeType: string
}

/** `POST /api/v1/templates/samples/{id}/media`: gives the file to Meta for sending from this number. */
export const sampleMediaBody = z.object({ numberId: z.uuid() })
export interface SampleMediaAnswer {
  readonly mediaId: string
}

/** `POST /api/v1/templates/settings`, by an owner. 204. */
export const templateSettingsBody = z.object({
  reviewDays: z.number().int().min(1).max(3650),
  graceDays: z.number().int().min(0).max(365),
})

/** `GET /api/v1/templates/code-previews?wabaId=&languages=ar,en&security=true&minutes=10`: how WhatsApp words a one-time password. */
export const codePreviewsQuery = z.object({
  wabaId: z.string().min(1).max(40),
  languages: z
    .string()
    .max(400)
    .regex(/^[A-Za-z_]+(,[A-Za-z_]+)*$/),
  security: z.enum(['true', 'false']).default('false'),
  minutes: z.coerce.number().int().min(1).max(90).optional(),
})
export interface CodePreview {
  readonly language: string
  /** With `{{1}}` where the code stands. */
  readonly body: string
  readonly footer: string | null
  readonly button: string | null
}
export interface CodePreviewsAnswer {
  readonly previews: readonly CodePreview[]
}

/** `GET /api/v1/templates/library?wabaId=&search=&language=`: Meta's ready-made texts. */
export const libraryQuery = z.object({
  wabaId: z.string().min(1).max(40),
  search: z.string().max(100).optional(),
  language: z.string().max(10).optional(),
})
export interface LibraryTemplate {
  readonly name: string
  readonly language: string
  readonly category: string
  readonly topic: string | null
  readonly components: TemplateWording['components']
}
export interface LibraryAnswer {
  readonly templates: readonly LibraryTemplate[]
}
