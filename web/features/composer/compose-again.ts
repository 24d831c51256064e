import type { Message } from '../../../contract/message.ts'
import type { InteractiveContent, MediaContent, TemplateContent } from '../../../contract/message-content.ts'
import type { SendContent, SendMedia } from '../../../contract/send-content.ts'
import type { SendComponent } from '../../../contract/template-send.ts'
import type { Outgoing, OutgoingTemplate } from '../../sync/outbox.ts'

/** What a message is made of once more. */
export type Again = { readonly outgoing: Outgoing } | { readonly template: OutgoingTemplate }

/** The same words, file or choices as a new message; `null`: it holds what cannot be sent from here. */
export function composeAgain({ content, file }: Pick<Message, 'content' | 'file'>): Again | null {
  if (content.type === 'template') return { template: { content: templateOf(content), shown: content } }
  const again = 'media' in content ? mediaOf(content) : plainOf(content)
  if (again === null) return null
  return { outgoing: { content: again, shown: content, file: file?.state === 'stored' ? file : null } }
}

function templateOf({ name, language, components = [] }: TemplateContent): OutgoingTemplate['content'] {
  return { type: 'template', name, language, components: [...components] as SendComponent[] }
}

type Plain = Exclude<Message['content'], MediaContent | TemplateContent>

function plainOf(content: Plain): SendContent | null {
  switch (content.type) {
    case 'text':
      return content
    case 'location': {
      const { url: _shownOnly, ...place } = content
      return place
    }
    case 'contacts': {
      const { type, cards } = content
      return { type, cards } as SendContent
    }
    case 'interactive':
      return interactiveOf(content)
    case 'order':
    case 'choice':
    case 'form_reply':
    case 'call_permission':
    case 'media_placeholder':
    case 'unsupported':
    case 'system':
    case 'call':
    case 'unrecognised':
      return null
    default:
      return content satisfies never
  }
}

/** Ours keep the whole of what was sent. */
function interactiveOf({ sent }: InteractiveContent): SendContent | null {
  return sent === undefined ? null : ({ type: 'interactive', interactive: sent } as SendContent)
}

/** From the upload that it was made of; `null`: it did not come up from here. */
function mediaOf(content: MediaContent): SendMedia | null {
  const { type, uploadId, caption, filename, voice } = content
  if (uploadId === undefined) return null
  const words = caption === undefined ? {} : { caption }
  switch (type) {
    case 'image':
    case 'video':
      return { type, uploadId, ...words }
    case 'document':
      return { type, uploadId, ...words, ...(filename === undefined ? {} : { filename }) }
    case 'audio':
      return { type, uploadId, ...(voice === true ? { voice } : {}) }
    case 'sticker':
      return { type, uploadId }
    default:
      return type satisfies never
  }
}
