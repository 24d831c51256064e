import type { World } from '../world.ts'
import type { MessageBody } from './entry.ts'

const MEDIA_TYPES = ['image', 'video', 'audio', 'document', 'sticker'] as const
type MediaType = (typeof MEDIA_TYPES)[number]

export function isMedia(body: MessageBody): body is MessageBody & { type: MediaType } {
  return MEDIA_TYPES.some((type) => type === body.type)
}

/** A body as a webhook carries it: media with SHA-256 (Base64) and address, unsupported types with their error. */
export function wireBody(world: World, body: MessageBody): Record<string, unknown> {
  if (body.type === 'unsupported') return { ...body, errors: [UNSUPPORTED] }
  if (!isMedia(body)) return body
  const media = body[body.type] as { id: string }
  const opened = world.media.open(media.id)
  if (!opened) return body
  const sha256 = Buffer.from(opened.sha256, 'hex').toString('base64')
  return {
    ...body,
    [body.type]: {
      ...media,
      sha256,
      url: `${world.origin()}/lookaside/whatsapp_business/attachments/?mid=${media.id}`,
    },
  }
}

const UNSUPPORTED = {
  code: 131051,
  title: 'Message type unknown',
  message: 'Message type unknown',
  error_data: { details: 'Message type is currently not supported.' },
}

/** First seen in coexistence for new contacts and unsupported companions; the real message may follow. */
export const UNAVAILABLE = {
  code: 131060,
  title: 'This message is currently unavailable.',
  message: 'This message is currently unavailable.',
  error_data: { details: 'The message is currently unavailable. Check the WhatsApp Business app on the phone.' },
}
