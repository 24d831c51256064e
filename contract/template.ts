import { z } from 'zod'
import type { PriceCategory } from './costs.ts'

/**
 * Message templates, in Meta's wire form: what Wasl keeps, submits and compares is the same thing.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
 */
export const TEMPLATE_CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const
export type TemplateCategory = (typeof TEMPLATE_CATEGORIES)[number]

/** Meta bills a template by the category that it has when it is sent. */
export const PRICED_AS: Record<TemplateCategory, PriceCategory> = {
  MARKETING: 'marketing',
  UTILITY: 'utility',
  AUTHENTICATION: 'authentication',
}

/**
 * Whether a template of this category goes to a phone number only, and not to a customer who is known by a user id (131062).
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
export function needsPhone(category: PriceCategory): boolean {
  return category === 'authentication'
}

export const HEADER_FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'] as const
export type HeaderFormat = (typeof HEADER_FORMATS)[number]

export const BUTTON_TYPES = [
  'QUICK_REPLY',
  'URL',
  'PHONE_NUMBER',
  'COPY_CODE',
  'FLOW',
  'CATALOG',
  'MPM',
  'SPM',
  'VOICE_CALL',
  'ORDER_DETAILS',
  'REQUEST_CONTACT_INFO',
  'OTP',
] as const
export type ButtonType = (typeof BUTTON_TYPES)[number]

const text = z.string().max(4000)
const upper = z
  .string()
  .max(40)
  .transform((word) => word.toUpperCase())

/** Unknown keys stay: Meta adds some, and a template goes back to it whole. */
export const templateButton = z.looseObject({
  type: upper,
  text: text.optional(),
  url: text.optional(),
  phone_number: text.optional(),
  example: z.union([text, z.array(text).max(10)]).optional(),
  flow_id: text.optional(),
  otp_type: text.optional(),
  supported_apps: z
    .array(z.looseObject({ package_name: text, signature_hash: text }))
    .max(5)
    .optional(),
  zero_tap_terms_accepted: z.boolean().optional(),
})
export type TemplateButton = z.output<typeof templateButton>

const namedSample = z.looseObject({ param_name: text, example: text })
const example = z.looseObject({
  header_text: z.array(text).max(10).optional(),
  header_text_named_params: z.array(namedSample).max(10).optional(),
  /** Handles of uploaded files; in a draft of ours `sample:<id>`, the file that Wasl keeps. */
  header_handle: z.array(text).max(2).optional(),
  body_text: z.array(z.array(text).max(100)).max(2).optional(),
  body_text_named_params: z.array(namedSample).max(100).optional(),
})

const part = z.looseObject({
  type: upper,
  format: upper.optional(),
  text: text.optional(),
  example: example.optional(),
  buttons: z.array(templateButton).max(20).optional(),
  limited_time_offer: z.looseObject({ text: text.optional(), has_expiration: z.boolean().optional() }).optional(),
  add_security_recommendation: z.boolean().optional(),
  code_expiration_minutes: z.number().optional(),
})

export const templateComponent = part.extend({
  cards: z
    .array(z.looseObject({ components: z.array(part).max(4) }))
    .max(20)
    .optional(),
})
export type TemplateComponent = z.output<typeof templateComponent>

/** What a template says: all that a review looks at. */
export const templateWording = z.object({
  category: z.enum(TEMPLATE_CATEGORIES),
  parameterFormat: z.enum(['POSITIONAL', 'NAMED']),
  components: z.array(templateComponent).max(10),
})
export type TemplateWording = z.output<typeof templateWording>

/** A component by its type. */
export function componentOf(components: readonly TemplateComponent[], type: string): TemplateComponent | undefined {
  return components.find((component) => component.type === type)
}

/** The variables of a text in order, each once: `{{1}} {{name}}` gives `['1', 'name']`. */
export function variablesOf(words: string | undefined): readonly string[] {
  return [...new Set([...(words ?? '').matchAll(VARIABLE)].map((match) => match[1] ?? ''))]
}

/** The text with its variables filled in; one that has no value stays as it is written. */
export function fillVariables(words: string, value: (name: string) => string | undefined): string {
  return words.replace(VARIABLE, (whole, name: string) => value(name) || whole)
}

const VARIABLE = /\{\{\s*([^{}\s]+)\s*\}\}/g
/** Marks a header's sample that Wasl keeps and that is given to Meta with the template. */
export const SAMPLE_PREFIX = 'sample:'

/** The id of the kept sample of a header; `null` when it has none, or one that only Meta has. */
export function keptSampleOf(component: Pick<TemplateComponent, 'example'> | undefined): string | null {
  const [handle] = component?.example?.header_handle ?? []
  return handle?.startsWith(SAMPLE_PREFIX) === true ? handle.slice(SAMPLE_PREFIX.length) : null
}
