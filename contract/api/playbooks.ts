import { z } from 'zod'

/** Limits of the firm's own pages, in characters; and how many pages there may be. */
export const PLAYBOOK_TITLE_LENGTH_MAX = 120
export const PLAYBOOK_BODY_LENGTH_MAX = 50_000
export const PLAYBOOKS_MAX = 500

/** A page of the firm's own, as it was written last. Wasl's own pages come with the program. */
export interface Playbook {
  readonly id: string
  /** 1 for the first writing; a change names the version it was made from. */
  readonly version: number
  readonly title: string
  /** Markdown; HTML in it is shown as text. */
  readonly body: string
  /** `null`: for readers of every language. */
  readonly language: 'ar' | 'en' | null
  readonly memberId: string
  readonly writtenAtMs: number
  readonly removedAtMs: number | null
}

/** `GET /api/v1/playbooks`: all that were not removed, by title. */
export interface PlaybooksAnswer {
  readonly playbooks: readonly Playbook[]
}

/**
 * `POST /api/v1/playbooks` writes a new page: 201 with it.
 * `POST /api/v1/playbooks/{id}` writes it anew; 409 `changed_meanwhile` when `version` is no longer the last one.
 */
export const writePlaybookBody = z.object({
  title: z.string().trim().min(1).max(PLAYBOOK_TITLE_LENGTH_MAX),
  body: z.string().max(PLAYBOOK_BODY_LENGTH_MAX),
  language: z.enum(['ar', 'en']).nullable(),
})
export const rewritePlaybookBody = writePlaybookBody.extend({ version: z.number().int().min(1) })
export type WritePlaybookBody = z.infer<typeof writePlaybookBody>
export type RewritePlaybookBody = z.infer<typeof rewritePlaybookBody>

/** `POST /api/v1/playbooks/{id}/removal` {removed}: takes a page away, or brings it back. 204. */
export const removePlaybookBody = z.object({ removed: z.boolean() })

export interface PlaybookAnswer {
  readonly playbook: Playbook
}
