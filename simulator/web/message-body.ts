import type { ChatMessage } from '../control-api.ts'
import { t } from './language.ts'

type Body = ChatMessage['body']
type Fields = Readonly<Record<string, unknown>>

/** The part of a message's body that is named like its type, e.g. `image: {id, caption}`. */
export function contentOf(body: Body): Fields {
  return fields(body[body.type])
}

/** An object's fields, or none when it is not an object. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

/** A text of the fields by name, '' when it has none. */
export function textOf(from: Fields, name: string): string {
  const value = from[name]
  return typeof value === 'string' ? value : ''
}

/** One line that tells what a message is, for quotes and lists. */
export function previewOf(body: Body): string {
  const content = contentOf(body)
  const caption = textOf(content, 'caption')
  switch (body.type) {
    case 'text':
      return textOf(content, 'body')
    case 'image':
      return caption || t('photo')
    case 'video':
      return caption || t('video')
    case 'audio':
      return content.voice === true ? t('voiceNote') : t('audio')
    case 'document':
      return textOf(content, 'filename') || t('document')
    case 'sticker':
      return t('sticker')
    case 'location':
      return textOf(content, 'name') || t('location')
    case 'contacts':
      return t('contactCard')
    case 'order':
      return t('order')
    case 'template':
      return t('template', { name: textOf(content, 'name') })
    case 'interactive':
      return textOf(fields(content.body), 'text') || choiceOf(content).title || t('interactiveChoice')
    case 'button':
      return textOf(content, 'text')
    case 'system':
      return textOf(content, 'body') || t('systemLine')
    case 'call':
      return t('voiceCall')
    case 'unsupported':
      return textOf(content, 'type').startsWith('poll') ? t('poll') : t('unsupported')
    default:
      return body.type
  }
}

/** What a customer chose of buttons or a list. */
export function choiceOf(content: Fields): { readonly title: string; readonly description: string } {
  const reply = fields(content.button_reply ?? content.list_reply)
  return { title: textOf(reply, 'title'), description: textOf(reply, 'description') }
}
