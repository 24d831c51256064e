/** Longest side of a smaller picture. */
export const THUMB_PX_MAX = 320
/** Pictures with more pixels than this are not opened: a small file can unfold to gigabytes. */
const PIXELS_MAX = 50_000_000
const SECONDS_MAX = 20
const QUALITY = 76

/**
 * Makes a smaller picture of the one at `source` and writes it to `target` as WebP: upright, without what the camera
 * noted (place, time, device), the first frame of an animation. Gives `false` when it is no picture that can be read.
 */
export async function writeThumbnail(source: string, target: string): Promise<boolean> {
  // Loaded when first wanted: its library takes memory that a Wasl without pictures need not have.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  try {
    await sharp(source, { limitInputPixels: PIXELS_MAX, sequentialRead: true, pages: 1, failOn: 'error' })
      .autoOrient()
      .resize({ width: THUMB_PX_MAX, height: THUMB_PX_MAX, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .timeout({ seconds: SECONDS_MAX })
      .toFile(target)
    return true
  } catch {
    // A picture that is cut off, too large or none at all: it is kept as it came, and has no smaller one.
    return false
  }
}
