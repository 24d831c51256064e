import { makeFile } from '../files/make-file.ts'

type Kind = Parameters<typeof makeFile>[0]

/** Where a file's bytes come from: made anew from a seed whenever they are wanted, or given by somebody. */
export type FileSource =
  | { readonly from: 'seed'; readonly type: Kind; readonly fileSeed: number; readonly seconds: number | undefined }
  | { readonly from: 'upload'; readonly bytes: Buffer }

/** What `makeFile` makes of each kind, known beforehand: a past of thousands of pictures is loaded without drawing them. */
const MIMES: Readonly<Record<Kind, string>> = {
  image: 'image/png',
  video: 'video/mp4',
  document: 'application/pdf',
  sticker: 'image/webp',
  audio: 'audio/ogg; codecs=opus',
}

/** The file of a scenario's message: the same message always has the same bytes. */
export function seededFile(message: { readonly type: Kind; readonly fileSeed: number; readonly seconds?: number }): {
  mime: string
  source: FileSource
} {
  const { type, fileSeed, seconds } = message
  return { mime: MIMES[type], source: { from: 'seed', type, fileSeed, seconds } }
}

export function bytesOf(source: FileSource): Buffer {
  return source.from === 'upload' ? source.bytes : makeFile(source.type, source.fileSeed, source.seconds).bytes
}
