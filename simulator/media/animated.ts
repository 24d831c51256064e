/** Where an extended WebP has its flags, and the bit that says it moves (https://developers.google.com/speed/webp/docs/riff_container). */
const FLAGS_AT = 20
const ANIMATION = 0x02

/** Whether a WebP picture moves: stickers that do may be larger. */
export function isAnimatedWebp(bytes: Buffer): boolean {
  const extended = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 16) === 'WEBPVP8X'
  return extended && ((bytes[FLAGS_AT] ?? 0) & ANIMATION) !== 0
}
