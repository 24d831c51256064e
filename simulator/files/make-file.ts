import { invoicePdf } from './pdf.ts'
import { productPicture } from './picture.ts'
import { flowerSticker } from './sticker.ts'
import { shortVideo } from './video.ts'
import { voiceNote } from './voice-note.ts'

export interface MadeFile {
  readonly bytes: Buffer
  /** As Meta names it in webhooks. */
  readonly mimeType: string
  /** A name for downloads. */
  readonly filename: string
}

/** Length of a sound when nobody says how long. */
const USUAL_SECONDS = 6

/**
 * The file that a scenario's message with this seed carries: small, valid, and the same bytes for the same seed, so that
 * its hash can be told without keeping it. `seconds` counts for audio only.
 */
export function makeFile(
  kind: 'image' | 'video' | 'document' | 'sticker' | 'audio',
  fileSeed: number,
  seconds: number = USUAL_SECONDS,
): MadeFile {
  switch (kind) {
    case 'image':
      return { bytes: productPicture(fileSeed), mimeType: 'image/png', filename: `picture-${fileSeed}.png` }
    case 'sticker':
      return { bytes: flowerSticker(fileSeed), mimeType: 'image/webp', filename: `sticker-${fileSeed}.webp` }
    case 'audio':
      return {
        bytes: voiceNote(fileSeed, seconds),
        mimeType: 'audio/ogg; codecs=opus',
        filename: `voice-${fileSeed}.ogg`,
      }
    case 'document':
      return { bytes: invoicePdf(fileSeed), mimeType: 'application/pdf', filename: `invoice-${fileSeed}.pdf` }
    case 'video':
      return { bytes: shortVideo(fileSeed), mimeType: 'video/mp4', filename: `video-${fileSeed}.mp4` }
    default:
      kind satisfies never
      throw new Error(`No such type of file: ${String(kind)}`)
  }
}
