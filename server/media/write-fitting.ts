import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { UploadFault } from '../../contract/api/uploads.ts'
import { fileFault, type UploadKind } from '../../contract/send-limits.ts'
import { fileType } from './file-kind.ts'
import { sniff } from './keep-file.ts'
import { oggOfPackets } from './ogg-opus.ts'
import { writeSound, writeVideo } from './run-ffmpeg.ts'
import { isHeic, writeDecodedHeic } from './run-heic-reader.ts'
import { opusPackets } from './webm-opus.ts'
import { isAnimated, writePicture, writeSticker } from './write-picture.ts'

export type Fit = { readonly path: string; readonly mimeType: string | null } | { readonly fault: UploadFault }

/**
 * Makes of the file at `path` one that WhatsApp takes as `kind`: itself when it is one already, else a new one at `target`:
 * pictures as JPEG, stickers as WebP, sound as Ogg with Opus, films as MP4.
 */
export async function writeFitting(kind: UploadKind, path: string, target: string, declared: string): Promise<Fit> {
  const sniffed = await sniff(path)
  const mimeType = fileType(sniffed, declared)
  const animated = kind === 'sticker' && (await isAnimated(path))
  const fault = fileFault(kind, { mimeType, bytes: (await stat(path)).size, animated })
  switch (kind) {
    case 'image':
      if (fault === null) return { path, mimeType }
      return (await drawn(writePicture, { path, target, sniffed }))
        ? { path: target, mimeType: 'image/jpeg' }
        : { fault: 'file_type' }
    case 'sticker':
      if (fault === null) return { path, mimeType }
      return (await drawn(writeSticker, { path, target, sniffed }))
        ? { path: target, mimeType: 'image/webp' }
        : { fault: 'file_type' }
    case 'voice':
      return fitVoice({ path, target, sniffed })
    case 'audio':
      if (fault === null) return { path, mimeType }
      return fault === 'size' ? { fault: 'file_too_large' } : converted(path, target)
    case 'video':
      if (fault === null) return { path, mimeType }
      return mimeType?.startsWith('video/') === true ? filmed(path, target) : { fault: 'file_type' }
    case 'document':
      return fault === null ? { path, mimeType } : { fault: 'file_too_large' }
    default:
      return kind satisfies never
  }
}

interface Source {
  readonly path: string
  readonly target: string
  readonly sniffed: string | null
}

/** Draws a picture, a HEIC by way of a JPEG: the library that draws has no decoder for it. */
async function drawn(
  write: (source: string, target: string) => Promise<boolean>,
  { path, target, sniffed }: Source,
): Promise<boolean> {
  if (!isHeic(sniffed)) return write(path, target)
  const decoded = `${target}.decoded`
  try {
    return (await writeDecodedHeic(path, decoded)) && (await write(decoded, target))
  } finally {
    await rm(decoded, { force: true })
  }
}

async function fitVoice(file: Source): Promise<Fit> {
  const { path, target, sniffed } = file
  if (/opus/.test(sniffed ?? '')) return { path, mimeType: 'audio/ogg' }
  if (!/webm|matroska/.test(sniffed ?? '')) return converted(path, target)
  // The sound is right, only its container is not: browsers built on Chromium record WebM.
  const sound = opusPackets(await readFile(path))
  if (sound === null) return converted(path, target)
  await writeFile(target, oggOfPackets(sound), { mode: 0o600 })
  return { path: target, mimeType: 'audio/ogg' }
}

async function filmed(path: string, target: string): Promise<Fit> {
  switch (await writeVideo(path, target)) {
    case 'done': {
      const made = { mimeType: 'video/mp4', bytes: (await stat(target)).size, animated: false }
      return fileFault('video', made) === null ? { path: target, mimeType: 'video/mp4' } : { fault: 'file_too_large' }
    }
    case 'no_ffmpeg':
      return { fault: 'video_not_converted' }
    case 'failed':
      return { fault: 'file_damaged' }
  }
}

async function converted(path: string, target: string): Promise<Fit> {
  switch (await writeSound(path, target)) {
    case 'done':
      return { path: target, mimeType: 'audio/ogg' }
    case 'no_ffmpeg':
      return { fault: 'sound_not_converted' }
    case 'failed':
      return { fault: 'file_damaged' }
  }
}
