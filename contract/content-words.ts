import type { MessageContent } from './message-content.ts'

/** A message's own words, whole: its text, caption, title or name; empty when its type says it all. */
export function contentWords(content: MessageContent): string {
  switch (content.type) {
    case 'text':
      return content.body
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return content.caption ?? content.filename ?? ''
    case 'location':
      return content.name ?? content.address ?? ''
    case 'contacts':
      return content.cards.map((card) => card.name).join(', ')
    case 'order':
      return content.note ?? ''
    case 'choice':
      return content.title
    case 'form_reply':
      return content.body
    case 'interactive':
      return content.body ?? content.header ?? ''
    case 'template':
      return content.body ?? content.name
    case 'unsupported':
      return content.title ?? ''
    case 'system':
      return content.body
    case 'call':
    case 'call_permission':
    case 'media_placeholder':
    case 'unrecognised':
      return ''
    default:
      return content satisfies never
  }
}
