import type { GraphFailure } from '../graph/call.ts'
import type { Media } from '../media/store.ts'
import { badValue, checkText, checkUrl, firstFailure, invalid, missing, type Part } from './check.ts'

const MB = 1024 * 1024
/** MIME types and bytes by message type (https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media). */
export const MEDIA_RULES: Readonly<
  Record<string, { readonly mimes: readonly string[] | null; readonly bytesMax: number }>
> = {
  image: { mimes: ['image/jpeg', 'image/png'], bytesMax: 5 * MB },
  video: { mimes: ['video/mp4', 'video/3gpp'], bytesMax: 16 * MB },
  audio: { mimes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'], bytesMax: 16 * MB },
  // One that moves; others see STILL_STICKER_BYTES_MAX.
  sticker: { mimes: ['image/webp'], bytesMax: 500 * 1024 },
  // Any valid type is taken in practice.
  document: { mimes: null, bytesMax: 100 * MB },
}
const STILL_STICKER_BYTES_MAX = 100 * 1024
/** Characters of a caption. */
const CAPTION_MAX = 1_024

/** What is found under a media id, and how big it is. */
export type LookUpMedia = (
  id: string,
) => { readonly media: Media; readonly size: number; readonly animated: boolean } | null

/** A media object of a message: `id` or `link`, caption where one may be, the right kind of file. */
export function checkMedia(type: string, part: Part, lookUp: LookUpMedia): GraphFailure | null {
  const { id, link, caption, filename, voice } = part
  if (id === undefined && link === undefined) return missing('id or link', type)
  if (id !== undefined && link !== undefined) return invalid(`Only one of id and link can be given for type '${type}'.`)
  return firstFailure(
    link !== undefined && checkUrl(link, `${type}['link']`),
    caption !== undefined &&
      !['image', 'video', 'document'].includes(type) &&
      invalid(`Unexpected key "caption" on param "${type}".`),
    filename !== undefined && type !== 'document' && invalid(`Unexpected key "filename" on param "${type}".`),
    voice !== undefined && type !== 'audio' && invalid(`Unexpected key "voice" on param "${type}".`),
    checkText(caption, `${type}['caption']`, CAPTION_MAX, 'optional'),
    id !== undefined && checkFile(type, String(id), voice === true, lookUp),
  )
}

function checkFile(type: string, id: string, voice: boolean, lookUp: LookUpMedia): GraphFailure | null {
  const found = lookUp(id)
  if (!found) return badValue(`The media with id ${id} does not exist or has expired.`)
  const rule = MEDIA_RULES[type]
  const mime = found.media.mime.split(';')[0]?.trim() ?? ''
  if (rule?.mimes && !rule.mimes.includes(mime))
    return badValue(`Media of type ${found.media.mime} cannot be sent as ${type}.`)
  if (rule && found.size > rule.bytesMax)
    return badValue(`The file is too large for ${type}: at most ${rule.bytesMax} bytes.`)
  if (type === 'sticker' && !found.animated && found.size > STILL_STICKER_BYTES_MAX)
    return badValue(`A sticker that does not move must have at most ${STILL_STICKER_BYTES_MAX} bytes.`)
  return voice && mime !== 'audio/ogg' ? badValue('Voice messages must be OGG with the Opus codec.') : null
}
