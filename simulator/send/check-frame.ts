import type { GraphFailure } from '../graph/call.ts'
import { badValue, checkText, firstFailure, invalid, isPart, missing, type Part } from './check.ts'
import { checkMedia, type LookUpMedia } from './check-media.ts'

/** Characters. */
const BODY_MAX = 1_024
const LIST_BODY_MAX = 4_096
const HEADER_MAX = 60
const FOOTER_MAX = 60

/** Header, body and footer. Every kind needs a body but one product, a carousel has no header and footer. */
export function checkFrame(interactive: Part, kind: string, lookUp: LookUpMedia): GraphFailure | null {
  const { header, body, footer } = interactive
  const text = isPart(body) ? body.text : undefined
  const bodyMax = kind === 'list' ? LIST_BODY_MAX : BODY_MAX
  if (kind === 'carousel' && (header !== undefined || footer !== undefined))
    return invalid('A carousel has neither header nor footer.')
  return firstFailure(
    checkText(text, "interactive['body']['text']", bodyMax, kind === 'product' ? 'optional' : 'required'),
    isPart(footer) && checkText(footer.text, "interactive['footer']['text']", FOOTER_MAX),
    header !== undefined && checkHeader(header, kind, lookUp),
  )
}

/** A text, image, video or document above; lists have nothing but a text. */
export function checkHeader(header: unknown, kind: string, lookUp: LookUpMedia): GraphFailure | null {
  if (!isPart(header)) return invalid("Param interactive['header'] must be an object.")
  const type = String(header.type)
  if (type === 'text') return checkText(header.text, "interactive['header']['text']", HEADER_MAX)
  if (kind === 'list' || kind === 'product_list') return badValue(`The header of a ${kind} must be a text.`)
  if (!['image', 'video', 'document'].includes(type))
    return badValue("Param interactive['header']['type'] must be one of {text, image, video, document}.")
  const media = header[type]
  return isPart(media) ? checkMedia(type, media, lookUp) : missing(type, 'header')
}

/** An action has one name by its kind. */
export function named(action: Part, name: string): GraphFailure | null {
  return action.name === name ? null : badValue(`action['name'] must be "${name}".`)
}
