import type { ContactCard, MediaContent, MessageContent, TextContent } from '../../contract/message-content.ts'

/**
 * What a message of ours holds, as Meta takes it: `type` and the part named after it; `null` for what is not sent so.
 * `mediaId` is its file at Meta.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function composeContent(
  content: MessageContent,
  mediaId: string | null,
): Readonly<Record<string, unknown>> | null {
  switch (content.type) {
    case 'text':
      // Meta looks for the page behind a link only when it is told to; the phone always does.
      return { type: 'text', text: { body: content.body, preview_url: showsPreview(content) } }
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return mediaId === null ? null : { type: content.type, [content.type]: media(content, mediaId) }
    case 'location': {
      const { latitude, longitude, name, address } = content
      return { type: 'location', location: { latitude, longitude, ...given({ name, address }) } }
    }
    case 'contacts':
      return { type: 'contacts', contacts: content.cards.map(card) }
    case 'template': {
      const { name, language, components = [] } = content
      return { type: 'template', template: { name, language: { code: language }, components } }
    }
    case 'interactive':
      return content.sent === undefined ? null : { type: 'interactive', interactive: content.sent }
    default:
      return null
  }
}

function showsPreview({ body, linkPreview }: TextContent): boolean {
  return linkPreview !== false && /https?:\/\//i.test(body)
}

function media(content: MediaContent, id: string): Readonly<Record<string, unknown>> {
  const { type, caption, filename, voice } = content
  if (type === 'audio') return voice === true ? { id, voice } : { id }
  if (type === 'sticker') return { id }
  return { id, ...given({ caption }), ...(type === 'document' ? given({ filename }) : {}) }
}

/** Meta wants at least one part of a name beside the whole of it. */
function card(contact: ContactCard): Readonly<Record<string, unknown>> {
  const { name, phones, emails, organisation, position, addresses = [], urls = [], birthday } = contact
  const org = given({ company: organisation, title: position })
  return {
    name: { formatted_name: name, first_name: name },
    ...some(
      'phones',
      phones.map(({ phone, waId, label }) => ({ phone, ...given({ wa_id: waId, type: label }) })),
    ),
    ...some(
      'emails',
      emails.map((email) => ({ email })),
    ),
    ...some(
      'urls',
      urls.map((url) => ({ url })),
    ),
    ...some(
      'addresses',
      addresses.map((street) => ({ street })),
    ),
    ...(Object.keys(org).length === 0 ? {} : { org }),
    ...given({ birthday }),
  }
}

function some(name: string, items: readonly unknown[]): Readonly<Record<string, unknown>> {
  return items.length === 0 ? {} : { [name]: items }
}

function given(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
