/** What a file is, by its first bytes; `null` for what no header may show. The name that it was given is not believed. */
export function sniffSample(bytes: Uint8Array): string | null {
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte)
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (ascii(0, 5) === '%PDF-') return 'application/pdf'
  return ascii(4, 8) === 'ftyp' ? 'video/mp4' : null
}
