import type { TemplateComponent, TemplateWording } from '../../contract/template.ts'
import { canonicalJson } from '../inbox/canonical-json.ts'

type Wording = Pick<TemplateWording, 'components' | 'parameterFormat'>

/**
 * Whether two wordings say the same to a customer. Samples are left out (Meta gives back addresses of its own for them), and so
 * is what Meta writes itself: the texts of authentication templates and of buttons with a fixed label.
 */
export function isSameWording(a: Wording, b: Wording): boolean {
  return canonicalJson(essence(a)) === canonicalJson(essence(b))
}

function essence({ components, parameterFormat }: Wording): unknown {
  const texts = JSON.stringify(components.map(({ example: _, ...rest }) => rest))
  const secret = components.some(({ buttons = [] }) => buttons.some(({ type }) => type === 'OTP'))
  // Without variables of ours there is no format of them: Meta then says POSITIONAL whatever it was given.
  const format = !secret && texts.includes('{{') ? parameterFormat : null
  return { format, components: components.map((component) => essenceOf(component, secret)) }
}

function essenceOf(component: TemplateComponent, secret: boolean): unknown {
  const { type, format, text, buttons, cards, limited_time_offer: offer } = component
  return {
    type,
    format: type === 'HEADER' ? (format ?? 'TEXT') : undefined,
    text: secret ? undefined : text?.trim(),
    security: component.add_security_recommendation === true || undefined,
    minutes: component.code_expiration_minutes,
    offer: offer === undefined ? undefined : { text: offer.text, expires: offer.has_expiration === true },
    buttons: buttons?.map((button) => ({
      type: button.type,
      text: button.type === 'COPY_CODE' || button.type === 'OTP' ? undefined : button.text?.trim(),
      url: button.type === 'URL' ? button.url?.replace(/\/$/, '') : undefined,
      phone: button.phone_number?.replace(/\D/g, ''),
      flow: button.flow_id,
    })),
    cards: cards?.map((card) => card.components.map((part) => essenceOf(part, false))),
  }
}
