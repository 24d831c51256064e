import type { MediaContent, MessageContent } from '../../contract/message-content.ts'
import { readCards } from './normalise-content-cards.ts'
import { isInteractiveReply, readInteractive, readTemplateButton } from './normalise-content-interactive.ts'
import { readOrder } from './normalise-content-order.ts'
import { decimal, flag, id, keepable, list, record, text, type WireRecord, whole, words } from './wire.ts'

/** Takes a message (or the `message` of an edit), gives its content; `null` when its body cannot be read. */
type ContentReader = (message: WireRecord) => MessageContent | null

/**
 * One line per message type.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
const READERS: ReadonlyMap<string, ContentReader> = new Map<string, ContentReader>([
  ['text', readText],
  ['image', (message) => readMedia('image', message.image)],
  ['video', (message) => readMedia('video', message.video)],
  ['audio', (message) => readMedia('audio', message.audio)],
  ['document', (message) => readMedia('document', message.document)],
  ['sticker', (message) => readMedia('sticker', message.sticker)],
  ['location', readLocation],
  ['contacts', readCards],
  ['interactive', readInteractive],
  ['button', readTemplateButton],
  ['order', readOrder],
  ['template', readTemplate],
  ['media_placeholder', () => ({ type: 'media_placeholder' })],
  ['system', readSystemLine],
  ['unsupported', (message) => readUnsupported(words(record(message.unsupported)?.type), message)],
  // The name of `unsupported` in older webhooks.
  ['unknown', (message) => readUnsupported(words(record(message.unknown)?.type), message)],
])

/** Takes a message of any type, gives its content. What cannot be read comes out as `unrecognised`, kept whole. */
export function readContent(message: WireRecord): MessageContent {
  const type = words(message.type)
  const read = type === null ? undefined : READERS.get(type)
  const content = read?.(message) ?? null
  if (content !== null) return content
  // A known type without its body but with an error: Meta could not deliver it (131052: larger than 100 MB).
  if (type !== null && record(message[type]) === null && list(message.errors)?.length) {
    return readUnsupported(type, message)
  }
  return { type: 'unrecognised', wireType: type ?? '', wire: keepable(message) }
}

/** Where Meta keeps the file of a message for the next minutes; webhooks have told it since November 2025. */
export function mediaUrlOf(message: WireRecord): string | null {
  const type = words(message.type)
  return type === null || type === 'location' ? null : words(record(message[type])?.url)
}

/** Says why a content came out `unrecognised`, in words for a person. */
export function contentFault(message: WireRecord): string {
  const type = words(message.type)
  if (type === null) return 'malformed message: no type'
  const kind = type === 'interactive' ? words(record(message.interactive)?.type) : null
  if (kind !== null && !isInteractiveReply(kind)) return `unknown kind of interactive message "${kind}"`
  return READERS.has(type)
    ? `malformed message: the body of "${type}" cannot be read`
    : `unknown message type "${type}"`
}

function readText(message: WireRecord): MessageContent | null {
  const body = text(record(message.text)?.body)
  return body === null ? null : { type: 'text', body }
}

function readMedia(type: MediaContent['type'], body: unknown): MediaContent | null {
  const wire = record(body)
  if (wire === null) return null
  const content: Writable<MediaContent> = {
    type,
    media: { mediaId: id(wire.id), mimeType: words(wire.mime_type), sha256: words(wire.sha256) },
  }
  const caption = words(wire.caption)
  if (caption !== null) content.caption = caption
  const filename = words(wire.filename)
  if (filename !== null) content.filename = filename
  const voice = flag(wire.voice)
  if (type === 'audio' && voice !== null) content.voice = voice
  const animated = flag(wire.animated)
  if (type === 'sticker' && animated !== null) content.animated = animated
  return content
}

function readLocation(message: WireRecord): MessageContent | null {
  const wire = record(message.location)
  const latitude = decimal(wire?.latitude)
  const longitude = decimal(wire?.longitude)
  if (wire === null || latitude === null || longitude === null) return null
  const name = words(wire.name)
  const address = words(wire.address)
  const url = words(wire.url)
  return {
    type: 'location',
    latitude,
    longitude,
    ...(name !== null && { name }),
    ...(address !== null && { address }),
    ...(url !== null && { url }),
  }
}

/** Seen in echoes and history only: a template of ours. */
function readTemplate(message: WireRecord): MessageContent | null {
  const wire = record(message.template)
  const name = words(wire?.name)
  if (wire === null || name === null) return null
  const language = words(record(wire.language)?.code) ?? words(wire.language) ?? ''
  return { type: 'template', name, language }
}

/** A line of WhatsApp's own, such as `customer_identity_changed`. Changes of number or user id are facts of their own. */
function readSystemLine(message: WireRecord): MessageContent | null {
  const wire = record(message.system)
  if (wire === null) return null
  const event = words(wire.type) ?? (record(message.identity) === null ? null : 'customer_identity_changed')
  return event === null ? null : { type: 'system', event, body: text(wire.body) ?? '' }
}

function readUnsupported(what: string | null, message: WireRecord): MessageContent {
  for (const entry of list(message.errors) ?? []) {
    const error = record(entry)
    const code = whole(error?.code)
    const details = words(record(error?.error_data)?.details)
    if (code !== null)
      return { type: 'unsupported', what, code, title: words(error?.title), ...(details !== null && { details }) }
  }
  return { type: 'unsupported', what, code: null, title: null }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
