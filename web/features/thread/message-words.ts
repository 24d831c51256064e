import { contentWords } from '../../../contract/content-words.ts'
import type { MessageContent, MessageType } from '../../../contract/message-content.ts'
import type { MessageKey, Translate } from '../../app/language.ts'

/** A message in one line: its own words, else what kind of thing it is. */
export function messageWords(t: Translate, content: MessageContent): string {
  const own = contentWords(content)
  return own === '' ? typeWords(t, content.type, content.type === 'audio' && content.voice === true) : own
}

/** What kind of thing a message is. */
export function typeWords(t: Translate, type: MessageType, voice: boolean): string {
  return t(voice ? 'type.voice' : TYPE_WORDS[type])
}

const TYPE_WORDS: Record<MessageType, MessageKey> = {
  text: 'type.text',
  image: 'type.image',
  video: 'type.video',
  audio: 'type.audio',
  document: 'type.document',
  sticker: 'type.sticker',
  location: 'type.location',
  contacts: 'type.contacts',
  order: 'type.order',
  choice: 'type.choice',
  form_reply: 'type.form_reply',
  call: 'type.call',
  call_permission: 'type.call_permission',
  interactive: 'type.interactive',
  template: 'type.template',
  media_placeholder: 'type.media_placeholder',
  unsupported: 'type.unsupported',
  system: 'type.system',
  unrecognised: 'type.unrecognised',
}
