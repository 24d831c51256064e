import { BUTTON_TYPES, type TemplateButton, type TemplateWording, variablesOf } from './template.ts'
import { fault, type TemplateFault, tooLong } from './template-rules-text.ts'

/**
 * Counts and lengths of buttons.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components#buttons
 */
const BUTTONS_MAX = 10
export const LABEL_LENGTH_MAX = 25
const URL_LENGTH_MAX = 2000
const PHONE_LENGTH_MAX = 20
export const CODE_LENGTH_MAX = 15
/** Of a kind that is not named there may be as many as buttons. */
const KIND_MAX: Readonly<Record<string, number>> = {
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  FLOW: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
  VOICE_CALL: 1,
  ORDER_DETAILS: 1,
  REQUEST_CONTACT_INFO: 1,
  OTP: 1,
}
/** Their label is WhatsApp's own. */
const FIXED_LABEL = new Set(['COPY_CODE', 'OTP', 'SPM', 'REQUEST_CONTACT_INFO'])

export function checkButtons(
  { category }: TemplateWording,
  buttons: readonly TemplateButton[],
  place: string,
): readonly TemplateFault[] {
  const found: TemplateFault[] = []
  if (buttons.length > BUTTONS_MAX) found.push(fault(place, 'too_many', { max: BUTTONS_MAX }))
  const kinds = buttons.map(({ type }) => type)
  for (const [kind, max] of Object.entries(KIND_MAX)) {
    const last = kinds.lastIndexOf(kind)
    if (kinds.filter((one) => one === kind).length > max) found.push(fault(`${place}.${last}`, 'too_many', { max }))
  }
  const changes = kinds.filter((kind, index) => index > 0 && isReply(kind) !== isReply(kinds[index - 1])).length
  if (changes > 1) found.push(fault(place, 'quick_replies_apart'))
  for (const [index, button] of buttons.entries()) found.push(...checkButton(button, category, `${place}.${index}`))
  return found
}

function checkButton(button: TemplateButton, category: string, place: string): readonly TemplateFault[] {
  if (!BUTTON_TYPES.some((type) => type === button.type)) return [fault(place, 'component_unknown')]
  const found: TemplateFault[] = []
  if ((button.type === 'OTP') !== (category === 'AUTHENTICATION')) found.push(fault(place, 'authentication_only'))
  const label = button.text ?? ''
  if (label.trim() === '' && !FIXED_LABEL.has(button.type)) found.push(fault(place, 'text_missing'))
  if (label.length > LABEL_LENGTH_MAX) found.push(tooLong(place, LABEL_LENGTH_MAX))
  if (button.type === 'URL') found.push(...checkUrl(button, place))
  if (button.type === 'PHONE_NUMBER' && !isPhone(button.phone_number)) found.push(fault(place, 'phone_form'))
  if (button.type === 'COPY_CODE' && !isCode(firstExample(button))) found.push(fault(place, 'code_form'))
  if (button.type === 'FLOW' && !button.flow_id) found.push(fault(place, 'flow_missing'))
  return found
}

/** One variable, at the very end of the address, with a whole address as its sample. */
function checkUrl(button: TemplateButton, place: string): readonly TemplateFault[] {
  const url = button.url ?? ''
  const found: TemplateFault[] = []
  if (!/^https?:\/\/[^\s/$.?#{][^\s]*$/i.test(url)) found.push(fault(place, 'url_form'))
  if (url.length > URL_LENGTH_MAX) found.push(tooLong(place, URL_LENGTH_MAX))
  const names = variablesOf(url)
  if (names.length > 1 || (names.length === 1 && !url.endsWith('{{1}}'))) found.push(fault(place, 'url_variable'))
  if (names.length > 0 && !firstExample(button)) found.push(fault(place, 'sample_missing'))
  return found
}

/** The sample of a button's variable. */
export function firstExample({ example }: TemplateButton): string | undefined {
  return typeof example === 'string' ? example : example?.[0]
}

function isReply(kind: string | undefined): boolean {
  return kind === 'QUICK_REPLY'
}

function isPhone(phone: string | undefined): boolean {
  return phone !== undefined && phone.length <= PHONE_LENGTH_MAX && /^\+?\d[\d\s-]{5,}$/.test(phone)
}

function isCode(code: string | undefined): boolean {
  return code !== undefined && code !== '' && code.length <= CODE_LENGTH_MAX
}
