import type { Upload } from '../../../contract/api/uploads.ts'
import type { SendMedia } from '../../../contract/send-content.ts'
import type { UploadKind } from '../../../contract/send-limits.ts'
import type { Outgoing } from '../../sync/outbox.ts'

/** What is sent: files, then what was written, when no file can carry it. */
export interface Parts {
  readonly outgoing: readonly Outgoing[]
  readonly text: string
}

/** Takes files that have come up and what was written beside them: the first that can carry words gets them as its caption. */
export function partsOf(uploads: readonly Upload[], text: string): Parts {
  const captioned = text === '' ? undefined : uploads.find(({ kind }) => carriesWords(kind))
  const outgoing = uploads.map((upload) => outgoingOf(upload, upload === captioned ? text : undefined))
  return { outgoing, text: captioned === undefined ? text : '' }
}

/** Whether words may stand under it. */
export function carriesWords(kind: UploadKind): boolean {
  return kind === 'image' || kind === 'video' || kind === 'document'
}

function outgoingOf(upload: Upload, caption: string | undefined): Outgoing {
  const content = contentOf(upload, caption)
  const { uploadId, ...said } = content
  const media = { mediaId: null, mimeType: upload.file?.mimeType ?? null, sha256: upload.file?.hash ?? null }
  return { content, shown: { media, uploadId, ...said }, file: upload.file }
}

function contentOf({ id: uploadId, kind, filename }: Upload, caption: string | undefined): SendMedia {
  const words = caption === undefined ? {} : { caption }
  switch (kind) {
    case 'image':
    case 'video':
      return { type: kind, uploadId, ...words }
    case 'document':
      return { type: kind, uploadId, ...words, filename }
    case 'audio':
    case 'sticker':
      return { type: kind, uploadId }
    case 'voice':
      return { type: 'audio', uploadId, voice: true }
    default:
      return kind satisfies never
  }
}
