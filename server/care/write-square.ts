/** Pictures with more pixels than this are not opened: a small file can unfold to gigabytes. */
const PIXELS_MAX = 25_000_000
const SECONDS_MAX = 20
const QUALITY = 82

/** A picture cut to a square, upright, without what the camera noted; `null`: it is none that can be read. */
export async function writeSquare(bytes: Buffer, sidePx: number, form: 'webp' | 'jpeg'): Promise<Buffer | null> {
  // Loaded when first wanted: its library takes memory that a Wasl without pictures need not have.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  try {
    const square = sharp(bytes, { limitInputPixels: PIXELS_MAX, pages: 1, failOn: 'error' })
      .autoOrient()
      .resize({ width: sidePx, height: sidePx, fit: 'cover' })
      .timeout({ seconds: SECONDS_MAX })
    return await (form === 'webp'
      ? square.webp({ quality: QUALITY })
      : square.flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY })
    ).toBuffer()
  } catch {
    return null // Cut off, too large, or no picture at all.
  }
}
