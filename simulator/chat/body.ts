import { graphId } from '../accounts/ids.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import type { ActMessage } from '../control-api.ts'
import { seededFile } from '../media/source.ts'
import { WEBHOOK_MEDIA_MS } from '../media/store.ts'
import type { World } from '../world.ts'
import type { MessageBody } from './entry.ts'

/** A scenario's or a page's message as Meta's type and body; media become files that Meta keeps for seven days. */
export function messageBody(world: World, number: BusinessNumber, message: ActMessage): MessageBody {
  switch (message.type) {
    case 'text':
      return { type: 'text', text: { body: message.body } }
    case 'image':
    case 'video':
    case 'document':
    case 'sticker':
    case 'audio':
      return mediaBody(world, number, message)
    case 'location': {
      const { latitude, longitude, name, address } = message
      return {
        type: 'location',
        location: { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) },
      }
    }
    case 'contacts':
      return { type: 'contacts', contacts: [contactCard(message.name, message.phone)] }
    case 'order':
      return orderBody(message)
    case 'unsupported':
      return { type: 'unsupported', unsupported: { type: message.what } }
    case 'reply':
      return replyBody(message)
    default:
      return message satisfies never
  }
}

type MediaMessage = Extract<ActMessage, { type: 'image' | 'video' | 'document' | 'sticker' | 'audio' }>

function mediaBody(world: World, number: BusinessNumber, message: MediaMessage): MessageBody {
  const id = 'mediaId' in message ? message.mediaId : addGenerated(world, number, message)
  const media = world.media.get(id)
  const caption = 'caption' in message && message.caption ? { caption: message.caption } : {}
  const filename =
    message.type === 'document'
      ? { filename: ('filename' in message && message.filename) || media?.filename || 'document.pdf' }
      : {}
  const voice = message.type === 'audio' ? { voice: ('voice' in message && message.voice) === true } : {}
  const animated = message.type === 'sticker' ? { animated: false } : {}
  return {
    type: message.type,
    [message.type]: { ...caption, ...filename, mime_type: media?.mime ?? '', id, ...voice, ...animated },
  }
}

function addGenerated(
  world: World,
  number: BusinessNumber,
  message: Exclude<MediaMessage, { mediaId: string }>,
): string {
  const file = seededFile(message)
  const media = world.media.add({
    id: graphId(world.chance),
    numberId: number.id,
    mime: file.mime,
    filename: ('filename' in message && message.filename) || null,
    source: file.source,
    expiresAtMs: world.clock.nowMs() + WEBHOOK_MEDIA_MS,
  })
  return media.id
}

function contactCard(name: string, phone: string): Record<string, unknown> {
  const [first, ...rest] = name.split(' ')
  const last = rest.join(' ')
  return {
    name: { formatted_name: name, first_name: first, ...(last ? { last_name: last } : {}) },
    phones: [{ phone: `+${phone}`, wa_id: phone, type: 'CELL' }],
  }
}

function orderBody(message: Extract<ActMessage, { type: 'order' }>): MessageBody {
  const product_items = message.items.map((item) => ({
    product_retailer_id: item.productId,
    quantity: item.quantity,
    item_price: item.price,
    currency: item.currency,
  }))
  return {
    type: 'order',
    order: { catalog_id: message.catalogId, ...(message.text ? { text: message.text } : {}), product_items },
  }
}

function replyBody(message: Extract<ActMessage, { type: 'reply' }>): MessageBody {
  if (message.kind === 'template_button')
    return { type: 'button', button: { payload: message.id, text: message.title } }
  const type = message.kind === 'list' ? 'list_reply' : 'button_reply'
  const description = message.kind === 'list' && message.description ? { description: message.description } : {}
  return {
    type: 'interactive',
    interactive: { type, [type]: { id: message.id, title: message.title, ...description } },
  }
}
