import type { SendMessageBody } from '../../contract/api/inbox.ts'
import type { MediaContent, MessageContent, TemplateContent } from '../../contract/message-content.ts'
import type { StoredFile } from '../../contract/message-file.ts'
import type { SendContent, SendMedia } from '../../contract/send-content.ts'
import type { UploadKind } from '../../contract/send-limits.ts'
import { canonicalJson } from '../inbox/canonical-json.ts'
import { readInteractive } from '../whatsapp/normalise-content-interactive.ts'

/** An upload as far as a message needs it. */
export interface ReadyUpload {
  readonly kind: UploadKind
  readonly filename: string
  /** What its sender says it is. */
  readonly mimeType: string
  readonly file: StoredFile
}

export function isSendMedia(content: SendMessageBody['content']): content is SendMedia {
  return 'uploadId' in content
}

/** Whether what an upload was made for is what it is to be sent as. */
export function isFor(content: SendMedia, kind: UploadKind): boolean {
  if (content.type !== 'audio') return content.type === kind
  return kind === (content.voice === true ? 'voice' : 'audio')
}

/** A message with a file, as the thread shows it. */
export function mediaContent(content: SendMedia, { file, filename, mimeType }: ReadyUpload): MediaContent {
  const { type, uploadId } = content
  return {
    type,
    // WhatsApp shows documents by their type; what the bytes do not tell, the sender does.
    media: { mediaId: null, mimeType: file.mimeType ?? mimeType, sha256: file.hash },
    ...('caption' in content && content.caption !== undefined && { caption: content.caption }),
    ...(content.type === 'document' && { filename: content.filename ?? filename }),
    ...(content.type === 'audio' && content.voice === true && { voice: true }),
    uploadId,
  }
}

/** A message without a file, as the thread shows it. */
export function plainContent(content: Exclude<SendContent, SendMedia>): MessageContent {
  if (content.type !== 'interactive') return content
  const { interactive } = content
  const read = readInteractive({ interactive })
  const shown =
    read?.type === 'interactive' ? read : { type: 'interactive' as const, kind: interactive.type, buttons: [] }
  return { ...shown, sent: interactive }
}

/** Whether a message is what was asked for. */
export function isSameContent(known: MessageContent, asked: SendMessageBody['content']): boolean {
  if (asked.type === 'template') return known.type === 'template' && essence(known) === essence(asked)
  if (!isSendMedia(asked)) return canonicalJson(known) === canonicalJson(plainContent(asked))
  if (!('media' in known)) return false
  const { filename = known.filename, ...rest } = { filename: undefined, ...asked }
  const { media: _media, ...shown } = known
  return canonicalJson(shown) === canonicalJson({ ...rest, filename })
}

/** Of a template the thread also keeps how it reads. */
function essence({ name, language, components = [] }: TemplateContent): string {
  return canonicalJson({ name, language, components })
}
