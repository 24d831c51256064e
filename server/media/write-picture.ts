import { stat } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { FILE_LIMITS } from '../../contract/send-limits.ts'

/** Pictures with more pixels than this are not opened: a small file can unfold to gigabytes. */
const PIXELS_MAX = 100_000_000
const SECONDS_MAX = 30
/** Tries of side and quality, from the best on, until the file is small enough. */
const PICTURE_TRIES = [
  { side: 4096, quality: 88 },
  { side: 2560, quality: 82 },
  { side: 1600, quality: 75 },
] as const
/** WhatsApp shows stickers in this square. */
const STICKER_SIDE = 512
const STICKER_QUALITIES = [85, 65, 40, 20] as const

/** Writes any picture as a JPEG that WhatsApp takes: upright, on white, without what the camera noted. `false`: not read. */
export async function writePicture(source: string, target: string): Promise<boolean> {
  for (const { side, quality } of PICTURE_TRIES) {
    const written = await tried(source, (picture) =>
      picture
        .autoOrient()
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality, mozjpeg: false })
        .toFile(target),
    )
    if (!written) return false
    if ((await stat(target)).size <= FILE_LIMITS.image.bytesMax) return true
  }
  return false
}

/** Writes any picture as a still sticker, its edges clear. `false`: not read, or never small enough. */
export async function writeSticker(source: string, target: string): Promise<boolean> {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 }
  for (const quality of STICKER_QUALITIES) {
    const written = await tried(source, (picture) =>
      picture
        .autoOrient()
        .resize({ width: STICKER_SIDE, height: STICKER_SIDE, fit: 'contain', background: clear })
        .webp({ quality, alphaQuality: 90 })
        .toFile(target),
    )
    if (!written) return false
    if ((await stat(target)).size <= FILE_LIMITS.sticker.bytesMax) return true
  }
  return false
}

/** Whether a picture moves. */
export async function isAnimated(path: string): Promise<boolean> {
  const { default: sharp } = await import('sharp')
  try {
    return ((await sharp(path, { limitInputPixels: PIXELS_MAX }).metadata()).pages ?? 1) > 1
  } catch {
    return false // No picture at all; what it is instead is said by its type.
  }
}

async function tried(source: string, write: (picture: Sharp) => Promise<unknown>): Promise<boolean> {
  // Loaded when first wanted: its library takes memory that a Wasl without pictures need not have.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  try {
    const options = { limitInputPixels: PIXELS_MAX, sequentialRead: true, pages: 1, failOn: 'error' } as const
    await write(sharp(source, options).timeout({ seconds: SECONDS_MAX }))
    return true
  } catch {
    return false // Cut off, too large, or none that can be read.
  }
}
