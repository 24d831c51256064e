import { componentOf, type TemplateButton, type TemplateComponent, type TemplateWording } from './template.ts'
import { fault, type TemplateFault, tooLong } from './template-rules-text.ts'

/**
 * The kinds of templates that have rules of their own.
 * Sources: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/authentication-templates
 * and https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates/limited-time-offer-templates
 */
export const OFFER_LENGTH_MAX = 16
const OFFER_BODY_LENGTH_MAX = 600
const EXPIRY_MINUTES_MAX = 90

/** What holds for the components as a whole. */
export function checkTogether(template: TemplateWording): readonly TemplateFault[] {
  const { components } = template
  const found: TemplateFault[] = []
  const body = componentOf(components, 'BODY')
  if (body === undefined) found.push(fault('body', 'text_missing'))
  const types = components.map(({ type }) => type)
  if (new Set(types).size < types.length) found.push(fault('form', 'component_unknown'))
  if (types.includes('CAROUSEL') && types.some((type) => type !== 'CAROUSEL' && type !== 'BODY'))
    found.push(fault('cards', 'carousel_alone'))
  if (types.includes('LIMITED_TIME_OFFER')) {
    if (types.includes('FOOTER')) found.push(fault('offer', 'offer_footer'))
    if ((body?.text ?? '').length > OFFER_BODY_LENGTH_MAX) found.push(tooLong('body', OFFER_BODY_LENGTH_MAX))
  }
  return template.category === 'AUTHENTICATION' ? [...found, ...checkAuthentication(components)] : found
}

export function checkOffer(template: TemplateWording, offer: TemplateComponent): readonly TemplateFault[] {
  const words = offer.limited_time_offer?.text ?? ''
  const found: TemplateFault[] = []
  if (template.category !== 'MARKETING') found.push(fault('offer', 'offer_marketing'))
  if (words.trim() === '') found.push(fault('offer', 'text_missing'))
  if (words.length > OFFER_LENGTH_MAX) found.push(tooLong('offer', OFFER_LENGTH_MAX))
  const buttons = componentOf(template.components, 'BUTTONS')?.buttons ?? []
  if (!buttons.some(({ type }) => type === 'URL')) found.push(fault('offer', 'offer_button'))
  return found
}

/** Meta writes the text of body and footer: only what may be switched is ours. */
export function checkSecretCode(component: TemplateComponent): readonly TemplateFault[] {
  const place = component.type === 'BODY' ? 'body' : 'footer'
  const minutes = component.code_expiration_minutes
  const outside = minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= EXPIRY_MINUTES_MAX)
  return outside ? [fault(place, 'authentication_form', { max: EXPIRY_MINUTES_MAX })] : []
}

function checkAuthentication(components: readonly TemplateComponent[]): readonly TemplateFault[] {
  const found: TemplateFault[] = []
  const others = components.some(({ type }) => type !== 'BODY' && type !== 'FOOTER' && type !== 'BUTTONS')
  if (others) found.push(fault('form', 'authentication_only'))
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? []
  const [button] = buttons
  if (button === undefined || buttons.length > 1) return [...found, fault('buttons', 'authentication_button')]
  return [...found, ...checkOneTimePassword(button)]
}

function checkOneTimePassword(button: TemplateButton): readonly TemplateFault[] {
  const kind = button.otp_type?.toUpperCase()
  if (kind === 'COPY_CODE') return []
  if (kind !== 'ONE_TAP' && kind !== 'ZERO_TAP') return [fault('buttons.0', 'authentication_button')]
  const apps = button.supported_apps ?? []
  const found: TemplateFault[] = []
  const named = apps.length > 0 && apps.every((app) => /^[\w.]+$/.test(app.package_name) && isHash(app.signature_hash))
  if (!named) found.push(fault('buttons.0', 'authentication_app'))
  if (kind === 'ZERO_TAP' && button.zero_tap_terms_accepted !== true)
    found.push(fault('buttons.0', 'authentication_terms'))
  return found
}

/** Eleven characters, as Android reckons them from the app's signature. */
function isHash(hash: string): boolean {
  return /^[A-Za-z0-9+/=]{11}$/.test(hash)
}
