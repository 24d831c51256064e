import { z } from 'zod'
import type { TemplateContent } from './message-content.ts'
import {
  componentOf,
  fillVariables,
  keptSampleOf,
  type TemplateButton,
  type TemplateComponent,
  type TemplateWording,
  variablesOf,
} from './template.ts'
import { firstExample } from './template-rules-buttons.ts'
import { sampleOf } from './template-rules-text.ts'

/**
 * What a send fills in, and the form in which Meta takes it.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/template-messages
 */
const media = z.looseObject({
  id: z.string().max(200).optional(),
  link: z.url().max(2000).optional(),
  filename: z.string().max(240).optional(),
})
const parameter = z.looseObject({
  type: z.string().max(40),
  text: z.string().max(4096).optional(),
  parameter_name: z.string().max(200).optional(),
  payload: z.string().max(256).optional(),
  coupon_code: z.string().max(100).optional(),
  image: media.optional(),
  video: media.optional(),
  document: media.optional(),
  location: z
    .looseObject({ latitude: z.union([z.number(), z.string()]), longitude: z.union([z.number(), z.string()]) })
    .optional(),
  limited_time_offer: z.looseObject({ expiration_time_ms: z.number() }).optional(),
})
const part = z.looseObject({
  type: z.string().max(40),
  sub_type: z.string().max(40).optional(),
  index: z.union([z.string().max(2), z.number()]).optional(),
  parameters: z.array(parameter).max(100).optional(),
})
export const templateSend = z.object({
  type: z.literal('template'),
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(10),
  components: z
    .array(
      part.extend({
        cards: z
          .array(z.looseObject({ card_index: z.number(), components: z.array(part).max(5) }))
          .max(10)
          .optional(),
      }),
    )
    .max(15)
    .default([]),
})
/** A template with what fills its gaps, as it is handed in for sending. */
export type TemplateSend = z.output<typeof templateSend>
export type SendComponent = TemplateSend['components'][number]
type SendPart = z.output<typeof part>
type Parameter = z.output<typeof parameter>

/** Something that whoever sends a template has to give. */
export interface TemplateInput {
  /** The same for the same gap of the same template: `body.1`, `header`, `button.0`, `card.1.body.2`. */
  readonly key: string
  readonly kind: 'text' | 'image' | 'video' | 'document' | 'location' | 'code' | 'time'
  /** Its name or number in the wording; `null` where it stands alone. */
  readonly name: string | null
  readonly sample: string | null
  /** The file that Wasl keeps as the sample of a header. */
  readonly sampleId: string | null
}

/** A text, the id of a file at Meta, a place, or Unix milliseconds. */
export type InputValue =
  | string
  | { readonly mediaId: string }
  | { readonly latitude: number; readonly longitude: number }

/** Everything that a send of this template has to give, in reading order. */
export function inputsOf(wording: TemplateWording): readonly TemplateInput[] {
  const inputs = gapsOf(wording).map(({ input }) => input)
  // A code stands in the text and in the button, and is asked for once.
  return inputs.filter(({ key }, index) => inputs.findIndex((other) => other.key === key) === index)
}

/** The components of a send. Inputs without a value are left out, for whoever checks them to find. */
export function fillTemplate(
  wording: TemplateWording,
  values: Readonly<Record<string, InputValue | undefined>>,
): SendComponent[] {
  const found: SendComponent[] = []
  const cards = new Map<number, SendPart[]>()
  for (const gap of gapsOf(wording)) {
    const value = values[gap.input.key]
    if (value === undefined || value === '') continue
    const parts = gap.card === null ? found : cardParts(cards, gap.card)
    addParameter(parts, gap, parameterOf(gap, value, wording.parameterFormat === 'NAMED'))
  }
  if (cards.size > 0) {
    const filled = [...cards].map(([card_index, components]) => ({ card_index, components }))
    found.push({ type: 'carousel', cards: filled })
  }
  return found
}

/** The keys of inputs that the components do not give; `extra` for parameters that the template has no place for. */
export function missingInputs(wording: TemplateWording, components: readonly SendComponent[]): readonly string[] {
  const gaps = gapsOf(wording)
  const missing = gaps.filter((gap) => valueIn(components, gap) === undefined).map(({ input }) => input.key)
  const texts = (type: string) => components.find((one) => one.type === type)?.parameters?.length ?? 0
  const wanted = (type: string) => gaps.filter((gap) => gap.card === null && gap.part === type).length
  const extra = ['header', 'body'].filter((type) => texts(type) > wanted(type))
  return [...missing, ...extra.map((type) => `extra.${type}`)]
}

/** What the customer will read, for the thread and the preview. */
export function shownTemplate(
  { name, language }: Pick<TemplateSend, 'name' | 'language'>,
  wording: TemplateWording,
  components: readonly SendComponent[],
): TemplateContent {
  const gaps = gapsOf(wording)
  const fill = (words: string, part: string) =>
    fillVariables(words, (variable) => {
      const gap = gaps.find((one) => one.card === null && one.part === part && one.input.name === variable)
      return gap === undefined ? undefined : valueIn(components, gap)?.text
    })
  const header = componentOf(wording.components, 'HEADER')
  const footer = componentOf(wording.components, 'FOOTER')?.text
  const buttons = componentOf(wording.components, 'BUTTONS')?.buttons ?? []
  const format = header?.format ?? 'TEXT'
  const sampleId = keptSampleOf(header)
  return {
    type: 'template',
    name,
    language,
    body: fill(componentOf(wording.components, 'BODY')?.text ?? '', 'body'),
    ...(header?.text === undefined ? {} : { header: fill(header.text, 'header') }),
    ...(header === undefined || format === 'TEXT' ? {} : { headerKind: format.toLowerCase() }),
    ...(sampleId === null ? {} : { sampleId }),
    ...(footer === undefined ? {} : { footer }),
    ...(buttons.length === 0 ? {} : { buttons: buttons.map((button) => button.text ?? button.type) }),
    components,
  }
}

interface Gap {
  readonly input: TemplateInput
  readonly card: number | null
  /** `header`, `body`, `button` or `limited_time_offer`: the type of the component that fills it. */
  readonly part: string
  readonly subType: string | null
  readonly index: number | null
  /** Where among the parameters of its component, for those without a name. */
  readonly position: number
}

function gapsOf(wording: TemplateWording): readonly Gap[] {
  const secret = wording.category === 'AUTHENTICATION'
  return wording.components.flatMap((component) => {
    if (component.type !== 'CAROUSEL') return gapsOfPart(component, null, secret)
    const cards = component.cards ?? []
    return cards.flatMap((card, index) => card.components.flatMap((one) => gapsOfPart(one, index, false)))
  })
}

function gapsOfPart(component: TemplateComponent, card: number | null, secret: boolean): readonly Gap[] {
  const at = card === null ? '' : `card.${card}.`
  const none = { name: null, sample: null, sampleId: null }
  const base = { card, subType: null, index: null, position: 0 }
  switch (component.type) {
    case 'HEADER': {
      const kind = mediaKindOf(component.format)
      if (kind === null) return textGaps(component, `${at}header`, { ...base, part: 'header' })
      const input = { key: `${at}header`, kind, name: null, sample: null, sampleId: keptSampleOf(component) }
      return [{ ...base, input, part: 'header' }]
    }
    case 'BODY':
      // The text of an authentication template is Meta's; its one gap is the code.
      if (secret) return [{ ...base, input: { ...none, key: 'code', kind: 'code' }, part: 'body' }]
      return textGaps(component, `${at}body`, { ...base, part: 'body' })
    case 'BUTTONS':
      return (component.buttons ?? []).flatMap(
        (button, index) => gapOfButton(button, index, `${at}button.${index}`, card) ?? [],
      )
    case 'LIMITED_TIME_OFFER': {
      if (component.limited_time_offer?.has_expiration !== true) return []
      return [{ ...base, input: { ...none, key: 'offer', kind: 'time' }, part: 'limited_time_offer' }]
    }
    default:
      return []
  }
}

function gapOfButton(button: TemplateButton, index: number, key: string, card: number | null): Gap | null {
  const base = { part: 'button', card, index, position: 0 }
  const input = { key, name: null, sample: firstExample(button) ?? null, sampleId: null }
  if (button.type === 'OTP') return { ...base, subType: 'url', input: { ...input, key: 'code', kind: 'code' } }
  if (button.type === 'COPY_CODE') return { ...base, subType: 'copy_code', input: { ...input, kind: 'code' } }
  const open = button.type === 'URL' && variablesOf(button.url).length > 0
  return open ? { ...base, subType: 'url', input: { ...input, kind: 'text' } } : null
}

function textGaps(component: TemplateComponent, key: string, gap: Omit<Gap, 'input'>): readonly Gap[] {
  const names = variablesOf(component.text)
  // Numbers are given in their order, whatever their order in the text.
  const ordered = names.every((name) => /^\d+$/.test(name)) ? names.toSorted((a, b) => Number(a) - Number(b)) : names
  return ordered.map((name, position) => {
    const { header_text: texts, header_text_named_params: named } = component.example ?? {}
    const ofHeader = named?.find((one) => one.param_name === name)?.example ?? texts?.[0] ?? null
    const sample = gap.part === 'header' ? ofHeader : (sampleOf(component, name) ?? null)
    return { ...gap, position, input: { key: `${key}.${name}`, kind: 'text', name, sample, sampleId: null } }
  })
}

function mediaKindOf(format: string | undefined): 'image' | 'video' | 'document' | 'location' | null {
  switch (format) {
    case 'IMAGE':
      return 'image'
    case 'VIDEO':
      return 'video'
    case 'DOCUMENT':
      return 'document'
    case 'LOCATION':
      return 'location'
    default:
      return null
  }
}

function cardParts(cards: Map<number, SendPart[]>, card: number): SendPart[] {
  const parts = cards.get(card) ?? []
  cards.set(card, parts)
  return parts
}

function addParameter(parts: SendPart[], gap: Gap, filled: Parameter): void {
  const known = gap.part === 'button' ? undefined : parts.find((one) => one.type === gap.part)
  if (known?.parameters !== undefined) known.parameters.push(filled)
  else if (gap.part !== 'button') parts.push({ type: gap.part, parameters: [filled] })
  else parts.push({ type: 'button', sub_type: gap.subType ?? '', index: String(gap.index), parameters: [filled] })
}

function parameterOf({ input, part, subType }: Gap, value: InputValue, named: boolean): Parameter {
  if (typeof value === 'object' && 'mediaId' in value) return { type: input.kind, [input.kind]: { id: value.mediaId } }
  if (typeof value === 'object') return { type: 'location', location: value }
  if (input.kind === 'time') {
    return { type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: Number(value) } }
  }
  if (subType === 'copy_code') return { type: 'coupon_code', coupon_code: value }
  return named && part !== 'button' && input.name !== null
    ? { type: 'text', parameter_name: input.name, text: value }
    : { type: 'text', text: value }
}

/** The parameter that fills a gap; `undefined` when none does. */
function valueIn(components: readonly SendComponent[], gap: Gap): Parameter | undefined {
  const { card } = gap
  const parts =
    card === null
      ? components
      : (components.find(({ type }) => type === 'carousel')?.cards?.find((one) => one.card_index === card)
          ?.components ?? [])
  const own = parts.find((one) => one.type === gap.part && (gap.index === null || Number(one.index) === gap.index))
  const list = own?.parameters ?? []
  const given =
    list.find((one) => one.parameter_name !== undefined && one.parameter_name === gap.input.name) ?? list[gap.position]
  return given !== undefined && isFilled(given, gap.input.kind) ? given : undefined
}

function isFilled(given: Parameter, kind: TemplateInput['kind']): boolean {
  switch (kind) {
    case 'image':
    case 'video':
    case 'document':
      return Boolean(given[kind]?.id ?? given[kind]?.link)
    case 'location':
      return given.location !== undefined
    case 'time':
      return given.limited_time_offer !== undefined
    case 'code':
      return Boolean(given.text ?? given.coupon_code ?? given.payload)
    case 'text':
      // Source: error 132018; Meta takes no line breaks, tabs, or more than four spaces in a value.
      if (given.type !== 'text') return given.type === 'currency' || given.type === 'date_time'
      return given.text !== undefined && given.text.trim() !== '' && !/[\n\t]| {5,}/.test(given.text)
    default:
      return kind satisfies never
  }
}
