import type { PriceCategory } from '../../contract/costs.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import { keptSampleOf, PRICED_AS, type TemplateWording } from '../../contract/template.ts'
import { missingInputs, shownTemplate, type TemplateSend } from '../../contract/template-send.ts'
import {
  isSendable,
  type ReviewTerms,
  type StandingFacts,
  standingFault,
  templateStanding,
} from '../../contract/template-standing.ts'

/** A template as far as a send has to know it. */
export interface SendableTemplate {
  readonly facts: StandingFacts
  readonly terms: ReviewTerms
  /** What Meta has. */
  readonly wording: TemplateWording
  /** What was approved here; its header's sample is Wasl's own. */
  readonly approved: TemplateWording | null
}

type Checked =
  | { readonly ok: true; readonly value: MessageContent; readonly category: PriceCategory }
  | { readonly ok: false; readonly code: ErrorCode }

/** Takes a template that is to be sent and what is known of it; gives the message, or why it may not go out. */
export function templateContent(send: TemplateSend, template: SendableTemplate | null, nowMs: number): Checked {
  if (template === null) return { ok: false, code: 'template_not_approved' }
  const standing = templateStanding(template.facts, template.terms, nowMs)
  if (!isSendable(standing)) return { ok: false, code: standingFault(standing) }
  const { wording, approved } = template
  if (missingInputs(wording, send.components).length > 0) return { ok: false, code: 'template_inputs' }
  const sampleId = keptSampleOf(approved?.components.find(({ type }) => type === 'HEADER'))
  const shown = shownTemplate(send, wording, send.components)
  const value = sampleId === null ? shown : { ...shown, sampleId }
  return { ok: true, value, category: PRICED_AS[wording.category] }
}
