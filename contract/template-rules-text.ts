import { type TemplateComponent, type TemplateWording, variablesOf } from './template.ts'

/** Words of a text that each variable needs, beside one. Meta says only "too many variables for the length". */
const WORDS_PER_VARIABLE = 2

/** What is wrong with a template, by the rule that it breaks. */
export interface TemplateFault {
  /** `name`, `header`, `body`, `footer`, `buttons.0`, `card.1.body` …: where the builder shows it. */
  readonly place: string
  readonly rule: TemplateRule
  readonly values?: Readonly<Record<string, number>>
}

export const TEMPLATE_RULES = [
  'name_form',
  'language_form',
  'component_unknown',
  'text_missing',
  'too_long',
  'blank_lines',
  'header_plain',
  'header_variables',
  'footer_variables',
  'sample_missing',
  'media_sample_missing',
  'variable_form',
  'variable_order',
  'variable_edge',
  'variable_adjacent',
  'variable_many',
  'too_many',
  'quick_replies_apart',
  'url_form',
  'url_variable',
  'phone_form',
  'code_form',
  'flow_missing',
  'cards_count',
  'cards_differ',
  'card_header',
  'carousel_alone',
  'offer_marketing',
  'offer_footer',
  'offer_button',
  'authentication_only',
  'authentication_form',
  'authentication_button',
  'authentication_app',
  'authentication_terms',
] as const
export type TemplateRule = (typeof TEMPLATE_RULES)[number]

export function fault(place: string, rule: TemplateRule, values?: TemplateFault['values']): TemplateFault {
  return values === undefined ? { place, rule } : { place, rule, values }
}

export function tooLong(place: string, max: number): TemplateFault {
  return fault(place, 'too_long', { max })
}

/**
 * The variables of a body: their names, their place, and a sample for each.
 * Errors 2388299 (at the edge) and 2388293 (too many for the length).
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components#body
 */
export function checkVariables(
  { parameterFormat }: TemplateWording,
  body: TemplateComponent,
  place: string,
): readonly TemplateFault[] {
  const words = body.text ?? ''
  const names = variablesOf(words)
  if (names.length === 0) return /\{\{|\}\}/.test(words) ? [fault(place, 'variable_form')] : []
  const found: TemplateFault[] = []
  const named = parameterFormat === 'NAMED'
  const form = named ? /^[a-z][a-z0-9_]*$/ : /^[1-9]\d*$/
  if (!names.every((name) => form.test(name))) found.push(fault(place, 'variable_form'))
  else if (!named && !names.every((_, index) => names.includes(String(index + 1))))
    found.push(fault(place, 'variable_order'))
  if (/^\s*\{\{/.test(words) || /\}\}\s*$/.test(words)) found.push(fault(place, 'variable_edge'))
  if (/\}\}\s*\{\{/.test(words)) found.push(fault(place, 'variable_adjacent'))
  const plain = words.split(/\s+/).filter((word) => word !== '' && !word.includes('{{')).length
  if (plain < names.length * WORDS_PER_VARIABLE + 1) found.push(fault(place, 'variable_many'))
  if (names.some((name) => !sampleOf(body, name))) found.push(fault(place, 'sample_missing'))
  return found
}

/** The sample of a body's variable. */
export function sampleOf({ example, text }: TemplateComponent, name: string): string | undefined {
  const named = example?.body_text_named_params?.find((one) => one.param_name === name)
  if (named !== undefined) return named.example
  if (!/^\d+$/.test(name) || !variablesOf(text).includes(name)) return undefined
  return example?.body_text?.[0]?.[Number(name) - 1]
}
