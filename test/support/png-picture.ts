import sharp from 'sharp'

/** A picture of one pixel. */
export function pngPicture(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
}

/** A picture that one can look at. */
export function bigPicture(): Promise<Buffer> {
  return sharp({ create: { width: 640, height: 360, channels: 3, background: '#8a4a09' } })
    .png()
    .toBuffer()
}
