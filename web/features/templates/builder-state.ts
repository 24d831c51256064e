import type { CreateTemplateBody } from '../../../contract/api/templates.ts'
import type { TemplateComponent, TemplateWording } from '../../../contract/template.ts'
import type { TemplateFault, TemplateRule } from '../../../contract/template-rules-text.ts'

/** A template as it stands in the builder. */
export type Draft = Required<CreateTemplateBody> & TemplateWording

/** The order in which the phone shows the parts, and Meta lists them. */
const ORDER = ['HEADER', 'LIMITED_TIME_OFFER', 'BODY', 'CAROUSEL', 'FOOTER', 'BUTTONS']

export function emptyDraft(wabaId: string, language: string): Draft {
  return {
    ...{ wabaId, name: '', language, libraryName: null },
    ...{ category: 'UTILITY', parameterFormat: 'POSITIONAL', components: [{ type: 'BODY', text: '' }] },
  }
}

/** Puts a component into its place, in place of the one of its type; `null` takes it away. */
export function withComponent<T extends TemplateComponent>(
  components: readonly T[],
  type: string,
  component: T | null,
): T[] {
  const others = components.filter((one) => one.type !== type)
  const all = component === null ? others : [...others, component]
  return all.toSorted((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type))
}

/** The draft of another category: authentication has a text of Meta's own, and an offer is marketing. */
export function withCategory(draft: Draft, category: Draft['category']): Draft {
  if (category === draft.category) return draft
  const components: TemplateComponent[] =
    category === 'AUTHENTICATION'
      ? [
          { type: 'BODY', add_security_recommendation: true },
          { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
        ]
      : draft.category === 'AUTHENTICATION'
        ? [{ type: 'BODY', text: '' }]
        : draft.components.filter(({ type }) => type !== 'LIMITED_TIME_OFFER' || category === 'MARKETING')
  return { ...draft, category, components }
}

/** The body with the sample of one variable. */
export function withSample(body: TemplateComponent, name: string, sample: string, named: boolean): TemplateComponent {
  if (named) {
    const others = (body.example?.body_text_named_params ?? []).filter((one) => one.param_name !== name)
    return { ...body, example: { body_text_named_params: [...others, { param_name: name, example: sample }] } }
  }
  const samples = [...(body.example?.body_text?.[0] ?? [])]
  for (let index = samples.length; index < Number(name); index++) samples.push('')
  samples[Number(name) - 1] = sample
  return { ...body, example: { body_text: [samples] } }
}

/** The next variable to put into a text: the next number, or a name of its own. */
export function nextVariable(names: readonly string[], named: boolean): string {
  for (let number = 1; ; number++) {
    const name = named ? `value_${number}` : String(number)
    if (!names.includes(name)) return `{{${name}}}`
  }
}

/** Rules that everybody breaks who has not written everything yet: they are told when somebody wants to go on. */
const UNFINISHED: ReadonlySet<TemplateRule> = new Set([
  'text_missing',
  'sample_missing',
  'media_sample_missing',
  'url_form',
  'phone_form',
  'code_form',
  'flow_missing',
  'cards_count',
  'card_header',
  'offer_button',
  'authentication_app',
  'authentication_terms',
])

/** What is told while somebody still writes, and all of it once they wanted to go on. */
export function toldFaults(faults: readonly TemplateFault[], draft: Draft, tried: boolean): readonly TemplateFault[] {
  if (tried) return faults
  return faults.filter(({ rule }) => !UNFINISHED.has(rule) && !(rule === 'name_form' && draft.name === ''))
}
