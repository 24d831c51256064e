import type { GraphFailure } from '../graph/call.ts'
import { badValue, checkText, firstFailure, invalid, isPart, missing, type Part } from './check.ts'
import { checkInteractive } from './check-interactive.ts'
import { checkMedia, type LookUpMedia } from './check-media.ts'

/** Characters and counts. */
const TEXT_MAX = 4_096
const CALLBACK_DATA_MAX = 512
const CONTACTS_MAX = 257
const PLACE_NAME_MAX = 1_000

export const SEND_TYPES = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'interactive',
  'template',
] as const
export type SendType = (typeof SEND_TYPES)[number]

/** Whether a body of `POST /messages` has the shape that Meta takes; templates are looked at elsewhere. */
export function checkMessage(input: Part, lookUp: LookUpMedia): GraphFailure | null {
  if (input.messaging_product !== 'whatsapp')
    return { code: 100, message: '(#100) The parameter messaging_product is required.' }
  if (input.recipient_type === 'group')
    return invalid('Groups are not available to numbers in use with the WhatsApp Business app.')
  if (input.recipient_type !== undefined && input.recipient_type !== 'individual')
    return invalid('Param recipient_type must be one of {INDIVIDUAL, GROUP}.')
  if (input.to === undefined && input.recipient === undefined) return missing('to')
  if (input.category !== undefined) {
    const details =
      "Parameter Invalid: The 'category' value requires Direct Send, which isn't enabled for this account. Use an approved message template instead."
    return { code: 100, details }
  }
  const type = input.type === undefined ? 'text' : String(input.type)
  if (!isSendType(type))
    return invalid(
      `Param type must be one of {${SEND_TYPES.map((name) => name.toUpperCase()).join(', ')}} - got "${type}".`,
    )
  const part = input[type]
  if (type !== 'contacts' && !isPart(part)) return missing(type)
  return firstFailure(
    checkText(input.biz_opaque_callback_data, 'biz_opaque_callback_data', CALLBACK_DATA_MAX, 'optional'),
    isPart(input.context) && checkText(input.context.message_id, "context['message_id']", 500),
    type === 'contacts' ? checkContacts(part) : isPart(part) && checkPart(type, part, lookUp),
  )
}

export function isSendType(type: string): type is SendType {
  return SEND_TYPES.some((known) => known === type)
}

function checkPart(type: Exclude<SendType, 'contacts'>, part: Part, lookUp: LookUpMedia): GraphFailure | null {
  switch (type) {
    case 'text':
      return checkText(part.body, "text['body']", TEXT_MAX)
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return checkMedia(type, part, lookUp)
    case 'location':
      return checkLocation(part)
    case 'reaction':
      return firstFailure(checkText(part.message_id, "reaction['message_id']", 500), checkEmoji(part.emoji))
    case 'interactive':
      return checkInteractive(part, lookUp)
    case 'template':
      return checkTemplateShape(part)
    default:
      return type satisfies never
  }
}

function checkLocation(part: Part): GraphFailure | null {
  const within = (value: unknown, bound: number): boolean =>
    value !== undefined && value !== '' && Math.abs(Number(value)) <= bound
  if (part.latitude === undefined) return missing('latitude', 'location')
  if (part.longitude === undefined) return missing('longitude', 'location')
  if (!within(part.latitude, 90) || !within(part.longitude, 180))
    return badValue('latitude must be within ±90 and longitude within ±180.')
  return firstFailure(
    checkText(part.name, "location['name']", PLACE_NAME_MAX, 'optional'),
    checkText(part.address, "location['address']", PLACE_NAME_MAX, 'optional'),
  )
}

/** One emoji, or the empty string that takes the reaction back. */
function checkEmoji(emoji: unknown): GraphFailure | null {
  if (typeof emoji !== 'string') return missing("reaction['emoji']")
  if (emoji === '') return null
  const graphemes = [...new Intl.Segmenter().segment(emoji)]
  const one =
    graphemes.length === 1 && /\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\u{fe0f}?\u{20e3}/u.test(emoji)
  return one ? null : badValue("Param reaction['emoji'] must be a single emoji.")
}

function checkContacts(value: unknown): GraphFailure | null {
  if (!Array.isArray(value) || value.length === 0) return missing('contacts')
  if (value.length > CONTACTS_MAX) return badValue(`At most ${CONTACTS_MAX} contacts can be sent.`)
  for (const contact of value) {
    if (!isPart(contact) || !isPart(contact.name)) return missing("contacts['name']")
    const name = contact.name
    const failure = checkText(name.formatted_name, "name['formatted_name']", 1_024)
    if (failure) return failure
    const others = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix'].some(
      (key) => typeof name[key] === 'string',
    )
    if (!others) return missing("at least one more of name's parts", 'contacts')
  }
  return null
}

function checkTemplateShape(part: Part): GraphFailure | null {
  const { language } = part
  return firstFailure(
    checkText(part.name, "template['name']", 512),
    !isPart(language) && missing("template['language']"),
    isPart(language) && checkText(language.code, "template['language']['code']", 20),
    part.components !== undefined &&
      !Array.isArray(part.components) &&
      invalid("Param template['components'] must be an array."),
  )
}
