import { HEADER_FORMATS, type TemplateComponent, type TemplateWording, variablesOf } from './template.ts'
import { checkButtons } from './template-rules-buttons.ts'
import { checkOffer, checkSecretCode, checkTogether } from './template-rules-kinds.ts'
import { checkVariables, fault, type TemplateFault, tooLong } from './template-rules-text.ts'

/**
 * Characters and counts that Meta takes.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
 */
const NAME_LENGTH_MAX = 512
export const HEADER_LENGTH_MAX = 60
export const BODY_LENGTH_MAX = 1024
export const FOOTER_LENGTH_MAX = 60
const CARDS_MIN = 2
export const CARDS_MAX = 10
export const CARD_BODY_LENGTH_MAX = 160
const CARD_BUTTONS_MAX = 2

export interface NamedWording extends TemplateWording {
  readonly name: string
  readonly language: string
}

/** Takes a template as it is being written, gives everything for which Meta would refuse it, in reading order. */
export function checkTemplate(template: NamedWording): readonly TemplateFault[] {
  return [
    ...checkName(template),
    ...template.components.flatMap((component) => checkComponent(template, component)),
    ...checkTogether(template),
  ]
}

function checkName({ name, language }: NamedWording): readonly TemplateFault[] {
  const found: TemplateFault[] = []
  if (!/^[a-z0-9_]+$/.test(name)) found.push(fault('name', 'name_form'))
  if (name.length > NAME_LENGTH_MAX) found.push(tooLong('name', NAME_LENGTH_MAX))
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language)) found.push(fault('language', 'language_form'))
  return found
}

function checkComponent(template: TemplateWording, component: TemplateComponent): readonly TemplateFault[] {
  switch (component.type) {
    case 'HEADER':
      return checkHeader(template, component, 'header')
    case 'BODY':
      return template.category === 'AUTHENTICATION'
        ? checkSecretCode(component)
        : checkBody(template, component, 'body', BODY_LENGTH_MAX)
    case 'FOOTER':
      return template.category === 'AUTHENTICATION' ? checkSecretCode(component) : checkFooter(component)
    case 'BUTTONS':
      return checkButtons(template, component.buttons ?? [], 'buttons')
    case 'CAROUSEL':
      return checkCards(template, component)
    case 'LIMITED_TIME_OFFER':
      return checkOffer(template, component)
    default:
      return [fault('form', 'component_unknown')]
  }
}

function checkHeader(template: TemplateWording, header: TemplateComponent, place: string): readonly TemplateFault[] {
  const format = header.format ?? 'TEXT'
  if (!HEADER_FORMATS.some((known) => known === format)) return [fault(place, 'component_unknown')]
  if (format === 'LOCATION') return []
  if (format !== 'TEXT') {
    return (header.example?.header_handle ?? []).length > 0 ? [] : [fault(place, 'media_sample_missing')]
  }
  const words = header.text ?? ''
  const found: TemplateFault[] = []
  if (words.trim() === '') found.push(fault(place, 'text_missing'))
  if (/[\n*_~`]|\p{Extended_Pictographic}/u.test(words)) found.push(fault(place, 'header_plain'))
  if (words.length > HEADER_LENGTH_MAX) found.push(tooLong(place, HEADER_LENGTH_MAX))
  const names = variablesOf(words)
  if (names.length > 1) found.push(fault(place, 'header_variables'))
  const { header_text: texts, header_text_named_params: named } = header.example ?? {}
  const samples = template.parameterFormat === 'NAMED' ? named?.map(({ example }) => example) : texts
  if (names.length > 0 && !samples?.[0]) found.push(fault(place, 'sample_missing'))
  return found
}

function checkBody(
  template: TemplateWording,
  body: TemplateComponent,
  place: string,
  max: number,
): readonly TemplateFault[] {
  const words = body.text ?? ''
  const found: TemplateFault[] = []
  if (words.trim() === '') found.push(fault(place, 'text_missing'))
  if (words.length > max) found.push(tooLong(place, max))
  if (/\n{3,}/.test(words)) found.push(fault(place, 'blank_lines'))
  return [...found, ...checkVariables(template, body, place)]
}

function checkFooter(footer: TemplateComponent): readonly TemplateFault[] {
  const words = footer.text ?? ''
  const found: TemplateFault[] = []
  if (words.trim() === '') found.push(fault('footer', 'text_missing'))
  if (words.length > FOOTER_LENGTH_MAX) found.push(tooLong('footer', FOOTER_LENGTH_MAX))
  if (variablesOf(words).length > 0) found.push(fault('footer', 'footer_variables'))
  return found
}

/** Cards stand side by side on the phone: each has the same parts, in the same order. */
function checkCards(template: TemplateWording, { cards = [] }: TemplateComponent): readonly TemplateFault[] {
  const found: TemplateFault[] = []
  if (cards.length < CARDS_MIN || cards.length > CARDS_MAX) {
    found.push(fault('cards', 'cards_count', { min: CARDS_MIN, max: CARDS_MAX }))
  }
  const shapes = cards.map(({ components }) => components.map(shapeOf).join('|'))
  if (new Set(shapes).size > 1) found.push(fault('cards', 'cards_differ'))
  for (const [index, { components }] of cards.entries()) {
    for (const part of components) found.push(...checkCardPart(template, part, `card.${index}`))
    if (!components.some(({ type, format }) => type === 'HEADER' && (format === 'IMAGE' || format === 'VIDEO')))
      found.push(fault(`card.${index}.header`, 'card_header'))
  }
  return found
}

function checkCardPart(template: TemplateWording, part: TemplateComponent, card: string): readonly TemplateFault[] {
  if (part.type === 'HEADER') return checkHeader(template, part, `${card}.header`)
  if (part.type === 'BODY') return checkBody(template, part, `${card}.body`, CARD_BODY_LENGTH_MAX)
  if (part.type !== 'BUTTONS') return [fault(card, 'component_unknown')]
  const buttons = part.buttons ?? []
  const many =
    buttons.length > CARD_BUTTONS_MAX ? [fault(`${card}.buttons`, 'too_many', { max: CARD_BUTTONS_MAX })] : []
  return [...many, ...checkButtons(template, buttons, `${card}.buttons`)]
}

function shapeOf({ type, format, buttons = [] }: TemplateComponent): string {
  return `${type}:${format ?? ''}:${buttons.map((button) => button.type).join(',')}`
}
